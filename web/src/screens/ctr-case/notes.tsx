import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { Card } from "../../components/page.tsx";
import { type CaseNoteFragment, useAddAuditNoteMutation } from "../../generated/graphql.ts";
import { formatDateTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./notes.module.css";

const t = words("ctrCase");

interface NotesProps {
  caseId: string;
  /** Oldest first. */
  notes: readonly CaseNoteFragment[];
}

/** What people had to say about a case; a note can be added, never changed. */
export function Notes({ caseId, notes }: NotesProps) {
  const me = useMe();
  const nameOf = useStaffNames();
  const [text, setText] = useState("");
  const [, execute] = useAddAuditNoteMutation();
  const add = useCommand(execute, (answer) => answer.addAuditNote?.auditNoteResult);
  const unanswered = add.state === "unanswered";
  const ready = text.trim() !== "" && !unanswered;
  const send = async () => {
    const result = await add.send({ caseId, note: text.trim() });
    if (result) setText("");
  };
  return (
    <Card title={t("notes.title")} label={t("notes.title")}>
      {notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note.noteId} className={styles.note}>
              <p className={styles.text}>{note.note}</p>
              <p className={styles.by}>
                {nameOf(note.staffId) ?? t("somebody")}, {formatDateTime(note.createdAt, me.timezone)}
              </p>
            </li>
          ))}
        </ul>
      )}
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
    </Card>
  );
}
