import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { cx } from "../../lib/cx.ts";
import { formatDay, formatPoints } from "../../lib/format.ts";
import { told } from "../../words/refusal.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./operations.module.css";

const t = words("operations");

/** Something kept beside the entries that isn't what they add up to. */
export interface Difference {
  playerId?: string | null;
  patronId?: string | null;
  gamingDay?: string | null;
  entryNo?: string | null;
  /** Of the cash log. */
  entryId?: string | null;
  what: string | null;
  expected: string | null;
  actual: string | null;
}

interface WhoseProps {
  difference: Difference;
  nameOf: (playerId: string | null | undefined) => string | undefined;
}

/** Whose balance, entry or day it is, with the way there; the copy of the rules is nobody's. */
export function Whose({ difference, nameOf }: WhoseProps) {
  const me = useMe();
  const { playerId, patronId, gamingDay, entryNo, entryId } = difference;
  if (!playerId && !patronId) return <span>{t("drift.rules")}</span>;
  const where = [
    gamingDay && formatDay(gamingDay),
    entryNo && t("drift.entry", { number: formatPoints(entryNo) }),
    entryId && t("drift.cashEntry"),
  ];
  const name = nameOf(playerId) ?? (playerId ? t("drift.player") : t("drift.patron"));
  const to = playerId ? `/players/${playerId}` : me.can("mtl:review") && `/compliance/patrons/${patronId}`;
  const around = <span className={styles.small}>{where.filter(Boolean).join(" · ")}</span>;
  return (
    <span className={styles.who}>
      {to ? (
        <Link className={cx(styles.link, styles.who)} to={to}>
          {name}
          {around}
        </Link>
      ) : (
        <>
          <span>{name}</span>
          {around}
        </>
      )}
      {!playerId && <code className={styles.code}>{patronId}</code>}
    </span>
  );
}

export function What({ difference }: { difference: Difference }) {
  return (
    <span className={styles.who}>
      <span>{term("drift", difference.what ?? "")}</span>
      <code className={styles.code}>{difference.what}</code>
    </span>
  );
}

/** A figure, a hash or a word, as it was compared. */
export function Compared({ value }: { value: string | null }) {
  return <code className={styles.code}>{value === null ? "–" : told(value)}</code>;
}
