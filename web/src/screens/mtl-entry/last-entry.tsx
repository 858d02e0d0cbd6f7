import { useMe } from "../../api/session.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { formatDay, formatMoney, formatTime } from "../../lib/format.ts";
import type { Recorded } from "./entry-form.tsx";
import styles from "./last-entry.module.css";

/** What became of the entry that was just sent; the form below is ready for the next one. */
export function LastEntry({ recorded: { result, person, agent, kind } }: { recorded: Recorded }) {
  const me = useMe();
  const entry = result.mtlEntry;
  return (
    <div className={styles.last}>
      {entry ? (
        <Notice
          tone={result.replayed ? "info" : "good"}
          title={
            result.replayed
              ? "Already recorded: nothing was added twice."
              : `${formatMoney(entry.amount)} cash ${entry.direction} recorded for ${person.name}${agent ? `, carried by ${agent.name}` : ""}.`
          }
          live="status"
        >
          <NoticeText>
            {kind} · {formatTime(entry.occurredAt, me.timezone)} · gaming day {formatDay(entry.gamingDay)}
          </NoticeText>
          <CorrelationId id={entry.correlationId} />
        </Notice>
      ) : (
        <Notice title="Nothing to record." live="status">
          <NoticeText>No more is riding for {person.name} at this table than was recorded before.</NoticeText>
        </Notice>
      )}
      {result.identificationNeeded && (
        <Notice tone="warn" title={`Identification needed: ${person.name}.`} live="alert">
          <NoticeText>
            Ask for a government-issued ID now and hand it to compliance. Don't say why, and don't speak about amounts.
          </NoticeText>
        </Notice>
      )}
    </div>
  );
}
