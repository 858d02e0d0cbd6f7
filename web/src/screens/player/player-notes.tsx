import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Card } from "../../components/page.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { useAddPlayerNoteMutation, usePlayerNotesQuery } from "../../generated/graphql.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { NewNote } from "../notes/new-note.tsx";
import { NoteList } from "../notes/note-list.tsx";

const t = words("player");

/** What those who serve a player want each other to know; the newest note first. */
export function PlayerNotes({ playerId }: { playerId: string }) {
  const me = useMe();
  const [{ data, error }, refetch] = usePlayerNotesQuery({
    variables: { playerId },
    requestPolicy: "cache-and-network",
  });
  const read = () => refetch({ requestPolicy: "network-only" });
  const [, execute] = useAddPlayerNoteMutation();
  const add = useCommand(execute, (answer) => answer.addPlayerNote?.playerNoteResult);
  const send = async (note: string) => {
    const added = await add.send({ playerId, note });
    if (added) read();
    return added;
  };
  const notes = data?.player?.playerNotes.nodes.filter(isPresent);
  return (
    <Card title={t("notes.title")} label={t("notes.title")}>
      <QueryState what={t("notes.loading")} data={notes} error={error} onRetry={read} height="4rem">
        {(found) => <NoteList notes={found.map((note) => ({ ...note, noteId: note.playerNoteId }))} />}
      </QueryState>
      {me.can("floor:rate") && <NewNote hint={t("notes.hint")} command={add} send={send} />}
    </Card>
  );
}
