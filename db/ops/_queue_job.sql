-- The one way to queue a job, in the transaction of what caused it: makes the job's ticket and
-- hands job and ticket to the worker's queue. Commit brings both, rollback neither.

create or replace function ops._queue_job(
  task text,
  payload jsonb,
  job_key text default null
) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform ops._add_job(
    task, payload || jsonb_build_object('ticket', identity._issue_ticket(task)), job_key
  );
end
$$;

alter function ops._queue_job(text, jsonb, text) owner to ops_service;
revoke all on function ops._queue_job(text, jsonb, text) from public;
grant execute on function ops._queue_job(text, jsonb, text)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._queue_job(text, jsonb, text) is
  'Queues a job for the casino of the running call, with a ticket in its payload. Error: OPJOB.';
