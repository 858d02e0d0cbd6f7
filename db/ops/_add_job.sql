-- The queue's tables belong to the worker's login and admit nobody else, so the last step into
-- the queue is taken in its name. Only ops._queue_job may call it. A job takes the place of one
-- with its key that still waits, and of one that was given up, which would stay beside it.

create or replace function ops._add_job(task text, payload jsonb, job_key text) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_job_id bigint;
begin
  delete from graphile_worker._private_jobs as j
  where j.key = _add_job.job_key and j.locked_at is null and j.attempts >= j.max_attempts;
  v_job_id := (
    graphile_worker.add_job(identifier => task, payload => payload::json, job_key => job_key)
  ).id;
  if v_job_id is null then
    perform ops._refuse('OPJOB', array[task]);
  end if;
end
$$;

alter function ops._add_job(text, jsonb, text) owner to pit_worker;
revoke all on function ops._add_job(text, jsonb, text) from public;
grant execute on function ops._add_job(text, jsonb, text) to ops_service;
grant execute on function ops._refuse(text, text[], jsonb) to pit_worker;

comment on function ops._add_job(text, jsonb, text) is
  'Adds a job to graphile-worker''s queue, in the running transaction. Error: OPJOB.';
