import { type LeftCommand, useLeftBehind, useLeftCommands } from "../../api/left-behind.ts";
import { useMe } from "../../api/session.tsx";
import { Button, ButtonLink } from "../../components/button.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { formatTime } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./left-commands.module.css";

const t = words("shell");

/** What became of commands whose screen was left too early to say so: each was done once or not at all. */
export function LeftCommands() {
  const commands = useLeftCommands();
  if (commands.length === 0) return null;
  return (
    <section className={styles.list} aria-label={t("left.label")}>
      {commands.map((command) => (
        <Left key={`${command.name} ${command.sentAt}`} command={command} />
      ))}
    </section>
  );
}

function Left({ command }: { command: LeftCommand }) {
  const { timezone } = useMe();
  const { retry, dismiss } = useLeftBehind();
  const { name, path, sentAt, state, problem } = command;
  const what = term("command", name);
  const isOpen = state === "unanswered" || state === "sending";
  return (
    <Notice
      tone={state === "done" ? "good" : state === "refused" ? "warn" : "bad"}
      title={t(`left.${isOpen ? "unanswered" : state}`, { what })}
      live={state === "done" ? "status" : "alert"}
      actions={
        <>
          {isOpen ? (
            <Button isPending={state === "sending"} onPress={() => void retry(command)}>
              {t("left.retry")}
            </Button>
          ) : (
            <Button onPress={() => dismiss(command)}>{t("left.dismiss")}</Button>
          )}
          <ButtonLink to={path}>{t("left.where")}</ButtonLink>
        </>
      }
    >
      <NoticeText>
        {t(`left.about.${isOpen ? "unanswered" : state}`, { when: formatTime(sentAt, timezone), why: problem.message })}
      </NoticeText>
      {state !== "done" && <CorrelationId id={problem.correlationId} />}
    </Notice>
  );
}
