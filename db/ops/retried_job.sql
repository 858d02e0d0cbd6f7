-- What retrying a job gives back. The job itself may be gone by then, when it succeeded at once;
-- the same key gives this again nevertheless.

create type ops.retried_job as (
  job_id bigint,
  task text,
  retried_at timestamptz,
  replayed boolean,
  correlation_id text
);

alter type ops.retried_job owner to pit_owner;

comment on type ops.retried_job is
  'The job that is in the queue again, and whether it is an earlier retry given again.';
comment on column ops.retried_job.correlation_id is
  'Id of the request that retried it; the job itself keeps the id of what queued it.';
