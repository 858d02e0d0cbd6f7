-- A job of the worker's queue as the people of its casino see it: what, when, how often it was
-- tried, and what it failed by. Never its payload, which holds a ticket.

create type ops.job as (
  job_id bigint,
  task text,
  state text,
  attempts integer,
  max_attempts integer,
  queued_at timestamptz,
  run_at timestamptz,
  last_error text,
  correlation_id text
);

alter type ops.job owner to pit_owner;

comment on type ops.job is 'A job that waits, runs, failed or was given up.';
comment on column ops.job.state is
  'waiting; running; failed, to be tried again at run_at; or given_up after its last attempt.';
comment on column ops.job.run_at is
  'When it may run (again); in the past while a worker is awaited.';
comment on column ops.job.last_error is
  'Code of the last failure, never a sentence that could name somebody: an error''s name from '
  'ops.error_registry, another SQLSTATE, or INTERNAL_ERROR.';
comment on column ops.job.correlation_id is 'Id of the request that queued it.';
