import { useCommand } from "../../api/command.ts";
import { Card } from "../../components/page.tsx";
import { type CaseNoteFragment, useAddAuditNoteMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { NewNote } from "../notes/new-note.tsx";
import { NoteList } from "../notes/note-list.tsx";

const t = words("ctrCase");

interface CaseNotesProps {
  caseId: string;
  /** Oldest first. */
  notes: readonly CaseNoteFragment[];
}

/** What people had to say about a case. */
export function CaseNotes({ caseId, notes }: CaseNotesProps) {
  const [, execute] = useAddAuditNoteMutation();
  const add = useCommand(execute, (answer) => answer.addAuditNote?.auditNoteResult);
  return (
    <Card title={t("notes.title")} label={t("notes.title")}>
      <NoteList notes={notes} />
      <NewNote hint={t("notes.hint")} command={add} send={(note) => add.send({ caseId, note })} />
    </Card>
  );
}
