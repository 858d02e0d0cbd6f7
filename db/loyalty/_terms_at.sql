-- The terms at any moment, from the versions of policy and tiers: what loyalty.terms_in_force is a
-- copy of. No row when a policy or the tiers are missing at that moment.

create or replace function loyalty._terms_at(casino_id integer, at timestamptz)
returns setof loyalty.terms_in_force
language sql
stable
rows 1
begin atomic
  select
    p.casino_id, greatest(p.effective_from, t.effective_from),
    least(
      coalesce(
        (
          select min(n.effective_from)
          from loyalty.loyalty_policy as n
          where n.casino_id = p.casino_id and n.effective_from > at
        ),
        'infinity'
      ),
      coalesce(
        (
          select min(n.effective_from)
          from loyalty.loyalty_tier as n
          where n.casino_id = p.casino_id and n.effective_from > at
        ),
        'infinity'
      )
    ),
    p.loyalty_policy_id, p.reward_limit, p.reward_reason_length, p.rewards_per_minute,
    p.approval_threshold,
    case
      when p.staff_day_limit is null and p.player_day_limit is null
        then least(p.reward_limit, p.approval_threshold - 1)
      else 0
    end,
    array_agg(t.tier order by t.threshold_points),
    array_agg(t.threshold_points order by t.threshold_points),
    p.staff_day_limit, p.player_day_limit, p.request_hours, now()
  from loyalty._policy_in_force(_terms_at.casino_id, at) as p
  cross join loyalty._tiers_in_force(_terms_at.casino_id, at) as t
  group by
    p.casino_id, p.effective_from, p.loyalty_policy_id, p.reward_limit, p.reward_reason_length,
    p.rewards_per_minute, p.approval_threshold, p.staff_day_limit, p.player_day_limit,
    p.request_hours, t.effective_from;
end;

alter function loyalty._terms_at(integer, timestamptz) owner to loyalty_service;
revoke all on function loyalty._terms_at(integer, timestamptz) from public;

comment on function loyalty._terms_at(integer, timestamptz) is
  'Limits and tiers at a moment and the time for which they hold; no row when none are in force.';
