-- Somebody has seen to what a job failed by and doesn't want to wait, or it was given up. Its
-- effect is the job's own, once, so this takes no right to that effect: import:run, which the
-- administrator has who sees to the machinery, and not those who only read how it goes.

create or replace function ops.retry_job(job_id bigint, idempotency_key text default null)
returns ops.retried_job
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_locked boolean := ops._lock(v_actor.casino_id, 'ops.retry_job');
  v_retry ops.job_retry;
  v_job ops.job;
begin
  perform identity._refuse_sender(v_actor);
  if retry_job.idempotency_key is not null then
    perform identity._check_key(retry_job.idempotency_key);
    select r.* into v_retry
    from ops.job_retry as r
    where r.casino_id = v_actor.casino_id and r.idempotency_key = retry_job.idempotency_key;
    if found and v_retry.job_id is distinct from retry_job.job_id then
      perform ops._refuse('LYIDM');
    end if;
    if found then
      return row(
        v_retry.job_id, v_retry.task, v_retry.created_at, true, v_retry.correlation_id
      );
    end if;
  end if;

  select j.* into v_job
  from ops._jobs(v_actor.casino_id, coalesce(retry_job.job_id, 0)) as j;
  if not found then
    perform ops._refuse('OPJNF');
  end if;
  if v_job.state not in ('failed', 'given_up') then
    perform ops._refuse('OPJST', array[v_job.state]);
  end if;
  perform ops._restart_job(v_job.job_id, identity._issue_ticket(v_job.task));
  insert into ops.job_retry (
    casino_id, job_id, task, attempts, last_error, idempotency_key, staff_id, correlation_id
  )
  values (
    v_actor.casino_id, v_job.job_id, v_job.task, v_job.attempts, v_job.last_error,
    retry_job.idempotency_key, v_actor.staff_id, v_actor.correlation_id
  )
  returning * into v_retry;
  perform ops._log(
    v_actor, 'job retried',
    details => jsonb_build_object(
      'job_id', v_job.job_id, 'task', v_job.task, 'state', v_job.state,
      'attempts', v_job.attempts, 'last_error', v_job.last_error,
      'queued_by', v_job.correlation_id
    )
  );
  return row(v_job.job_id, v_job.task, v_retry.created_at, false, v_actor.correlation_id);
end
$$;

alter function ops.retry_job(bigint, text) owner to ops_service;
revoke all on function ops.retry_job(bigint, text) from public;
grant execute on function ops.retry_job(bigint, text) to pit_staff;

comment on function ops.retry_job(bigint, text) is
  'Runs a job that failed or was given up again, at once and with a new ticket. Capability '
  'import:run. Errors: IDUNA, IDFRB, IDKEY, LYIDM, OPJNF, OPJST.';
