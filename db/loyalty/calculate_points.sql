-- What play is worth (domain.md section 3): one formula for every policy. The arithmetic is
-- exact: all factors but the seconds are decimals, so the result is kept as numerator and
-- denominator and divided once, where it is rounded. The steps are shown to ten decimals.

create or replace function loyalty.calculate_points(
  average_bet numeric,
  accumulated_seconds integer,
  house_edge numeric,
  decisions_per_hour integer,
  seats integer,
  conversion_rate numeric,
  point_multiplier numeric,
  tier_multiplier numeric,
  policy loyalty.loyalty_policy
) returns loyalty.points_calculation
language plpgsql
immutable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_result loyalty.points_calculation;
  v_decisions numeric := accumulated_seconds::numeric * decisions_per_hour;
  v_divisor numeric := 3600;
  v_win numeric;
  v_base numeric;
  v_tier numeric;
  v_seat numeric;
  v_volume numeric;
begin
  if average_bet is null or average_bet < 0 or average_bet >= 'Infinity' then
    perform ops._refuse('RSBET');
  end if;
  if house_edge is null or house_edge <= 0 or house_edge > 100 then
    perform ops._refuse('LYGAM', array['the house edge must be above 0 and at most 100 percent']);
  end if;
  if decisions_per_hour is null or decisions_per_hour <= 0 then
    perform ops._refuse('LYGAM', array['the decisions per hour must be above 0']);
  end if;
  if accumulated_seconds is null or accumulated_seconds < 0 then
    perform ops._refuse('LYGAM', array['the seconds played must not be negative']);
  end if;
  if seats is null or seats < 1 then
    perform ops._refuse('LYGAM', array['a game needs at least 1 seat']);
  end if;
  if conversion_rate is null or conversion_rate < 0 or conversion_rate >= 'Infinity'
    or point_multiplier is null or point_multiplier < 0 or point_multiplier >= 'Infinity'
    or tier_multiplier is null or tier_multiplier < 0 or tier_multiplier >= 'Infinity'
  then
    perform ops._refuse('LYGAM', array['rates and multipliers must be numbers of at least 0']);
  end if;
  if policy.round_decisions is null or policy.apply_tier_multiplier is null
    or policy.seat_bonus_rate is null or policy.full_table_seats is null
    or policy.volume_bonus is null or policy.rounding is null
  then
    perform ops._refuse('LYPOL', array['this time']);
  end if;

  if policy.round_decisions then
    v_decisions := div(2 * v_decisions + v_divisor, 2 * v_divisor);
    v_divisor := 1;
  end if;

  v_win := average_bet * house_edge * 0.01 * v_decisions;
  v_base := v_win * conversion_rate * point_multiplier;
  v_tier := v_base * case when policy.apply_tier_multiplier then tier_multiplier else 1 end;
  v_seat := v_tier
    * (1 + policy.seat_bonus_rate * greatest(policy.full_table_seats - seats, 0));
  v_volume := v_seat
    * case when v_decisions > decisions_per_hour * v_divisor then policy.volume_bonus else 1 end;

  if v_volume / v_divisor >= 9223372036854775807 then
    perform ops._refuse('LYGAM', array['they give more points than a ledger can hold']);
  end if;

  v_result.decisions := round(v_decisions / v_divisor, 10);
  v_result.theoretical_win := round(v_win / v_divisor, 10);
  v_result.base_points := round(v_base / v_divisor, 10);
  v_result.tier_points := round(v_tier / v_divisor, 10);
  v_result.seat_points := round(v_seat / v_divisor, 10);
  v_result.volume_points := round(v_volume / v_divisor, 10);
  v_result.points := case policy.rounding
    when 'half_up' then div(2 * v_volume + v_divisor, 2 * v_divisor)
    else div(v_volume, v_divisor)
  end;
  return v_result;
end
$$;

alter function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) owner to loyalty_service;
revoke all on function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) from public;
grant execute on function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) to floor_service, pit_staff, pit_auditor;

comment on function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) is
  'Points of play: average bet in dollars, seconds played, house edge in percent, decisions per '
  'hour, seats of the game, points per dollar of theoretical win, factor of the game, factor of '
  'the tier, policy version. Gives every step. Invalid figures are refused, never turned into 0. '
  'Errors: RSBET, LYGAM, LYPOL. Source: domain.md section 3.';
