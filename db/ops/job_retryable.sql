-- Whether the signed-in person may have a job tried again now; a field of it, so that nobody is
-- offered what retry_job refuses.

create function ops.job_retryable(job ops.job) returns boolean
language sql
stable
return job.state in ('failed', 'given_up') and identity.session_may('import:run');

alter function ops.job_retryable(ops.job) owner to ops_service;
revoke all on function ops.job_retryable(ops.job) from public;
grant execute on function ops.job_retryable(ops.job) to pit_staff;

comment on function ops.job_retryable(ops.job) is
  'Failed or given up, and the signed-in person may have it tried again: import:run.';
