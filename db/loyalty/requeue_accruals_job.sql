-- No pending award is forgotten: where the job of a failure was lost, or given up after its last
-- attempt, it is queued again. One that still waits for its next attempt is left to it.

create or replace function loyalty.requeue_accruals_job(ticket text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/requeue_accruals', ticket);
  v_failure loyalty.accrual_failure;
  v_queued integer := 0;
begin
  for v_failure in
    select f.*
    from loyalty.accrual_failure as f
    where f.casino_id = v_actor.casino_id
      and f.resolved_at is null
      and not ops._has_job(loyalty._slip_key(f.rating_slip_id))
    order by f.created_at
    limit 500
  loop
    perform loyalty._queue_recovery(v_failure.rating_slip_id, v_failure.correlation_id);
    v_queued := v_queued + 1;
  end loop;
  return v_queued;
end
$$;

alter function loyalty.requeue_accruals_job(text) owner to loyalty_service;
revoke all on function loyalty.requeue_accruals_job(text) from public;
grant execute on function loyalty.requeue_accruals_job(text) to pit_worker;

comment on function loyalty.requeue_accruals_job(text) is
  'For the task loyalty/requeue_accruals: queues recovery again for pending awards that have no '
  'job, up to 500, and gives their number. Errors: OPTKT, OPJOB.';
