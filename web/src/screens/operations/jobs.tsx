import { Hourglass, RotateCcw } from "lucide-react";
import { useRef, useState } from "react";
import { useCommand } from "../../api/command.ts";
import { useMe } from "../../api/session.tsx";
import { Badge, type Tone } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { CommandProblem } from "../../components/command-problem.tsx";
import { Empty } from "../../components/empty.tsx";
import { Notice } from "../../components/notice.tsx";
import { Card } from "../../components/page.tsx";
import { QueryState } from "../../components/query-state.tsx";
import { SimpleTable } from "../../components/table.tsx";
import { type JobLineFragment, useJobsQuery, useRetryJobMutation } from "../../generated/graphql.ts";
import { cx } from "../../lib/cx.ts";
import { formatCount, formatDateTime } from "../../lib/format.ts";
import { useEveryWhileInUse } from "../../lib/in-use.ts";
import { isPresent } from "../../lib/present.ts";
import { words } from "../../words/words.ts";
import styles from "./operations.module.css";
import { RequestLink } from "./request-link.tsx";

const t = words("operations");

const states = ["waiting", "running", "failed", "given_up"] as const;
type State = (typeof states)[number];

const tones: Record<State, Tone> = { waiting: "neutral", running: "accent", failed: "warn", given_up: "bad" };

/** How often the queue is looked at while it is shown. */
const EVERY = 5_000;

/** What waits, runs and failed. What succeeded is gone. */
export function Jobs() {
  const [{ data, error }, refetch] = useJobsQuery({ requestPolicy: "cache-and-network" });
  const again = () => refetch({ requestPolicy: "network-only" });
  useEveryWhileInUse(again, EVERY);
  return (
    <Card title={t("views.jobs")} padded={false}>
      <QueryState inset what={t("views.jobs")} data={data?.jobs} error={error} onRetry={again}>
        {(list) => <Queue jobs={list.nodes.filter(isPresent)} total={list.totalCount} onChanged={again} />}
      </QueryState>
    </Card>
  );
}

interface QueueProps {
  jobs: readonly JobLineFragment[];
  total: number;
  onChanged: () => void;
}

function Queue({ jobs, total, onChanged }: QueueProps) {
  const me = useMe();
  const [, execute] = useRetryJobMutation();
  const retry = useCommand(execute, (answer) => answer.retryJob?.retriedJob);
  const [retried, setRetried] = useState<JobLineFragment>();
  const said = useRef<HTMLDivElement>(null);
  const send = async (job: JobLineFragment | undefined) => {
    setRetried(job);
    if (!(await retry.send({ jobId: job?.jobId ?? "" }))) return;
    // The job leaves the list, and its button with it.
    said.current?.focus();
    onChanged();
  };
  return (
    <>
      <div className={styles.said} role="status" ref={said} tabIndex={-1}>
        {retry.state === "done" && <Notice tone="good" title={t("jobs.retried", { task: retried?.task ?? "" })} />}
      </div>
      <div className={styles.said}>
        <CommandProblem status={retry} onRetry={() => void send(retried)} />
      </div>
      {jobs.length === 0 ? (
        <Empty icon={<Hourglass size={22} />} title={t("jobs.none")}>
          {t("jobs.noneWhy")}
        </Empty>
      ) : (
        <SimpleTable
          label={t("views.jobs")}
          rows={jobs}
          keyOf={(job) => job.jobId ?? ""}
          columns={[
            { name: t("jobs.task"), of: (job) => <Task job={job} /> },
            { name: t("jobs.state"), of: (job) => <JobState state={stateOf(job)} /> },
            {
              name: t("jobs.attempts"),
              right: true,
              of: (job) => `${formatCount(job.attempts ?? 0)} / ${formatCount(job.maxAttempts ?? 0)}`,
            },
            {
              name: t("jobs.error"),
              of: (job) => job.lastError && <code className={styles.code}>{job.lastError}</code>,
            },
            { name: t("jobs.runAt"), wide: true, of: (job) => job.runAt && formatDateTime(job.runAt, me.timezone) },
            { name: t("request"), right: true, wide: true, of: (job) => <RequestLink id={job.correlationId} /> },
            {
              name: t("jobs.action"),
              right: true,
              of: (job) =>
                job.retryable && (
                  <Button
                    icon={<RotateCcw size={17} />}
                    aria-label={t("jobs.retryOf", { task: job.task ?? "" })}
                    isPending={retry.busy && retried?.jobId === job.jobId}
                    isDisabled={retry.locked && retried?.jobId !== job.jobId}
                    onPress={() => void send(job)}
                  >
                    {t("jobs.retry")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {total > jobs.length && (
        <p className={styles.more}>{t("first", { count: formatCount(jobs.length), total: formatCount(total) })}</p>
      )}
    </>
  );
}

function Task({ job }: { job: JobLineFragment }) {
  const me = useMe();
  return (
    <span className={styles.who}>
      <code className={cx(styles.code, styles.name)}>{job.task}</code>
      {job.queuedAt && (
        <span className={styles.small}>{t("jobs.queued", { at: formatDateTime(job.queuedAt, me.timezone) })}</span>
      )}
    </span>
  );
}

function stateOf(job: JobLineFragment): State {
  return states.find((state) => state === job.state) ?? "waiting";
}

function JobState({ state }: { state: State }) {
  return <Badge tone={tones[state]}>{t(`jobs.states.${state}`)}</Badge>;
}
