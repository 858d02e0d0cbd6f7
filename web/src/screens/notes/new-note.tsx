import { useState } from "react";
import type { CommandStatus } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { words } from "../../words/words.ts";
import styles from "./notes.module.css";

const t = words("notes");

interface NewNoteProps {
  /** Who will read it. */
  hint: string;
  command: CommandStatus;
  /** Sends it; resolves with nothing as long as it isn't known to be added. */
  send: (note: string) => Promise<unknown>;
}

/** A note to add; it can't be changed afterwards. */
export function NewNote({ hint, command, send }: NewNoteProps) {
  const [text, setText] = useState("");
  const ready = text.trim() !== "" && command.state !== "unanswered";
  const add = async () => {
    if (await send(text.trim())) setText("");
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void add();
      }}
    >
      <NoteField
        label={t("new")}
        hint={hint}
        value={text}
        onChange={setText}
        isDisabled={command.locked}
        isRequired={false}
      />
      <CommandProblem status={command} onRetry={() => void add()} />
      <Button type="submit" isPending={command.busy} isDisabled={!ready}>
        {t("add")}
      </Button>
    </form>
  );
}
