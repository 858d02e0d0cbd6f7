-- Why play earned what it did: the slip's telemetry, the policy version it opened with, the tier
-- before, and every step of the formula, calculated anew.

create or replace function loyalty._explain_play(
  actor identity.actor,
  entry loyalty.loyalty_ledger
) returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slip floor.slip_telemetry := floor._slip_telemetry(entry.rating_slip_id);
  v_policy loyalty.loyalty_policy;
  v_tier loyalty.tier_standing;
  v_sum loyalty.points_calculation;
  v_result loyalty.entry_explanation;
  v_fewer integer;
  v_bonus boolean;
begin
  if v_slip.loyalty_policy_id is null then
    select p.* into v_policy
    from loyalty._policy_in_force(entry.casino_id, v_slip.opened_at) as p;
  else
    select p.* into v_policy
    from loyalty.loyalty_policy as p
    where p.casino_id = identity._casino() and p.loyalty_policy_id = v_slip.loyalty_policy_id;
  end if;
  select t.* into v_tier
  from loyalty._tier_standing(
    entry.casino_id, loyalty._lifetime_before(entry), v_slip.closed_at
  ) as t;
  v_sum := loyalty.calculate_points(
    v_slip.average_bet, v_slip.accumulated_seconds, v_slip.house_edge,
    v_slip.decisions_per_hour, v_slip.seats, v_slip.conversion_rate, v_slip.point_multiplier,
    v_tier.multiplier, v_policy
  );
  v_fewer := greatest(v_policy.full_table_seats - v_slip.seats, 0);
  v_bonus := v_sum.volume_points <> v_sum.seat_points;

  v_result.policy_name := v_policy.name;
  v_result.policy_version := v_policy.version;
  v_result.recalculated_points := v_sum.points;
  v_result.steps := array[
    row(1, 'Average bet', v_slip.average_bet,
      'dollars, weighted by the time each bet was in play')::loyalty.explanation_step,
    row(2, 'Time played', v_slip.accumulated_seconds,
      'seconds between opening and closing, pauses left out')::loyalty.explanation_step,
    row(3, 'Decisions', trim_scale(v_sum.decisions),
      format('%s seconds x %s an hour%s', v_slip.accumulated_seconds, v_slip.decisions_per_hour,
        case when v_policy.round_decisions then ', rounded half up' else '' end)
    )::loyalty.explanation_step,
    row(4, 'Theoretical win', trim_scale(v_sum.theoretical_win),
      format('dollars: average bet x house edge of %s%% x decisions',
        trim_scale(v_slip.house_edge)))::loyalty.explanation_step,
    row(5, 'Base points', trim_scale(v_sum.base_points),
      format('theoretical win x %s points a dollar x %s for the game',
        trim_scale(v_slip.conversion_rate), trim_scale(v_slip.point_multiplier))
    )::loyalty.explanation_step,
    row(6, 'With the tier', trim_scale(v_sum.tier_points),
      case when v_policy.apply_tier_multiplier
        then format('x %s for %s, the tier before', trim_scale(v_tier.multiplier), v_tier.tier)
        else 'the policy does not multiply by the tier'
      end)::loyalty.explanation_step,
    row(7, 'With the seat bonus', trim_scale(v_sum.seat_points),
      case when v_sum.seat_points <> v_sum.tier_points
        then format('x %s: %s seats, %s fewer than %s',
          trim_scale(1 + v_policy.seat_bonus_rate * v_fewer), v_slip.seats, v_fewer,
          v_policy.full_table_seats)
        else 'no bonus'
      end)::loyalty.explanation_step,
    row(8, 'With the volume bonus', trim_scale(v_sum.volume_points),
      case when v_bonus
        then format('x %s: more decisions than %s', trim_scale(v_policy.volume_bonus),
          v_slip.decisions_per_hour)
        else 'no bonus'
      end)::loyalty.explanation_step,
    row(9, 'Points', v_sum.points,
      case v_policy.rounding when 'half_up' then 'rounded half up' else 'rounded down' end
      || ', once, at the end')::loyalty.explanation_step
  ];
  v_result.summary := concat(
    format('These %s points are for play from %s to %s. ',
      loyalty._points_text(entry.points_change),
      to_char(v_slip.opened_at at time zone actor.timezone, 'YYYY-MM-DD HH24:MI'),
      to_char(v_slip.closed_at at time zone actor.timezone, 'YYYY-MM-DD HH24:MI')),
    format('The player bet $%s on average for %s seconds, which at %s decisions an hour makes '
      '%s decisions and, with a house edge of %s%%, a theoretical win of $%s. ',
      to_char(v_slip.average_bet, 'FM999,999,999,990.00'),
      loyalty._points_text(v_slip.accumulated_seconds), v_slip.decisions_per_hour,
      trim_scale(v_sum.decisions), trim_scale(v_slip.house_edge),
      to_char(v_sum.theoretical_win, 'FM999,999,999,990.00')),
    format('Under version %s of the policy %s, in force when the slip was opened, that is worth '
      '%s base points', v_policy.version, v_policy.name, trim_scale(round(v_sum.base_points, 2))),
    case when v_policy.apply_tier_multiplier then format(
      '; the tier before, %s, makes it %s', v_tier.tier, trim_scale(round(v_sum.tier_points, 2))
    ) end,
    case when v_sum.seat_points <> v_sum.tier_points then format(
      '; %s seats instead of %s make it %s', v_slip.seats, v_policy.full_table_seats,
      trim_scale(round(v_sum.seat_points, 2))
    ) end,
    case when v_bonus then format(
      '; more than %s decisions make it %s', v_slip.decisions_per_hour,
      trim_scale(round(v_sum.volume_points, 2))
    ) end,
    format('. %s once at the end, this gives %s points.',
      case v_policy.rounding when 'half_up' then 'Rounded half up' else 'Rounded down' end,
      loyalty._points_text(v_sum.points))
  );
  return v_result;
end
$$;

alter function loyalty._explain_play(identity.actor, loyalty.loyalty_ledger)
owner to loyalty_service;
revoke all on function loyalty._explain_play(identity.actor, loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_play(identity.actor, loyalty.loyalty_ledger) is
  'Explains a GAMEPLAY entry: telemetry, policy version, tier and each step, calculated anew.';
