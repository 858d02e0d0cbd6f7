import { useRef } from "react";
import { Link } from "react-router";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import type { CaseLineFragment, DueNoticeFragment } from "../../generated/graphql.ts";
import { cx } from "../../lib/cx.ts";
import { formatDate, formatDateTime, formatDay } from "../../lib/format.ts";
import { useWholeRows } from "../../lib/whole-rows.ts";
import { words } from "../../words/words.ts";
import { CaseState, DueClock } from "../ctr-case/case-state.tsx";
import styles from "./case-line.module.css";
import { nameOf } from "./person.ts";

const t = words("compliance");

interface CaseLinesProps {
  label: string;
  /** Overdue first. */
  cases: readonly CaseLineFragment[];
  /** What was noticed of them by their ids: that they are nearly due, or overdue. */
  notices?: ReadonlyMap<string, DueNoticeFragment>;
  /** Within a card that has a padding. */
  inset?: boolean;
}

export function CaseLines({ label, cases, notices, inset = false }: CaseLinesProps) {
  const list = useRef<HTMLUListElement>(null);
  useWholeRows(list, cases.length);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
    <ul className={cx(styles.list, inset && styles.inset)} aria-label={label} tabIndex={0} ref={list}>
      {cases.map((each) => (
        <li key={each.caseId} className={styles.item}>
          <Link className={styles.case ?? ""} to={`/compliance/cases/${each.caseId}`}>
            <span className={styles.who}>
              <span className={styles.name}>{nameOf(each)}</span>
              <span className={`${styles.detail} numeric`}>
                {t("due", { day: formatDay(each.gamingDay ?? ""), due: formatDate(each.dueOn ?? "") })}
              </span>
              <Noticed notice={notices?.get(each.caseId ?? "")} />
            </span>
            <span className={styles.badges}>
              <CaseState state={each.state ?? ""} />
              {each.amendmentDue ? (
                <Badge tone="warn">{t("amendmentDue")}</Badge>
              ) : (
                <DueClock due={each} isNear={notices?.get(each.caseId ?? "")?.notice === "near"} />
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** When the database found it nearly due, or overdue. */
function Noticed({ notice }: { notice: DueNoticeFragment | undefined }) {
  const me = useMe();
  if (!notice) return null;
  const at = formatDateTime(notice.createdAt, me.timezone);
  return (
    <span className={`${styles.detail} numeric`}>
      {notice.notice === "overdue" ? t("notice.overdue", { at }) : t("notice.near", { at })}
    </span>
  );
}
