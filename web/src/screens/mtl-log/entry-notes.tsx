import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { type EntryNoteFragment, useAddEntryNoteMutation } from "../../generated/graphql.ts";
import { formatDateTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./entry-notes.module.css";

const t = words("mtlLog");

interface EntryNotesProps {
  entryId: string;
  /** Oldest first. */
  notes: readonly EntryNoteFragment[];
  mayAdd: boolean;
  onAdded: () => void;
}

/** What people had to say about an entry; a note can be added, never changed. */
export function EntryNotes({ entryId, notes, mayAdd, onAdded }: EntryNotesProps) {
  const me = useMe();
  const staff = useStaffNames();
  const [text, setText] = useState("");
  const [, execute] = useAddEntryNoteMutation();
  const add = useCommand(execute, (answer) => answer.addAuditNote?.auditNoteResult);
  const unanswered = add.state === "unanswered";
  const ready = text.trim() !== "" && !unanswered;
  const send = async () => {
    const added = await add.send({ entryId, note: text.trim() });
    if (!added) return;
    setText("");
    onAdded();
  };
  return (
    <>
      {notes.length === 0 && !mayAdd && <p className={styles.by}>{t("notes.none")}</p>}
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note.noteId} className={styles.note}>
              <p className={styles.text}>{note.note}</p>
              <p className={styles.by}>
                {staff(note.staffId) ?? t("notes.somebody")}, {formatDateTime(note.createdAt, me.timezone)}
              </p>
            </li>
          ))}
        </ul>
      )}
      {mayAdd && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void send();
          }}
        >
          <NoteField
            label={t("notes.new")}
            hint={t("notes.hint")}
            value={text}
            onChange={setText}
            isDisabled={add.locked}
            isRequired={false}
          />
          <CommandProblem status={add} onRetry={() => void send()} />
          <Button type="submit" isPending={add.busy} isDisabled={!ready}>
            {t("notes.add")}
          </Button>
        </form>
      )}
    </>
  );
}
