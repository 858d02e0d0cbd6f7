import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { useAddPlayerNoteMutation, usePlayerNotesQuery } from "../../generated/graphql.ts";
import { formatDateTime } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./player-notes.module.css";

const t = words("player");

/** What those who serve a player want each other to know; a note can be added, never changed. */
export function PlayerNotes({ playerId }: { playerId: string }) {
  const me = useMe();
  const nameOf = useStaffNames();
  const [{ data, error }, refetch] = usePlayerNotesQuery({
    variables: { playerId },
    requestPolicy: "cache-and-network",
  });
  const read = () => refetch({ requestPolicy: "network-only" });
  const notes = data?.player?.playerNotes.nodes.filter(isPresent);
  return (
    <Card title={t("notes.title")} label={t("notes.title")}>
      {error && <QueryProblem error={error} onRetry={read} />}
      {!notes && !error && (
        <Loading what={t("notes.loading")}>
          <Skeleton height="4rem" />
        </Loading>
      )}
      {notes?.length === 0 && <p className={styles.by}>{t("notes.none")}</p>}
      {notes && notes.length > 0 && (
        <ul className={styles.notes}>
          {notes.map((note) => (
            <li key={note.playerNoteId} className={styles.note}>
              <p className={styles.text}>{note.note}</p>
              <p className={styles.by}>
                {nameOf(note.staffId) ?? t("notes.somebody")}, {formatDateTime(note.createdAt, me.timezone)}
              </p>
            </li>
          ))}
        </ul>
      )}
      {me.can("floor:rate") && <NewNote playerId={playerId} onAdded={read} />}
    </Card>
  );
}

function NewNote({ playerId, onAdded }: { playerId: string; onAdded: () => void }) {
  const [text, setText] = useState("");
  const [, execute] = useAddPlayerNoteMutation();
  const add = useCommand(execute, (answer) => answer.addPlayerNote?.playerNoteResult);
  const ready = text.trim() !== "" && add.state !== "unanswered";
  const send = async () => {
    const added = await add.send({ playerId, note: text.trim() });
    if (!added) return;
    setText("");
    onAdded();
  };
  return (
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
  );
}
