import { CheckCheck, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Empty } from "../../components/empty.tsx";
import { Notice } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { Pager } from "../../components/pager.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { SimpleTable, type TableColumn } from "../../components/table.tsx";
import { type RunLineFragment, useReconcileMutation, useReconciliationRunsQuery } from "../../generated/graphql.ts";
import { cx } from "../../lib/cx.ts";
import { formatDateTime, formatPoints } from "../../lib/format.ts";
import { isPresent } from "../../lib/present.ts";
import { isUuid } from "../../lib/uuid.ts";
import { words } from "../../words/words.ts";
import { useStaffNames } from "../staff/use-staff-names.ts";
import { DriftTable } from "./drift-table.tsx";
import styles from "./operations.module.css";
import { Rebuild } from "./rebuild.tsx";
import { RequestLink } from "./request-link.tsx";

const t = words("operations");

const PAGE = 7;

/** The runs, newest first, and what the chosen one found. */
export function Reconciliation() {
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const [page, setPage] = useState(1);
  const onlyDrift = search.get("runs") === "drift";
  const [{ data, error }, refetch] = useReconciliationRunsQuery({
    variables: { offset: (page - 1) * PAGE, atLeast: onlyDrift ? 1 : 0 },
    requestPolicy: "cache-and-network",
  });
  const again = () => refetch({ requestPolicy: "network-only" });
  const [, execute] = useReconcileMutation();
  const reconcile = useCommand(execute, (answer) => answer.reconcile?.reconciliationResult);
  const runs = data?.reconciliationRuns?.nodes.filter(isPresent) ?? [];
  const asked = search.get("run") ?? "";
  const chosen = isUuid(asked) ? asked : runs[0]?.reconciliationRunId;
  const change = (name: string, value: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (value === "") after.delete(name);
      else after.set(name, value);
      return after;
    });
  const send = async () => {
    const result = await reconcile.send({});
    if (!result?.reconciliationRun) return;
    setPage(1);
    again();
    setSearch({ run: result.reconciliationRun.reconciliationRunId });
  };
  const found = reconcile.result?.driftFound;

  return (
    <>
      <Card
        title={t("reconciliation.runs")}
        padded={false}
        aside={
          <div className={styles.actions}>
            {me.can("import:run") && <Rebuild onProve={() => void send()} />}
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
        <div className={styles.pad}>
          <Segmented
            label={t("reconciliation.which")}
            options={[
              { id: "all", label: t("reconciliation.all") },
              { id: "drift", label: t("reconciliation.onlyDrift") },
            ]}
            value={onlyDrift ? "drift" : "all"}
            onChange={(id) => {
              setPage(1);
              change("runs", id === "drift" ? id : "");
            }}
          />
        </div>
        <div className={styles.said} role="status">
          {typeof found === "number" && !reconcile.busy && (
            <Notice
              tone={found === 0 ? "good" : "bad"}
              title={found === 0 ? t("reconciliation.nothing") : t("reconciliation.found", { count: found })}
            />
          )}
        </div>
        <div className={styles.said}>
          <CommandProblem status={reconcile} onRetry={() => void send()} />
        </div>
        <QueryState
          inset
          what={t("reconciliation.runs")}
          data={data?.reconciliationRuns}
          error={error}
          onRetry={again}
          isEmpty={(list) => list.totalCount === 0}
          empty={
            <Empty
              icon={<CheckCheck size={22} />}
              title={t(onlyDrift ? "reconciliation.noDrift" : "reconciliation.none")}
            >
              {t("reconciliation.noneWhy")}
            </Empty>
          }
        >
          {(list) => (
            <>
              <Runs runs={runs} chosen={chosen} onChoose={(id) => change("run", id)} />
              <Pager page={page} size={PAGE} total={list.totalCount} onPage={setPage} />
            </>
          )}
        </QueryState>
      </Card>
      {chosen && (
        <DriftTable
          key={chosen}
          runId={chosen}
          run={runs.find((run) => run.reconciliationRunId === chosen)}
          isAsked={chosen === asked}
        />
      )}
    </>
  );
}

interface RunsProps {
  runs: readonly RunLineFragment[];
  chosen: string | undefined;
  onChoose: (runId: string) => void;
}

function Runs({ runs, chosen, onChoose }: RunsProps) {
  const me = useMe();
  const nameOf = useStaffNames();
  const figure = (name: string, wide: boolean, of: (run: RunLineFragment) => string): TableColumn<RunLineFragment> => ({
    name,
    right: true,
    wide,
    of: (run) => formatPoints(of(run)),
  });
  return (
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
              className={cx(styles.open, styles.who)}
              aria-pressed={run.reconciliationRunId === chosen}
              onClick={() => onChoose(run.reconciliationRunId)}
            >
              {formatDateTime(run.startedAt, me.timezone)}
              <span className={styles.small}>{nameOf(run.staffId) ?? t(`reconciliation.causes.${causeOf(run)}`)}</span>
            </button>
          ),
        },
        { name: t("reconciliation.drift"), of: (run) => <Verdict found={run.driftFound} /> },
        figure(t("reconciliation.players"), true, (run) => run.players),
        figure(t("reconciliation.entries"), false, (run) => run.entries),
        figure(t("reconciliation.cashEntries"), false, (run) => run.cashEntries),
        { name: t("request"), right: true, wide: true, of: (run) => <RequestLink id={run.correlationId} /> },
      ]}
    />
  );
}

function Verdict({ found }: { found: number }) {
  if (found === 0) return <Badge tone="good">{t("reconciliation.zero")}</Badge>;
  return <Badge tone="bad">{t("reconciliation.found", { count: found })}</Badge>;
}

function causeOf(run: RunLineFragment): "job" | "person" | "command" {
  return run.cause === "person" || run.cause === "command" ? run.cause : "job";
}
