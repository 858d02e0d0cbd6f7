-- The job behind requests that nobody decided: marks those whose time is over. One that somebody is
-- deciding at this moment is left to them.

create or replace function loyalty.expire_requests_job(ticket text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/expire_requests', ticket);
  v_expired integer;
begin
  update loyalty.reward_request as r
  set status = 'expired', decided_at = now(),
    decision_correlation_id = v_actor.correlation_id
  where r.casino_id = identity._casino()
    and r.reward_request_id in (
      select w.reward_request_id
      from loyalty.reward_request as w
      where w.casino_id = identity._casino()
        and w.status = 'pending'
        and w.expires_at <= now()
      for no key update skip locked
    );
  get diagnostics v_expired = row_count;
  return v_expired;
end
$$;

alter function loyalty.expire_requests_job(text) owner to loyalty_service;
revoke all on function loyalty.expire_requests_job(text) from public;
grant execute on function loyalty.expire_requests_job(text) to pit_worker;

comment on function loyalty.expire_requests_job(text) is
  'For the task loyalty/expire_requests: marks requests expired that nobody decided in time and '
  'gives their number. Error: OPTKT.';
