-- The job behind a pending award: enters with the ticket that was queued with it and retries.
-- The task fails while the outcome is still pending, so that the queue tries again later.

create or replace function loyalty.recover_accrual_job(ticket text, rating_slip_id uuid)
returns loyalty.slip_outcome
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/recover_accruals', ticket);
begin
  return loyalty._recover_slip(v_actor, recover_accrual_job.rating_slip_id);
end
$$;

alter function loyalty.recover_accrual_job(text, uuid) owner to loyalty_service;
revoke all on function loyalty.recover_accrual_job(text, uuid) from public;
grant execute on function loyalty.recover_accrual_job(text, uuid) to pit_worker;

comment on function loyalty.recover_accrual_job(text, uuid) is
  'For the task loyalty/recover_accruals: retries a slip''s award with the job''s ticket. '
  'Errors: OPTKT, RSNFD, RSSTA.';
