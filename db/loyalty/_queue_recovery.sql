-- Queues the job that retries a slip's award. Its key is the slip's, so a slip has one job however
-- often it is queued.

create or replace function loyalty._queue_recovery(rating_slip_id uuid, correlation_id text)
returns void
language sql
volatile
set search_path = ''
return ops._queue_job(
  'loyalty/recover_accruals',
  jsonb_build_object(
    'rating_slip_id', rating_slip_id,
    'correlation_id', correlation_id
  ),
  loyalty._slip_key(rating_slip_id)
);

alter function loyalty._queue_recovery(uuid, text) owner to loyalty_service;
revoke all on function loyalty._queue_recovery(uuid, text) from public;

comment on function loyalty._queue_recovery(uuid, text) is
  'Queues the task loyalty/recover_accruals for a slip, with the correlation id of its completion. '
  'Error: OPJOB.';
