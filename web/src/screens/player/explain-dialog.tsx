import { Dialog } from "../../components/dialog.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type LedgerLineFragment, useExplainEntryQuery } from "../../generated/graphql.ts";
import { formatExact, formatSignedPoints, humanize } from "../../lib/format.ts";
import { isPresent } from "../pit-board/board.ts";
import styles from "./explain-dialog.module.css";

interface ExplainDialogProps {
  line: LedgerLineFragment;
  playerName: string;
  onClose: () => void;
}

/** Why an entry has the points it has, as the database tells it: a paragraph and each step. */
export function ExplainDialog({ line, playerName, onClose }: ExplainDialogProps) {
  const { playerId, entryNo } = line;
  const [{ data, error, fetching }, refetch] = useExplainEntryQuery({ variables: { playerId, entryNo } });
  const explained = data?.explainEntry;
  const steps = explained?.steps?.filter(isPresent) ?? [];
  return (
    <Dialog
      title={`Entry ${entryNo}: ${formatSignedPoints(line.pointsChange)} points`}
      subtitle={`${humanize(line.transactionType)}, ${playerName}`}
      onClose={onClose}
      wide
    >
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!explained && fetching && (
        <Loading what="the explanation">
          <Skeleton height="12rem" />
        </Loading>
      )}
      {explained && <p className={styles.summary}>{explained.summary}</p>}
      {explained?.agrees === false && (
        <Notice tone="bad" title="The entry doesn't agree with its own telemetry." live="alert">
          <NoticeText>
            Reckoned anew it comes to {formatSignedPoints(explained.recalculatedPoints ?? "0")} points. Verify the
            player's ledger.
          </NoticeText>
        </Notice>
      )}
      {steps.length > 0 && (
        <div className={styles.steps}>
          <SimpleTable
            label="Step by step"
            rows={steps}
            keyOf={(step) => String(step.stepNo)}
            columns={[
              { name: "Step", of: (step) => step.step },
              { name: "Figure", right: true, of: (step) => (step.figure === null ? "" : formatExact(step.figure)) },
              { name: "How", of: (step) => <span className={styles.how}>{step.how}</span> },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}
