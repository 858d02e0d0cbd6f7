import { Pencil } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/page.tsx";
import { formatMoney, formatTime } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { CorrectDialog } from "../mtl-log/correct-dialog.tsx";
import type { Recorded } from "./recorded.ts";
import styles from "./recorded-here.module.css";

const t = words("mtlEntry");

interface RecordedHereProps {
  recorded: readonly Recorded[];
  onCorrected: (recorded: Recorded, amount: string) => void;
}

/** What was entered on this screen since it was opened, newest first; one's own can be corrected. */
export function RecordedHere({ recorded, onCorrected }: RecordedHereProps) {
  const me = useMe();
  const [correcting, setCorrecting] = useState<Recorded>();
  const entry = correcting?.result.mtlEntry;
  return (
    <Card
      title={t("here.title")}
      label={t("here.title")}
      aside={
        me.can("mtl:view") && (
          <Link className={styles.log ?? ""} to="/cash/log">
            {t("here.log")}
          </Link>
        )
      }
    >
      {recorded.length === 0 ? (
        <p className={styles.none}>{t("here.none")}</p>
      ) : (
        <ul className={styles.list}>
          {recorded.map((each, index) => (
            <Line
              key={each.result.mtlEntry?.entryId ?? `nothing ${recorded.length - index}`}
              recorded={each}
              onCorrect={() => setCorrecting(each)}
            />
          ))}
        </ul>
      )}
      {correcting && entry && (
        <CorrectDialog
          entry={entry}
          kind={correcting.kind}
          person={correcting.person.name}
          onCorrected={(amount) => onCorrected(correcting, amount)}
          onClose={() => setCorrecting(undefined)}
        />
      )}
    </Card>
  );
}

function Line({ recorded, onCorrect }: { recorded: Recorded; onCorrect: () => void }) {
  const me = useMe();
  const { result, person, kind, correctedTo, identified } = recorded;
  const entry = result.mtlEntry;
  if (!entry) return null;
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <span className={styles.name}>{person.name}</span>
        {person.playerId === null && <span className={styles.detail}>{person.detail}</span>}
        <span className={styles.detail}>
          {kind} · {formatTime(entry.occurredAt, me.timezone)}
        </span>
        {result.identificationNeeded && identified !== "complete" && (
          <span className={styles.needed}>{t("here.needed")}</span>
        )}
      </div>
      <div className={styles.amount}>
        <span className="numeric" data-corrected={correctedTo !== undefined}>
          {t("here.amount", { amount: formatMoney(entry.amount), direction: term("direction", entry.direction) })}
        </span>
        {correctedTo !== undefined && (
          <span className={`${styles.detail} numeric`}>
            {correctedTo === "0" ? t("here.voided") : t("here.corrected", { amount: formatMoney(correctedTo) })}
          </span>
        )}
      </div>
      <Button
        look="quiet"
        icon={<Pencil size={17} />}
        aria-label={t("here.correct", { amount: formatMoney(entry.amount), name: person.name })}
        isDisabled={correctedTo === "0"}
        onPress={onCorrect}
      />
    </li>
  );
}
