import { Hourglass, RotateCcw } from "lucide-react";
import { useEffect } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { CopyId } from "../../components/copy-id.tsx";
import { Empty } from "../../components/empty.tsx";
import { Card } from "../../components/page.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type JobLineFragment, useJobsQuery, useRetryJobMutation } from "../../generated/graphql.ts";
import { formatCount, formatDateTime } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { isPresent } from "../pit-board/board.ts";
import { ListState } from "./list-state.tsx";
import styles from "./operations.module.css";

const t = words("operations");

const states = ["waiting", "running", "failed", "given_up"] as const;
type State = (typeof states)[number];

const tones: Record<State, Tone> = { waiting: "neutral", running: "accent", failed: "warn", given_up: "bad" };

/** How often the queue is looked at while it is shown. */
const EVERY = 5_000;

/** What waits, runs and failed. What succeeded is gone. */
export function Jobs() {
  const me = useMe();
  const [{ data, error }, refetch] = useJobsQuery({ requestPolicy: "cache-and-network" });
  const again = () => refetch({ requestPolicy: "network-only" });
  useEffect(() => {
    const timer = setInterval(() => refetch({ requestPolicy: "network-only" }), EVERY);
    return () => clearInterval(timer);
  }, [refetch]);
  return (
    <Card title={t("views.jobs")} padded={false}>
      <ListState
        what={t("views.jobs")}
        data={data?.jobs}
        error={error}
        onRetry={again}
        isEmpty={(list) => list.totalCount === 0}
        empty={
          <Empty icon={<Hourglass size={22} />} title={t("jobs.none")}>
            {t("jobs.noneWhy")}
          </Empty>
        }
      >
        {(list) => (
          <SimpleTable
            label={t("views.jobs")}
            rows={list.nodes.filter(isPresent)}
            keyOf={(job) => job.jobId ?? ""}
            columns={[
              { name: t("jobs.task"), of: (job) => <code className={styles.code}>{job.task}</code> },
              { name: t("jobs.state"), of: (job) => <JobState state={stateOf(job)} /> },
              {
                name: t("jobs.attempts"),
                right: true,
                of: (job) => `${formatCount(job.attempts ?? 0)} / ${formatCount(job.maxAttempts ?? 0)}`,
              },
              { name: t("jobs.error"), of: (job) => job.lastError && <code>{job.lastError}</code> },
              { name: t("jobs.runAt"), wide: true, of: (job) => job.runAt && formatDateTime(job.runAt, me.timezone) },
              {
                name: t("request"),
                right: true,
                wide: true,
                of: (job) => job.correlationId && <CopyId id={job.correlationId} />,
              },
              {
                name: t("jobs.action"),
                right: true,
                of: (job) =>
                  me.can("import:run") &&
                  (job.state === "failed" || job.state === "given_up") && <Retry job={job} onDone={again} />,
              },
            ]}
          />
        )}
      </ListState>
    </Card>
  );
}

function stateOf(job: JobLineFragment): State {
  return states.find((state) => state === job.state) ?? "waiting";
}

function JobState({ state }: { state: State }) {
  return <Badge tone={tones[state]}>{t(`jobs.states.${state}`)}</Badge>;
}

function Retry({ job, onDone }: { job: JobLineFragment; onDone: () => void }) {
  const [, execute] = useRetryJobMutation();
  const retry = useCommand(execute, (answer) => answer.retryJob?.retriedJob);
  const send = async () => {
    if (await retry.send({ jobId: job.jobId ?? "" })) onDone();
  };
  return (
    <>
      <Button
        icon={<RotateCcw size={17} />}
        aria-label={t("jobs.retryOf", { task: job.task ?? "" })}
        isPending={retry.busy}
        onPress={() => void send()}
      >
        {t("jobs.retry")}
      </Button>
      <CommandProblem status={retry} onRetry={() => void send()} />
    </>
  );
}
