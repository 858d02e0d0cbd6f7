-- Whether the queue still has a job with this key that will run: not when it is gone, nor when it
-- was given up. The queue is the worker login's own, so it is asked in its name.

create or replace function ops._has_job(job_key text) returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (
    select
    from graphile_worker._private_jobs as j
    where j.key = _has_job.job_key and (j.locked_at is not null or j.attempts < j.max_attempts)
  );
end
$$;

alter function ops._has_job(text) owner to pit_worker;
revoke all on function ops._has_job(text) from public;
grant execute on function ops._has_job(text) to loyalty_service;

comment on function ops._has_job(text) is
  'Whether a job with this key waits or runs.';
