-- First step of every decision on a request: locks it, so that of two people one decides, and
-- refuses whoever asked for it. Gives the request back; whether it is still open, the decision
-- asks.

create or replace function loyalty._lock_request(actor identity.actor, request_id uuid)
returns loyalty.reward_request
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request loyalty.reward_request;
begin
  select r.* into v_request
  from loyalty.reward_request as r
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  for no key update;
  if not found then
    perform ops._refuse('LYREQ');
  elsif v_request.requested_by = actor.staff_id then
    perform ops._refuse('LYSLF');
  end if;
  return v_request;
end
$$;

alter function loyalty._lock_request(identity.actor, uuid) owner to loyalty_service;
revoke all on function loyalty._lock_request(identity.actor, uuid) from public;

comment on function loyalty._lock_request(identity.actor, uuid) is
  'Locks a request for somebody else''s decision. Errors: LYREQ, LYSLF.';
