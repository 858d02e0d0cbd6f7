import { CheckCheck, RotateCcw, Undo2 } from "lucide-react";
import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Empty } from "../../components/empty.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Notice, NoticeText } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { SimpleTable } from "../../components/table.tsx";
import {
  type ImportLineFragment,
  type QuarantineLineFragment,
  useQuarantineQuery,
  useRetryImportMutation,
} from "../../generated/graphql.ts";
import { formatCount, formatExact, formatPoints } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { CorrectRowDialog } from "./correct-row-dialog.tsx";
import { ListState } from "./list-state.tsx";
import styles from "./operations.module.css";
import { RollBackDialog } from "./roll-back-dialog.tsx";

const t = words("operations");

const PAGE = 25;

interface ImportDetailsProps {
  batch: ImportLineFragment;
  onChanged: () => void;
}

/** What an import came to: its figures, what waits in quarantine, and which balances differ. */
export function ImportDetails({ batch, onChanged }: ImportDetailsProps) {
  const [page, setPage] = useState(1);
  const [correcting, setCorrecting] = useState<QuarantineLineFragment>();
  const [rollingBack, setRollingBack] = useState(false);
  const [{ data, error }, refetch] = useQuarantineQuery({
    variables: { importBatchId: batch.importBatchId, offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const again = () => refetch({ requestPolicy: "network-only" });
  const [, execute] = useRetryImportMutation();
  const retry = useCommand(execute, (answer) => answer.retryImport?.importBatch);
  const finished = batch.state === "finished";
  const send = async () => {
    if (!(await retry.send({ importBatchId: batch.importBatchId }))) return;
    again();
    onChanged();
  };

  return (
    <>
      <Card
        title={t("imports.outcome")}
        aside={
          finished && (
            <Button icon={<Undo2 size={17} />} onPress={() => setRollingBack(true)}>
              {t("rollBack.open")}
            </Button>
          )
        }
      >
        <Facts>
          <Fact label={t("imports.posted")}>{formatPoints(batch.posted)}</Fact>
          <Fact label={t("imports.replayed")}>{formatPoints(batch.replayed)}</Fact>
          <Fact label={t("imports.skipped")}>{formatPoints(batch.skipped)}</Fact>
          <Fact label={t("imports.enrolled")}>{formatCount(batch.playersEnrolled)}</Fact>
        </Facts>
        {batch.undoReason !== null && (
          <Notice tone="info" title={t("rollBack.undone", { count: Number(batch.undone) })}>
            <NoticeText>{batch.undoReason}</NoticeText>
            {batch.playersLeft !== "0" && (
              <NoticeText>{t("rollBack.left", { count: Number(batch.playersLeft) })}</NoticeText>
            )}
          </Notice>
        )}
      </Card>

      <Card
        title={t("quarantine.title")}
        padded={false}
        aside={
          finished && (
            <Button icon={<RotateCcw size={17} />} isPending={retry.busy} onPress={() => void send()}>
              {t("quarantine.retryAll")}
            </Button>
          )
        }
      >
        {retry.problem && (
          <div className={styles.pad}>
            <CommandProblem status={retry} onRetry={() => void send()} />
          </div>
        )}
        <ListState
          what={t("quarantine.title")}
          data={data?.quarantinedRows}
          error={error}
          onRetry={again}
          isEmpty={(list) => list.totalCount === 0}
          empty={<Empty icon={<CheckCheck size={22} />} title={t("quarantine.none")} />}
        >
          {(list) => (
            <>
              <SimpleTable
                label={t("quarantine.title")}
                rows={list.nodes.filter(isPresent)}
                keyOf={(row) => row.importQuarantineId ?? ""}
                columns={[
                  { name: t("quarantine.id"), of: (row) => <code>{row.legacyId}</code> },
                  { name: t("quarantine.reason"), of: (row) => <code className={styles.code}>{row.reason}</code> },
                  {
                    name: t("quarantine.row"),
                    wide: true,
                    of: (row) => t("quarantine.where", { file: row.file ?? "", row: formatCount(row.rowNo ?? 0) }),
                  },
                  {
                    name: t("quarantine.raw"),
                    wide: true,
                    of: (row) => <code className={styles.code}>{row.raw}</code>,
                  },
                  {
                    name: t("quarantine.action"),
                    right: true,
                    of: (row) =>
                      finished && (
                        <Button
                          aria-label={t("quarantine.correctRow", { id: row.legacyId ?? "" })}
                          onPress={() => setCorrecting(row)}
                        >
                          {t("quarantine.correct")}
                        </Button>
                      ),
                  },
                ]}
              />
              <Pager page={page} size={PAGE} total={list.totalCount} onPage={setPage} />
            </>
          )}
        </ListState>
      </Card>

      <Card title={t("mismatches.title")} padded={false}>
        <ListState
          what={t("mismatches.title")}
          data={data?.importMismatches}
          error={error}
          onRetry={again}
          isEmpty={(list) => list.totalCount === 0}
          empty={<Empty icon={<CheckCheck size={22} />} title={t("mismatches.none")} />}
        >
          {(list) => (
            <SimpleTable
              label={t("mismatches.title")}
              rows={list.nodes.filter(isPresent)}
              keyOf={(row) => row.cardNo ?? ""}
              columns={[
                { name: t("mismatches.card"), of: (row) => <code>{row.cardNo}</code> },
                { name: t("mismatches.claimed"), right: true, of: (row) => formatExact(row.claimed ?? "0") },
                { name: t("mismatches.imported"), right: true, of: (row) => formatExact(row.imported ?? "0") },
                { name: t("mismatches.difference"), right: true, of: (row) => formatExact(row.difference ?? "0") },
              ]}
            />
          )}
        </ListState>
      </Card>

      {correcting && (
        <CorrectRowDialog
          row={correcting}
          onClose={() => setCorrecting(undefined)}
          onSettled={() => {
            again();
            onChanged();
          }}
        />
      )}
      {rollingBack && <RollBackDialog batch={batch} onClose={() => setRollingBack(false)} onBegun={onChanged} />}
    </>
  );
}
