import { CircleQuestionMark, ScrollText, Undo2 } from "lucide-react";
import { useMemo } from "react";
import { useMe } from "../../api/session.tsx";
import { Button } from "../../components/button.tsx";
import { CopyId } from "../../components/copy-id.tsx";
import { Empty } from "../../components/empty.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import type { LedgerLineFragment } from "../../generated/graphql.ts";
import { formatDateTime, formatPoints, formatSignedPoints, humanize } from "../../lib/format.ts";
import { isPresent } from "../pit-board/board.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import styles from "./ledger-table.module.css";
import { useLedger } from "./use-ledger.ts";

interface LedgerTableProps {
  playerId: string;
  newest: string | undefined;
  onExplain: (line: LedgerLineFragment) => void;
  onReverse: ((line: LedgerLineFragment) => void) | undefined;
}

export function LedgerTable({ playerId, newest, onExplain, onReverse }: LedgerTableProps) {
  const { lines, hasMore, fetching, error, loadMore, retry } = useLedger(playerId, newest);
  const nameOf = useStaffNames();
  const reversed = useMemo(() => new Set(lines?.map((line) => line.reversesEntryNo).filter(isPresent)), [lines]);

  if (!lines) {
    return (
      <div className={styles.pad}>
        {error ? (
          <QueryProblem error={error} onRetry={retry} />
        ) : (
          <Loading what="the ledger">
            <Skeleton height="16rem" />
          </Loading>
        )}
      </div>
    );
  }
  if (lines.length === 0) {
    return (
      <Empty icon={<ScrollText size={22} />} title="No entries yet">
        Points appear here when a slip is completed or a reward is given.
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
                No.
              </th>
              <th scope="col">What</th>
              <th scope="col" className={styles.right}>
                Points
              </th>
              <th scope="col" className={styles.right}>
                Balance
              </th>
              <th scope="col">When and who</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line
                key={line.entryNo}
                line={line}
                staff={nameOf(line.staffId)}
                undone={reversed.has(line.entryNo)}
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
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

interface LineProps {
  line: LedgerLineFragment;
  staff: string | undefined;
  undone: boolean;
  onExplain: (line: LedgerLineFragment) => void;
  onReverse: ((line: LedgerLineFragment) => void) | undefined;
}

function Line({ line, staff, undone, onExplain, onReverse }: LineProps) {
  const me = useMe();
  const minus = line.pointsChange.startsWith("-");
  const reversible = onReverse && !undone && line.reversesEntryNo === null;
  return (
    <tr>
      <td className={`${styles.right} ${styles.quiet} numeric`}>{line.entryNo}</td>
      <td className={styles.what}>
        <span className={styles.type}>
          {humanize(line.transactionType)}
          {line.reversesEntryNo !== null && ` of entry ${line.reversesEntryNo}`}
          {undone && <span className={styles.undone}>Reversed</span>}
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
        <span className={styles.quiet}>{staff ?? "System"}</span>
      </td>
      <td className={styles.actions}>
        <Button
          look="quiet"
          icon={<CircleQuestionMark size={17} />}
          aria-label={`Explain entry ${line.entryNo}`}
          onPress={() => onExplain(line)}
        />
        <CopyId id={line.correlationId} />
        {reversible && (
          <Button
            look="quiet"
            icon={<Undo2 size={17} />}
            aria-label={`Reverse entry ${line.entryNo}`}
            onPress={() => onReverse(line)}
          />
        )}
      </td>
    </tr>
  );
}
