import { IdCard } from "lucide-react";
import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CorrelationId, Notice, NoticeText } from "../../components/notice.tsx";
import { formatDay, formatMoney, formatTime } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { IdentificationDialog } from "./identification-dialog.tsx";
import styles from "./last-entry.module.css";
import type { Identified, Recorded } from "./recorded.ts";

const t = words("mtlEntry");

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
              ? t("last.already")
              : t(agent ? "last.carried" : "last.recorded", {
                  amount: formatMoney(entry.amount),
                  direction: term("direction", entry.direction),
                  name: person.name,
                  agent: agent?.name ?? "",
                })
          }
          live="status"
        >
          <NoticeText>
            {t("last.where", {
              kind,
              time: formatTime(entry.occurredAt, me.timezone),
              day: formatDay(entry.gamingDay),
            })}
          </NoticeText>
          <CorrelationId id={entry.correlationId} />
        </Notice>
      ) : (
        <Notice title={t("last.nothing")} live="status">
          <NoticeText>{t("last.noMore", { name: person.name })}</NoticeText>
        </Notice>
      )}
      {result.identificationNeeded && identified !== "complete" && (
        <Notice
          tone="warn"
          title={t("last.needed", { name: person.name })}
          live="alert"
          actions={
            entry && (
              <Button icon={<IdCard size={18} />} onPress={() => setIdentifying(true)}>
                {t("last.write")}
              </Button>
            )
          }
        >
          <NoticeText>
            {identified === "partly" && `${t("last.partly")} `}
            {t("last.ask")}
          </NoticeText>
        </Notice>
      )}
      {identified === "complete" && (
        <Notice tone="good" title={t("last.complete", { name: person.name })} live="status" />
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
