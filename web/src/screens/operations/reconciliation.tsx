import { CheckCheck, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { CopyId } from "../../components/copy-id.tsx";
import { Empty } from "../../components/empty.tsx";
import { Notice } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type RunLineFragment, useReconcileMutation, useReconciliationRunsQuery } from "../../generated/graphql.ts";
import { formatCount, formatDateTime, formatPoints } from "../../lib/format.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { DriftTable } from "./drift-table.tsx";
import { ListState } from "./list-state.tsx";
import styles from "./operations.module.css";
import { Rebuild } from "./rebuild.tsx";

const t = words("operations");

const PAGE = 15;

/** The runs, newest first, and what the chosen one found. */
export function Reconciliation() {
  const me = useMe();
  const nameOf = useStaffNames();
  const [search, setSearch] = useSearchParams();
  const [page, setPage] = useState(1);
  const [{ data, error }, refetch] = useReconciliationRunsQuery({
    variables: { offset: (page - 1) * PAGE },
    requestPolicy: "cache-and-network",
  });
  const [, execute] = useReconcileMutation();
  const reconcile = useCommand(execute, (answer) => answer.reconcile?.reconciliationResult);
  const runs = data?.reconciliationRuns?.nodes.filter(isPresent) ?? [];
  const asked = search.get("run") ?? "";
  const chosen = isUuid(asked) ? asked : runs.find((run) => run.driftFound > 0)?.reconciliationRunId;
  const show = (run: RunLineFragment) => setSearch({ view: "reconciliation", run: run.reconciliationRunId });
  const send = async () => {
    const result = await reconcile.send({});
    if (!result?.reconciliationRun) return;
    setPage(1);
    refetch({ requestPolicy: "network-only" });
    show(result.reconciliationRun);
  };
  const found = reconcile.result?.driftFound;

  return (
    <>
      <Card
        title={t("reconciliation.runs")}
        padded={false}
        aside={
          <div className={styles.actions}>
            {me.can("import:run") && <Rebuild />}
            <Button
              look="primary"
              icon={<RefreshCw size={17} />}
              isPending={reconcile.busy}
              onPress={() => void send()}
            >
              {t("reconciliation.now")}
            </Button>
          </div>
        }
      >
        <div className={styles.pad} role="status">
          {typeof found === "number" && (
            <Notice
              tone={found === 0 ? "good" : "bad"}
              title={found === 0 ? t("reconciliation.nothing") : t("reconciliation.found", { count: found })}
            />
          )}
        </div>
        {reconcile.problem && (
          <div className={styles.pad}>
            <CommandProblem status={reconcile} onRetry={() => void send()} />
          </div>
        )}
        <ListState
          what={t("reconciliation.runs")}
          data={data?.reconciliationRuns}
          error={error}
          onRetry={() => refetch({ requestPolicy: "network-only" })}
          isEmpty={(list) => list.totalCount === 0}
          empty={
            <Empty icon={<CheckCheck size={22} />} title={t("reconciliation.none")}>
              {t("reconciliation.noneWhy")}
            </Empty>
          }
        >
          {(list) => (
            <>
              <SimpleTable
                label={t("reconciliation.runs")}
                rows={runs}
                keyOf={(run) => run.reconciliationRunId}
                columns={[
                  {
                    name: t("reconciliation.at"),
                    of: (run) => (
                      <button
                        type="button"
                        className={styles.open}
                        aria-pressed={run.reconciliationRunId === chosen}
                        onClick={() => show(run)}
                      >
                        {formatDateTime(run.startedAt, me.timezone)}
                      </button>
                    ),
                  },
                  {
                    name: t("reconciliation.drift"),
                    of: (run) =>
                      run.driftFound === 0 ? (
                        <Badge tone="good">{t("reconciliation.zero")}</Badge>
                      ) : (
                        <Badge tone="bad">{t("reconciliation.found", { count: run.driftFound })}</Badge>
                      ),
                  },
                  {
                    name: t("reconciliation.cause"),
                    wide: true,
                    of: (run) => nameOf(run.staffId) ?? t(`reconciliation.causes.${causeOf(run)}`),
                  },
                  {
                    name: t("reconciliation.players"),
                    right: true,
                    wide: true,
                    of: (run) => formatPoints(run.players),
                  },
                  { name: t("reconciliation.entries"), right: true, of: (run) => formatPoints(run.entries) },
                  {
                    name: t("reconciliation.cashEntries"),
                    right: true,
                    wide: true,
                    of: (run) => formatPoints(run.cashEntries),
                  },
                  { name: t("request"), right: true, of: (run) => <CopyId id={run.correlationId} /> },
                ]}
              />
              <Pager page={page} size={PAGE} total={list.totalCount} onPage={setPage} />
            </>
          )}
        </ListState>
      </Card>
      {chosen && <DriftTable key={chosen} runId={chosen} at={atOf(runs, chosen, me.timezone)} />}
    </>
  );
}

function causeOf(run: RunLineFragment): "job" | "person" | "command" {
  return run.cause === "person" || run.cause === "command" ? run.cause : "job";
}

function atOf(runs: readonly RunLineFragment[], id: string, timezone: string): string | undefined {
  const run = runs.find((each) => each.reconciliationRunId === id);
  return run && `${formatDateTime(run.startedAt, timezone)} · ${formatCount(run.driftFound)}`;
}
