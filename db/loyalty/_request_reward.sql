-- A reward at or above the approval threshold: writes it down for another person to decide. The
-- draft is the entry that it becomes once it is approved.

create or replace function loyalty._request_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid,
  visit_id uuid
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  v_request loyalty.reward_request;
begin
  insert into loyalty.reward_request as r (
    casino_id, player_id, points, reason, rating_slip_id, visit_id, requested_by,
    correlation_id, idempotency_key, request_fingerprint, gaming_day, occurred_at
  )
  values (
    actor.casino_id, player_id, points, reason, rating_slip_id, visit_id, actor.staff_id,
    actor.correlation_id, idempotency_key, request_fingerprint,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, occurred_at), occurred_at
  )
  returning r.* into v_request;
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid
) owner to loyalty_service;
revoke all on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid
) from public;

comment on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid
) is
  'Asks for another person''s approval of a reward, with nothing in the ledger yet.';
