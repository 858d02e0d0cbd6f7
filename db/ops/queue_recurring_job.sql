-- The worker's clock: for a task that recurs, queues one job per casino, each with a ticket of its
-- own. The worker's login may do this for the tasks listed here and for nothing else; a job that
-- still waits is replaced, so that a worker that was away doesn't find a heap.

create or replace function ops.queue_recurring_job(task text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_correlation_id text := uuidv7();
  v_casino_id integer;
  v_queued integer := 0;
begin
  if not coalesce(
    queue_recurring_job.task = any (
      '{compliance/ctr_due, compliance/evaluate_alerts, loyalty/expire_points,
        loyalty/expire_requests, loyalty/renew_terms, loyalty/requeue_accruals,
        ops/close_stale_visits, ops/purge, ops/reconcile, ops/seal_gaming_day}'
    ),
    false
  ) then
    perform ops._refuse('OPTKT', array[queue_recurring_job.task]);
  end if;
  for v_casino_id in select c.casino_id from identity._casinos() as c (casino_id) loop
    perform set_config('pit.casino', v_casino_id::text, true);
    perform ops._queue_job(
      queue_recurring_job.task,
      jsonb_build_object('correlation_id', v_correlation_id),
      format('pit:%s:%s', queue_recurring_job.task, v_casino_id)
    );
    v_queued := v_queued + 1;
  end loop;
  return v_queued;
end
$$;

alter function ops.queue_recurring_job(text) owner to ops_service;
revoke all on function ops.queue_recurring_job(text) from public;
grant execute on function ops.queue_recurring_job(text) to pit_worker;

comment on function ops.queue_recurring_job(text) is
  'For the worker''s cron: queues a recurring task once per casino and gives the number of jobs. '
  'Errors: OPTKT, OPJOB.';
