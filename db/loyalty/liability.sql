-- What the house owes in points, by tier and age, and what that will cost by the policy in force:
-- the cost if every point is spent, and what is left when the assumed share never is. Dollars are
-- exact; whoever shows them rounds.

create or replace function loyalty.liability() returns setof loyalty.liability_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_today date := identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now());
  v_tiers text[] := (loyalty._terms(now())).tiers;
begin
  return query
  select
    s.tier, array_position(v_tiers, s.tier), s.age_from, s.age_to, s.players, s.points,
    s.points * p.cost_per_point, s.points * p.cost_per_point * p.breakage_rate,
    s.points * p.cost_per_point * (1 - p.breakage_rate)
  from (
    select
      o.tier, a.age_from, a.age_to, count(distinct o.player_id)::integer as players,
      sum(o.points)::bigint as points
    from loyalty._outstanding() as o
    join (
      values (0, 30), (31, 90), (91, 180), (181, 365), (366, null)
    ) as a (age_from, age_to)
      on greatest(v_today - o.earned_on, 0) between a.age_from and coalesce(a.age_to, 2147483647)
    group by o.tier, a.age_from, a.age_to
  ) as s
  cross join loyalty._policy_in_force(v_actor.casino_id, now()) as p
  order by array_position(v_tiers, s.tier), s.tier, s.age_from;
end
$$;

alter function loyalty.liability() owner to loyalty_service;
revoke all on function loyalty.liability() from public;
grant execute on function loyalty.liability() to pit_staff;

comment on function loyalty.liability() is
  'Outstanding points by tier and age (0 to 30, to 90, to 180, to 365 gaming days, older), with '
  'their cost; the points add up to all balances. Capability loyalty:view_all. Errors: IDUNA, '
  'IDFRB, LYPOL.';
