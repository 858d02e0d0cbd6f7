import { parseAbsolute } from "@internationalized/date";
import { type ReactNode, useRef, useState } from "react";
import { BetField } from "../../src/components/bet-field.tsx";
import { DayPicker, TypedDate, TypedMoment } from "../../src/components/day-field.tsx";
import { Field } from "../../src/components/field.tsx";
import { MomentField } from "../../src/components/moment-field.tsx";
import { NoteField } from "../../src/components/note-field.tsx";
import { ReasonField } from "../../src/components/reason-field.tsx";
import type { Specimen } from "../specimen.ts";

export const fields: readonly Specimen[] = [
  {
    name: "field",
    exports: "Field",
    use: "Every typed value, with its label, hint and error tied to it. verbatim for names and codes of the system, numeric for figures, rows for several lines.",
    states: [
      {
        name: "Empty, with a hint",
        look: <Held>{(held) => <Field {...held} label="Name" hint="As people call it." />}</Held>,
      },
      {
        name: "Filled, with a unit and a limit",
        look: (
          <Held begins="250">
            {(held) => <Field {...held} label="Points" aside="up to 10,000" prefix="★" inputMode="numeric" numeric />}
          </Held>
        ),
      },
      {
        name: "Invalid",
        look: <Held begins="many">{(held) => <Field {...held} label="Points" error="Whole points, above 0." />}</Held>,
      },
      { name: "Disabled", look: <Held begins="250">{(held) => <Field {...held} label="Points" isDisabled />}</Held> },
      { name: "Several lines", look: <Held>{(held) => <Field {...held} label="Why" rows={3} />}</Held> },
      { name: "Focused", look: <Held>{(held) => <Field {...held} label="Name" />}</Held>, alone: true, keys: "Tab" },
    ],
  },
  {
    name: "bet-field",
    exports: "BetField",
    use: "An average bet: typed exactly, or changed with what a thumb can hit at a table. Nothing is recorded by itself.",
    states: [
      { name: "Filled", look: <Held begins="150">{(held) => <BetField {...held} label="Bet" />}</Held> },
      { name: "Invalid", look: <Held begins="12.345">{(held) => <BetField {...held} label="Bet" />}</Held> },
      { name: "Disabled", look: <Held begins="150">{(held) => <BetField {...held} label="Bet" isDisabled />}</Held> },
    ],
  },
  {
    name: "reason-field",
    exports: "ReasonField",
    use: "Why something is done that stays in the record; how long it has to be is the database's to say.",
    states: [
      {
        name: "Too short yet",
        look: <Held begins="Spilled">{(held) => <ReasonField {...held} minLength={10} isDisabled={false} />}</Held>,
      },
      {
        name: "Without a length",
        look: <Held>{(held) => <ReasonField {...held} isDisabled={false} />}</Held>,
      },
    ],
  },
  {
    name: "note-field",
    exports: "NoteField",
    use: "A remark that stays in the record, where no reason is asked for.",
    states: [
      { name: "Empty", look: <Held>{(held) => <NoteField {...held} hint="It stays." isDisabled={false} />}</Held> },
    ],
  },
  {
    name: "day-field",
    exports: "DayPicker, TypedDate, TypedMoment",
    use: "DayPicker for a gaming day near now, TypedDate for a date that is known or read off a document, TypedMoment for a time that begins with the focus in its hour.",
    states: [
      { name: "A day", look: <Held begins="2026-03-08">{(held) => <DayPicker {...held} label="Gaming day" />}</Held> },
      { name: "A date", look: <Held>{(held) => <TypedDate {...held} label="Born" aside="needed" />}</Held> },
      {
        name: "A date that is refused",
        look: (
          <Held begins="2026-03-08">
            {(held) => <TypedDate {...held} label="Born" error="Nobody is that young." />}
          </Held>
        ),
      },
      { name: "A moment", look: <Moment />, alone: true },
      {
        name: "The calendar",
        look: <Held begins="2026-03-08">{(held) => <DayPicker {...held} label="Gaming day" />}</Held>,
        alone: true,
        keys: "Tab Tab Tab Tab Enter",
      },
    ],
  },
  {
    name: "moment-field",
    exports: "MomentField",
    use: "A day and a time of day on the property's clocks, often without one.",
    states: [
      { name: "Empty", look: <Held>{(held) => <MomentField {...held} label="From" hint="At once if empty." />}</Held> },
      {
        name: "Filled",
        look: <Held begins="2026-03-08T06:00">{(held) => <MomentField {...held} label="From" />}</Held>,
      },
      {
        name: "Disabled",
        look: <Held begins="2026-03-08T06:00">{(held) => <MomentField {...held} label="From" isDisabled />}</Held>,
      },
    ],
  },
];

interface HeldProps {
  begins?: string;
  children: (held: { value: string; onChange: (value: string) => void }) => ReactNode;
}

/** A field that can be tried. */
function Held({ begins = "", children }: HeldProps) {
  const [value, onChange] = useState(begins);
  return children({ value, onChange });
}

function Moment() {
  const [value, onChange] = useState<ReturnType<typeof parseAbsolute> | null>(() =>
    parseAbsolute("2026-03-08T20:15:00Z", "America/Los_Angeles"),
  );
  const field = useRef<HTMLDivElement>(null);
  return (
    <TypedMoment
      label="When it happened"
      value={value}
      onChange={onChange}
      onEnter={() => undefined}
      fieldRef={field}
    />
  );
}
