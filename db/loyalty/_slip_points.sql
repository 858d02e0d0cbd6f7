-- Prices a closed slip: policy version and game figures of the slip's snapshot, and the tier
-- that the player holds now, before the accrual.

create or replace function loyalty._slip_points(slip floor.slip_telemetry)
returns loyalty.points_calculation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_policy loyalty.loyalty_policy;
  v_standing loyalty.tier_standing;
begin
  if slip.loyalty_policy_id is null then
    select p.* into v_policy
    from loyalty._policy_in_force(slip.casino_id, slip.opened_at) as p;
  else
    select p.* into v_policy
    from loyalty.loyalty_policy as p
    where p.casino_id = slip.casino_id and p.loyalty_policy_id = slip.loyalty_policy_id;
  end if;
  if v_policy.loyalty_policy_id is null then
    perform ops._refuse('LYPOL', array[slip.opened_at::text]);
  end if;

  select s.* into v_standing
  from loyalty.player_loyalty as p
  left join lateral loyalty._tier_standing(p.casino_id, p.lifetime_points, slip.closed_at) as s
    on true
  where p.casino_id = slip.casino_id and p.player_id = slip.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;

  return loyalty.calculate_points(
    slip.average_bet, slip.accumulated_seconds, slip.house_edge, slip.decisions_per_hour,
    slip.seats, slip.conversion_rate, slip.point_multiplier, v_standing.multiplier, v_policy
  );
end
$$;

alter function loyalty._slip_points(floor.slip_telemetry) owner to loyalty_service;
revoke all on function loyalty._slip_points(floor.slip_telemetry) from public;

comment on function loyalty._slip_points(floor.slip_telemetry) is
  'Points of a closed slip, step by step. Errors: LYPOL, LYGAM, RSBET, RSPLR.';
