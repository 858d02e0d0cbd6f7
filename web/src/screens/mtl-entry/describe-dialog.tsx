import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Dialog, DialogActions, DialogForm } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { useDescribePatronMutation } from "../../generated/graphql.ts";
import styles from "./describe-dialog.module.css";
import { described, type Person } from "./draft.ts";

interface DescribeDialogProps {
  onDescribed: (person: Person) => void;
  onClose: () => void;
}

const features = [
  { name: "knownName", label: "Name, if known" },
  { name: "sex", label: "Sex" },
  { name: "apparentAge", label: "Age, about" },
  { name: "height", label: "Height" },
  { name: "build", label: "Build" },
  { name: "hair", label: "Hair" },
  { name: "clothing", label: "Clothing" },
  { name: "seat", label: "Seat" },
] as const;

type Feature = (typeof features)[number]["name"];

/** Somebody who isn't enrolled or won't say who they are: known by what they look like. */
export function DescribeDialog({ onDescribed, onClose }: DescribeDialogProps) {
  const [description, setDescription] = useState("");
  const [known, setKnown] = useState<Partial<Record<Feature, string>>>({});
  const [, execute] = useDescribePatronMutation();
  const describe = useCommand(execute, (answer) => answer.describePatron?.patronResult?.patron);
  const unanswered = describe.state === "unanswered";
  const ready = [description, ...Object.values(known)].some((text) => text.trim() !== "");
  const send = async () => {
    const of = (name: Feature) => known[name]?.trim() || null;
    const patron = await describe.send({
      description: description.trim() || null,
      knownName: of("knownName"),
      sex: of("sex"),
      apparentAge: of("apparentAge"),
      height: of("height"),
      build: of("build"),
      hair: of("hair"),
      clothing: of("clothing"),
      seat: of("seat"),
    });
    if (patron) onDescribed(described(patron));
  };

  return (
    <Dialog
      title="Unknown person"
      subtitle="What others need to recognize them by"
      onClose={onClose}
      busy={describe.busy}
    >
      <DialogForm onSubmit={() => ready && !unanswered && void send()}>
        <Field
          label="Description"
          placeholder="Man in his fifties, grey beard, red cap"
          value={description}
          onChange={setDescription}
          autoComplete="off"
          autoFocus
          isDisabled={describe.locked}
        />
        <div className={styles.features}>
          {features.map(({ name, label }) => (
            <Field
              key={name}
              label={label}
              value={known[name] ?? ""}
              onChange={(value) => setKnown({ ...known, [name]: value })}
              autoComplete="off"
              isDisabled={describe.locked}
            />
          ))}
        </div>
        <CommandProblem status={describe} onRetry={() => void send()} />
        <DialogActions>
          <Button onPress={onClose} isDisabled={describe.busy}>
            {unanswered ? "Leave it" : "Cancel"}
          </Button>
          <Button type="submit" look="primary" isPending={describe.busy} isDisabled={!ready || unanswered}>
            Use this person
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
