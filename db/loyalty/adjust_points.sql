-- Corrects a balance by hand, up or down. That always takes two people: what is asked here is in
-- the ledger only once somebody else has approved it.

create or replace function loyalty.adjust_points(
  player_id uuid,
  points_change bigint,
  reason text,
  idempotency_key text
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:adjust');
  v_key text := identity._check_key(adjust_points.idempotency_key);
  v_reason text := btrim(adjust_points.reason, E' \t\r\n');
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'adjust_points', adjust_points.player_id, points_change, adjust_points.reason
  ));
  v_result loyalty.ledger_result := loyalty._claim_key(v_actor, v_key, v_fingerprint);
  v_balance bigint;
begin
  if v_result.replayed then
    return v_result;
  end if;

  select p.current_balance into v_balance
  from loyalty.player_loyalty as p
  where p.casino_id = v_actor.casino_id and p.player_id = adjust_points.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  if coalesce(v_reason, '') = '' then
    perform ops._refuse('LYRSN', array['1']);
  end if;
  if points_change is null or points_change = 0 or abs(points_change::numeric) > 1e15 then
    perform ops._refuse('LYPTS');
  end if;
  if v_balance + points_change < 0 then
    perform loyalty._refuse_move(adjust_points.player_id, points_change);
  end if;
  return loyalty._request_reward(
    v_actor, adjust_points.player_id, points_change, v_reason, v_key, v_fingerprint, now(),
    null, null, (loyalty._terms(now())).request_hours, 'adjustment'
  );
end
$$;

alter function loyalty.adjust_points(uuid, bigint, text, text) owner to loyalty_service;
revoke all on function loyalty.adjust_points(uuid, bigint, text, text) from public;
grant execute on function loyalty.adjust_points(uuid, bigint, text, text) to pit_staff;

comment on function loyalty.adjust_points(uuid, bigint, text, text) is
  'Asks for an adjustment of a balance, up or down, which another person approves or declines. '
  'Capability loyalty:adjust. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYRSN, LYPTS, LYBAL, '
  'LYPOL.';
