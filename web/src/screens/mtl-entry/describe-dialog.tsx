import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { useDescribePatronMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import styles from "./describe-dialog.module.css";
import { described, type Person } from "./draft.ts";

const t = words("mtlEntry");

interface DescribeDialogProps {
  onDescribed: (person: Person) => void;
  onClose: () => void;
}

const features = ["knownName", "sex", "apparentAge", "height", "build", "hair", "clothing", "seat"] as const;
type Feature = (typeof features)[number];

/** Somebody who isn't enrolled or won't say who they are: known by what they look like. */
export function DescribeDialog({ onDescribed, onClose }: DescribeDialogProps) {
  const [description, setDescription] = useState("");
  const [known, setKnown] = useState<Partial<Record<Feature, string>>>({});
  const [, execute] = useDescribePatronMutation();
  const describe = useCommand(execute, (answer) => answer.describePatron?.patronResult?.patron);
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
    <Dialog title={t("unknown")} subtitle={t("describe.subtitle")} onClose={onClose} busy={describe.busy}>
      <CommandForm command={describe} onSend={send} onClose={onClose} isReady={ready} does={t("describe.use")}>
        <Field
          label={t("describe.label")}
          placeholder={t("describe.placeholder")}
          value={description}
          onChange={setDescription}
          autoComplete="off"
          autoFocus
          isDisabled={describe.locked}
        />
        <div className={styles.features}>
          {features.map((name) => (
            <Field
              key={name}
              label={t(`describe.${name}`)}
              value={known[name] ?? ""}
              onChange={(value) => setKnown({ ...known, [name]: value })}
              autoComplete="off"
              isDisabled={describe.locked}
            />
          ))}
        </div>
      </CommandForm>
    </Dialog>
  );
}
