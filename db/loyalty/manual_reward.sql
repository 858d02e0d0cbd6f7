-- A mid-session reward: a floor person gives a player points for a stated reason. Who gives it
-- comes from the session.

create or replace function loyalty.manual_reward(
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  rating_slip_id uuid default null
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:award');
begin
  return loyalty._manual_reward(
    v_actor, manual_reward.player_id, points, manual_reward.reason,
    identity._check_key(manual_reward.idempotency_key), manual_reward.rating_slip_id, null
  );
end
$$;

alter function loyalty.manual_reward(uuid, bigint, text, text, uuid) owner to loyalty_service;
revoke all on function loyalty.manual_reward(uuid, bigint, text, text, uuid) from public;
grant execute on function loyalty.manual_reward(uuid, bigint, text, text, uuid) to pit_staff;

comment on function loyalty.manual_reward(uuid, bigint, text, text, uuid) is
  'Gives a player points, 1 up to the policy''s limit, with a reason; the slip, when given, is '
  'the player''s and not closed. From the approval threshold on it becomes a request that another '
  'person decides. Capability loyalty:award. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYPOL, '
  'LYRSN, LYPTS, LYLIM, RSNFD, RSNOP, LYRTE (with retryAfterSeconds), LYSDL and LYPDL (with left).';
