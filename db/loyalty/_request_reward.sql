-- A reward at or above the approval threshold: writes it down for another person to decide. The
-- draft is the entry that it becomes once it is approved.

create function loyalty._request_reward(actor identity.actor, draft loyalty.loyalty_ledger)
returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request loyalty.reward_request;
begin
  insert into loyalty.reward_request (
    casino_id, player_id, points, reason, rating_slip_id, visit_id, requested_by,
    correlation_id, idempotency_key, request_fingerprint, gaming_day, occurred_at
  )
  values (
    actor.casino_id, draft.player_id, draft.points_change, draft.reason,
    draft.rating_slip_id, draft.visit_id, actor.staff_id,
    actor.correlation_id, draft.idempotency_key, draft.request_fingerprint,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, draft.occurred_at),
    draft.occurred_at
  )
  returning * into v_request;
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty._request_reward(identity.actor, loyalty.loyalty_ledger)
owner to loyalty_service;
revoke all on function loyalty._request_reward(identity.actor, loyalty.loyalty_ledger)
from public;

comment on function loyalty._request_reward(identity.actor, loyalty.loyalty_ledger) is
  'Asks for another person''s approval of a reward, with nothing in the ledger yet.';
