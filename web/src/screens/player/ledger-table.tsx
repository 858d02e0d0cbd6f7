import { CircleQuestionMark, ScrollText, Undo2 } from "lucide-react";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CopyId } from "../../components/copy-id.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import type { LedgerLineFragment, LoyaltyLedgerFilter } from "../../generated/graphql.ts";
import { formatDateTime, formatPoints, formatSignedPoints, humanize } from "../../lib/format.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./ledger-table.module.css";
import { useLedger } from "./use-ledger.ts";

const t = words("player");

interface LedgerTableProps {
  playerId: string;
  newest: string | undefined;
  filter: LoyaltyLedgerFilter | undefined;
  onExplain: (line: LedgerLineFragment) => void;
  onReverse: (line: LedgerLineFragment) => void;
}

export function LedgerTable({ playerId, newest, filter, onExplain, onReverse }: LedgerTableProps) {
  const { lines, hasMore, fetching, error, loadMore, retry } = useLedger(playerId, newest, filter);
  const nameOf = useStaffNames();

  if (!lines) {
    return (
      <div className={styles.pad}>
        {error ? (
          <QueryProblem error={error} onRetry={retry} />
        ) : (
          <Loading what={t("ledger.loading")}>
            <Skeleton height="16rem" />
          </Loading>
        )}
      </div>
    );
  }
  if (lines.length === 0) {
    return (
      <Empty icon={<ScrollText size={22} />} title={t(filter ? "filters.nothing" : "ledger.empty")}>
        {t(filter ? "filters.widen" : "ledger.appear")}
      </Empty>
    );
  }
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.right}>
                {t("ledger.columns.no")}
              </th>
              <th scope="col">{t("ledger.columns.what")}</th>
              <th scope="col" className={styles.right}>
                {t("ledger.columns.points")}
              </th>
              <th scope="col" className={styles.right}>
                {t("ledger.columns.balance")}
              </th>
              <th scope="col">{t("ledger.columns.when")}</th>
              <th scope="col">
                <span className="visually-hidden">{t("ledger.columns.actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line
                key={line.entryNo}
                line={line}
                staff={nameOf(line.staffId)}
                onExplain={onExplain}
                onReverse={onReverse}
              />
            ))}
          </tbody>
        </table>
      </div>
      {error && (
        <div className={styles.pad}>
          <QueryProblem error={error} onRetry={retry} />
        </div>
      )}
      {hasMore && !error && (
        <div className={styles.more}>
          <Button onPress={loadMore} isPending={fetching}>
            {t("ledger.more")}
          </Button>
        </div>
      )}
    </>
  );
}

interface LineProps {
  line: LedgerLineFragment;
  staff: string | undefined;
  onExplain: (line: LedgerLineFragment) => void;
  onReverse: (line: LedgerLineFragment) => void;
}

function Line({ line, staff, onExplain, onReverse }: LineProps) {
  const me = useMe();
  const minus = line.pointsChange.startsWith("-");
  return (
    <tr>
      <td className={`${styles.right} ${styles.quiet} numeric`}>{line.entryNo}</td>
      <td className={styles.what}>
        <span className={styles.type}>
          {line.reversesEntryNo === null
            ? term("transactionType", line.transactionType)
            : t("ledger.ofEntry", {
                type: term("transactionType", line.transactionType),
                entry: line.reversesEntryNo,
              })}
          {line.reversedBy !== null && <span className={styles.undone}>{t("ledger.reversed")}</span>}
          {line.tierAfter !== line.tierBefore && (
            <span className={styles.undone}>
              {humanize(line.tierBefore)} → {humanize(line.tierAfter)}
            </span>
          )}
        </span>
        {line.reason && <span className={styles.reason}>{line.reason}</span>}
      </td>
      <td className={`${styles.right} ${styles.points} numeric`} data-minus={minus}>
        {formatSignedPoints(line.pointsChange)}
      </td>
      <td className={`${styles.right} numeric`}>{formatPoints(line.balanceAfter)}</td>
      <td className={styles.when}>
        <time className="numeric" dateTime={line.occurredAt}>
          {formatDateTime(line.occurredAt, me.timezone)}
        </time>
        <span className={styles.quiet}>{staff ?? t("ledger.system")}</span>
      </td>
      <td className={styles.actions}>
        <Button
          look="quiet"
          icon={<CircleQuestionMark size={17} />}
          aria-label={t("ledger.explain", { entry: line.entryNo })}
          onPress={() => onExplain(line)}
        />
        <CopyId id={line.correlationId} />
        {line.reversible && (
          <Button
            look="quiet"
            icon={<Undo2 size={17} />}
            aria-label={t("ledger.reverse", { entry: line.entryNo })}
            onPress={() => onReverse(line)}
          />
        )}
      </td>
    </tr>
  );
}
