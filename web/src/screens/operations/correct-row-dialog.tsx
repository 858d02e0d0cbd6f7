import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Field } from "../../components/field.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { Notice } from "../../components/notice.tsx";
import { type QuarantineLineFragment, useRetryImportRowMutation } from "../../generated/graphql.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./operations.module.css";

const t = words("operations");

interface CorrectRowDialogProps {
  row: QuarantineLineFragment;
  onClose: () => void;
  /** An attempt is on record, whatever came of it. */
  onTried: () => void;
  onPosted: () => void;
}

/** The values of a row, to be corrected and tried again; what it said before stays on record. */
export function CorrectRowDialog({ row, onClose, onTried, onPosted }: CorrectRowDialogProps) {
  const before = valuesOf(row.content);
  const [values, setValues] = useState(before);
  const [note, setNote] = useState("");
  const [, execute] = useRetryImportRowMutation();
  const retry = useCommand(execute, (answer) => answer.retryImportRow?.importRetry);
  const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => before[name] !== value));
  const corrected = Object.keys(changed).length > 0;
  const ready = !corrected || note.trim() !== "";
  const send = async () => {
    const attempt = await retry.send({
      importQuarantineId: row.importQuarantineId ?? "",
      correction: corrected ? changed : null,
      note: note.trim() === "" ? null : note.trim(),
    });
    if (attempt) onTried();
    if (attempt?.outcome === "settled") onPosted();
  };

  return (
    <Dialog
      title={t("quarantine.correctRow", { id: row.legacyId ?? "" })}
      subtitle={`${term("quarantineReason", row.reason ?? "")} · ${t("quarantine.tried", { count: row.retries ?? 0 })}`}
      onClose={onClose}
      busy={retry.busy}
    >
      <CommandForm
        command={retry}
        onSend={send}
        onClose={onClose}
        isReady={ready}
        does={t("quarantine.tryAgain")}
        keeps={t("close")}
      >
        <div className={styles.fields} lang="en">
          {Object.entries(values).map(([name, value], index) => (
            <Field
              key={name}
              label={name}
              value={value}
              onChange={(text) => setValues({ ...values, [name]: text })}
              isDisabled={retry.locked}
              autoFocus={index === 0}
              verbatim
            />
          ))}
        </div>
        <NoteField
          hint={t("quarantine.noteHint")}
          value={note}
          onChange={setNote}
          isDisabled={retry.locked}
          isRequired={corrected}
        />
        {retry.result?.outcome === "quarantined" && (
          <Notice
            tone="warn"
            title={t("quarantine.still", { reason: term("quarantineReason", retry.result.reason ?? "") })}
            live="status"
          />
        )}
      </CommandForm>
    </Dialog>
  );
}

function valuesOf(content: unknown): Record<string, string> {
  if (typeof content !== "object" || content === null) return {};
  return Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, value === null ? "" : String(value)]),
  );
}
