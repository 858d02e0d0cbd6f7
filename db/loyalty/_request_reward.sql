-- Points that need a second person: writes them down for another person to decide, for as long as
-- the policy says. Nothing is in the ledger yet.

create or replace function loyalty._request_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid,
  visit_id uuid,
  request_hours integer,
  kind text default 'reward'
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
    correlation_id, idempotency_key, request_fingerprint, gaming_day, occurred_at, kind,
    expires_at
  )
  values (
    actor.casino_id, player_id, points, reason, rating_slip_id, visit_id, actor.staff_id,
    actor.correlation_id, idempotency_key, request_fingerprint,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, occurred_at), occurred_at,
    kind, now() + make_interval(hours => request_hours)
  )
  returning r.* into v_request;
  perform ops._log(
    actor, 'points requested', v_request.player_id,
    jsonb_build_object('reward_request_id', v_request.reward_request_id)
  );
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) owner to loyalty_service;
revoke all on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) from public;

comment on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) is
  'Asks for another person''s approval of a reward or adjustment.';
