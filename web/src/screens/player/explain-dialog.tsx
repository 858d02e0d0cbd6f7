import { Dialog } from "../../components/dialog.tsx";
import { Notice, NoticeText, QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type LedgerLineFragment, useExplainEntryQuery } from "../../generated/graphql.ts";
import { formatSignedPoints } from "../../lib/format.ts";
import { howMany } from "../../lib/how-many.ts";
import { isPresent } from "../../lib/present.ts";
import { figureOf } from "../../words/forms.ts";
import { told } from "../../words/refusal.ts";
import { term } from "../../words/term.ts";
import { words } from "../../words/words.ts";
import styles from "./explain-dialog.module.css";

const t = words("player");

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
      title={t("explain.title", {
        entry: entryNo,
        points: formatSignedPoints(line.pointsChange),
        count: howMany(line.pointsChange),
      })}
      subtitle={t("explain.subtitle", { type: term("transactionType", line.transactionType), player: playerName })}
      onClose={onClose}
      wide
    >
      {error && <QueryProblem error={error} onRetry={() => refetch({ requestPolicy: "network-only" })} />}
      {!explained && fetching && (
        <Loading what={t("explain.loading")}>
          <Skeleton height="12rem" />
        </Loading>
      )}
      {explained && <p className={styles.summary}>{told(explained.summary ?? "")}</p>}
      {explained?.agrees === false && (
        <Notice tone="bad" title={t("explain.disagrees")} live="alert">
          <NoticeText>
            {t("explain.anew", {
              points: formatSignedPoints(explained.recalculatedPoints ?? "0"),
              count: howMany(explained.recalculatedPoints),
            })}
          </NoticeText>
        </Notice>
      )}
      {steps.length > 0 && (
        <div className={styles.steps}>
          <SimpleTable
            label={t("explain.steps")}
            rows={steps}
            keyOf={(step) => String(step.stepNo)}
            columns={[
              { name: t("explain.step"), of: (step) => told(step.step ?? "") },
              {
                name: t("explain.figure"),
                right: true,
                of: ({ step, figure }) => (figure === null ? "" : figureOf(step ?? "", figure)),
              },
              { name: t("explain.how"), of: (step) => <span className={styles.how}>{told(step.how ?? "")}</span> },
            ]}
          />
        </div>
      )}
    </Dialog>
  );
}
