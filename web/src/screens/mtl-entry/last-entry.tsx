import { IdCard } from "lucide-react";
import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { formatDay, formatMoney, formatTime } from "../../lib/format.ts";
import type { Identified, Recorded } from "./entry-form.tsx";
import { IdentificationDialog } from "./identification-dialog.tsx";
import styles from "./last-entry.module.css";

interface LastEntryProps {
  recorded: Recorded;
  /** Something of the person's identification was written down: all that is needed, or part of it. */
  onIdentified: (identified: Identified) => void;
}

/** What became of the entry that was just sent; the form below is ready for the next one. */
export function LastEntry({ recorded, onIdentified }: LastEntryProps) {
  const { result, person, agent, kind, identified } = recorded;
  const me = useMe();
  const [identifying, setIdentifying] = useState(false);
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
      {result.identificationNeeded && identified !== "complete" && (
        <Notice
          tone="warn"
          title={`Identification needed: ${person.name}.`}
          live="alert"
          actions={
            entry && (
              <Button icon={<IdCard size={18} />} onPress={() => setIdentifying(true)}>
                Write it down
              </Button>
            )
          }
        >
          <NoticeText>
            {identified === "partly" && "Saved, but something is still missing. "}
            Ask for a government-issued ID. Don't say why, and don't speak about amounts.
          </NoticeText>
        </Notice>
      )}
      {identified === "complete" && (
        <Notice tone="good" title={`Identification of ${person.name} is complete.`} live="status" />
      )}
      {identifying && entry && (
        <IdentificationDialog
          patronId={entry.patronId}
          name={person.name}
          onSaved={(complete) => onIdentified(complete ? "complete" : "partly")}
          onClose={() => setIdentifying(false)}
        />
      )}
    </div>
  );
}
