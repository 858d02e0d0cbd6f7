import { useCommand } from "../../api/command.ts";
import { type EntryNoteFragment, useAddEntryNoteMutation } from "../../generated/graphql.ts";
import { words } from "../../words/words.ts";
import { NewNote } from "../notes/new-note.tsx";
import { NoteList } from "../notes/note-list.tsx";

const t = words("mtlLog");

interface EntryNotesProps {
  entryId: string;
  /** Oldest first. */
  notes: readonly EntryNoteFragment[];
  mayAdd: boolean;
  onAdded: () => void;
}

/** What people had to say about an entry. */
export function EntryNotes({ entryId, notes, mayAdd, onAdded }: EntryNotesProps) {
  const [, execute] = useAddEntryNoteMutation();
  const add = useCommand(execute, (answer) => answer.addAuditNote?.auditNoteResult);
  const send = async (note: string) => {
    const added = await add.send({ entryId, note });
    if (added) onAdded();
    return added;
  };
  return (
    <>
      <NoteList notes={notes} />
      {mayAdd && <NewNote hint={t("notes.hint")} command={add} send={send} />}
    </>
  );
}
