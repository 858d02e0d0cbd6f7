import { Pencil } from "lucide-react";
import { useState } from "react";
import { useMe } from "../../api/session.tsx";
import { Badge, CashBadge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import type { TimelineEntryFragment } from "../../generated/graphql.ts";
import { cx } from "../../lib/cx.ts";
import { formatCount, formatDateTime, formatMoney, formatTime } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { CorrectDialog } from "../mtl-log/correct-dialog.tsx";
import styles from "./timeline.module.css";

const t = words("ctrCase");

interface TimelineProps {
  /** In the order in which they count. */
  entries: readonly TimelineEntryFragment[];
  /** How many there are; more than `entries` when they don't all fit. */
  total: number;
  /** Beside a list there is less room. */
  compact?: boolean;
}

/** What a person's day is made of: each entry and correction with the sums before and after it. */
export function Timeline({ entries, total, compact = false }: TimelineProps) {
  const [correcting, setCorrecting] = useState<TimelineEntryFragment>();
  return (
    <div className={cx(compact && styles.compact)}>
      <ol className={styles.entries}>
        {entries.map((entry) => (
          <Entry
            key={entry.entryId}
            entry={entry}
            onCorrect={entry.correctable ? () => setCorrecting(entry) : undefined}
          />
        ))}
      </ol>
      {total > entries.length && (
        <p className={styles.rest}>
          {t("entries.first", { count: formatCount(entries.length), total: formatCount(total) })}
        </p>
      )}
      {correcting && (
        <CorrectDialog
          entry={{
            entryId: correcting.entryId ?? "",
            direction: correcting.direction ?? "",
            amount: correcting.amount ?? "0",
          }}
          kind={term("cashKind", correcting.kind ?? "")}
          person={correcting.personName ?? ""}
          onClose={() => setCorrecting(undefined)}
        />
      )}
    </div>
  );
}

function roleOf(entryRole: string | null): string | undefined {
  if (entryRole === "offset") return t("entries.taken");
  return entryRole === "replacement" ? t("entries.correction") : undefined;
}

interface EntryProps {
  entry: TimelineEntryFragment;
  onCorrect: (() => void) | undefined;
}

function Entry({ entry, onCorrect }: EntryProps) {
  const me = useMe();
  const { occurredAt, amount, entryRole } = entry;
  const role = roleOf(entryRole);
  const kind = term("cashKind", entry.kind ?? "");
  const place = [
    term("area", entry.area ?? ""),
    entry.tableLabel,
    entry.windowNo && t("entries.window", { window: entry.windowNo }),
  ];
  const details = [
    place.filter(Boolean).join(" "),
    entry.tender !== "currency" && term("tender", entry.tender ?? ""),
    entry.foreignCurrency && t("entries.foreign", { currency: entry.foreignCurrency }),
    entry.agentName && t("entries.agent", { name: entry.agentName }),
    entry.staffName,
  ];
  const minus = entryRole === "offset" ? "−" : "";
  return (
    <li className={styles.entry} data-void={entryRole !== "offset" && !entry.isLive}>
      <time
        className={`${styles.when} numeric`}
        dateTime={occurredAt ?? ""}
        title={formatDateTime(occurredAt ?? "", me.timezone)}
      >
        {formatTime(occurredAt ?? "", me.timezone)}
      </time>
      <div className={styles.middle}>
        <span className={styles.badges}>
          <span className={styles.what}>{kind}</span>
          {role && <Badge>{role}</Badge>}
          <CashBadge badge={entry.badge} />
        </span>
        <span className={styles.detail}>{details.filter(Boolean).join(" · ")}</span>
        {entry.reason && <span className={styles.detail}>{t("entries.reason", { reason: entry.reason })}</span>}
        {entry.note && <span className={styles.detail}>{entry.note}</span>}
      </div>
      <div className={`${styles.sums} numeric`}>
        <span className={styles.amount}>
          {minus}
          {t("entries.amount", {
            amount: formatMoney(amount ?? "0"),
            direction: term("direction", entry.direction ?? ""),
          })}
        </span>
        <Running label={t("entries.in")} before={entry.cashInBefore} after={entry.cashInAfter} />
        <Running label={t("entries.out")} before={entry.cashOutBefore} after={entry.cashOutAfter} />
      </div>
      {onCorrect && (
        <Button
          look="quiet"
          icon={<Pencil size={16} />}
          aria-label={t("entries.correct", { amount: formatMoney(amount ?? "0"), kind })}
          onPress={onCorrect}
        />
      )}
    </li>
  );
}

/** A sum's way from before to after; nothing where the entry left it as it was. */
function Running({ label, before, after }: { label: string; before: string | null; after: string | null }) {
  if (before === null || after === null) return null;
  const [was, is] = [formatMoney(before), formatMoney(after)];
  if (was === is) return null;
  return (
    <span className={styles.running}>
      {label} {was} → {is}
    </span>
  );
}
