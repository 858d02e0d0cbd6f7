import { type ReactNode, useState } from "react";
import { CheckBox } from "../../src/components/check-box.tsx";
import { Choices } from "../../src/components/choices.tsx";
import { Finder } from "../../src/components/finder.tsx";
import { Picker } from "../../src/components/picker.tsx";
import { Segmented } from "../../src/components/segmented.tsx";
import { Row } from "../layout.tsx";
import type { Specimen } from "../specimen.ts";

const areas = [
  { id: "cage", label: "Cage" },
  { id: "pit", label: "Pit" },
  { id: "slot", label: "Slots" },
];
const kinds = ["Chips bought", "Chips redeemed", "Front money", "Marker paid", "Currency exchanged", "Money play"];
const people = [{ name: "Ada Byron" }, { name: "Ada Lovelace" }];

export const choosing: readonly Specimen[] = [
  {
    name: "segmented",
    exports: "Segmented",
    use: "One of two to five, always in sight: a view, a filter, a direction.",
    states: [
      {
        name: "With counts",
        look: (
          <Held begins="pit">
            {(held) => <Segmented {...held} label="Area" options={areas.map((area) => ({ ...area, count: "12" }))} />}
          </Held>
        ),
      },
      {
        name: "Disabled",
        look: <Held begins="pit">{(held) => <Segmented {...held} label="Area" options={areas} isDisabled />}</Held>,
      },
    ],
  },
  {
    name: "picker",
    exports: "Picker",
    use: "One of a list that is too long to be in sight; its first letters choose without opening it.",
    states: [
      { name: "Closed", look: <Held begins="pit">{(held) => <Picker {...held} label="Area" options={areas} />}</Held> },
      {
        name: "Invalid",
        look: (
          <Held begins="pit">{(held) => <Picker {...held} label="Area" options={areas} error="Which one?" />}</Held>
        ),
      },
      {
        name: "Disabled",
        look: <Held begins="pit">{(held) => <Picker {...held} label="Area" options={areas} isDisabled />}</Held>,
      },
      {
        name: "Open",
        look: <Held begins="pit">{(held) => <Picker {...held} label="Area" options={areas} />}</Held>,
        alone: true,
        keys: "Tab Enter",
      },
    ],
  },
  {
    name: "choices",
    exports: "Choices",
    use: "One out of a dozen that all have to be in sight; arrows and first letters choose, and so does a thumb.",
    states: [
      {
        name: "Chosen",
        look: (
          <Held begins="Chips bought">
            {(held) => <Choices {...held} label="Kind" choices={kinds.map((id) => ({ id, label: id }))} />}
          </Held>
        ),
      },
      {
        name: "Disabled",
        look: (
          <Held begins="Chips bought">
            {(held) => <Choices {...held} label="Kind" choices={kinds.map((id) => ({ id, label: id }))} isDisabled />}
          </Held>
        ),
      },
    ],
  },
  {
    name: "check-box",
    exports: "CheckBox",
    use: "Something that is so or not, and takes effect with the form it is in.",
    states: [
      {
        name: "Off, on, disabled",
        look: (
          <Row>
            <CheckBox isSelected={false} onChange={() => undefined}>
              Blackjack
            </CheckBox>
            <CheckBox isSelected onChange={() => undefined}>
              Baccarat
            </CheckBox>
            <CheckBox isSelected isDisabled onChange={() => undefined}>
              Craps
            </CheckBox>
          </Row>
        ),
      },
      {
        name: "Focused",
        look: (
          <CheckBox isSelected onChange={() => undefined}>
            Blackjack
          </CheckBox>
        ),
        alone: true,
        keys: "Tab",
      },
    ],
  },
  {
    name: "finder",
    exports: "Finder",
    use: "A search whose results open under it: a patron by name, a swiped card, anything in the palette. Enter before the answer picks the only one found. With inPage its results are a part of the page.",
    states: [
      { name: "At rest", look: <Search begins="" /> },
      { name: "Missing", look: <Search begins="" error="Find the person, or describe them." /> },
      { name: "Found", look: <Search begins="ada" />, alone: true, keys: "Tab" },
      { name: "Nobody found", look: <Search begins="zzz" />, alone: true, keys: "Tab" },
    ],
  },
];

interface HeldProps {
  begins: string;
  children: (held: { value: string; onChange: (value: string) => void }) => ReactNode;
}

function Held({ begins, children }: HeldProps) {
  const [value, onChange] = useState(begins);
  return children({ value, onChange });
}

function Search({ begins, error }: { begins: string; error?: string }) {
  const [text, setText] = useState(begins);
  const found = people.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase()));
  return (
    <Finder
      label="Patron"
      placeholder="Name or card"
      text={text}
      onText={setText}
      found={text === "" ? undefined : found}
      settled
      idOf={({ name }) => name}
      nameOf={({ name }) => name}
      onPick={({ name }) => setText(name)}
      none="Nobody found."
      error={error}
    >
      {({ name }) => name}
    </Finder>
  );
}
