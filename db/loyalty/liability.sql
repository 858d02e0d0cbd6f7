-- What the house owes in points, by tier and age, and what that will cost by the policy in force:
-- the cost if every point is spent, and what is left when the assumed share never is. The oldest
-- points are always spent first, so of a balance as much is at most so old as was earned since; the
-- rest is older. Dollars are exact; whoever shows them rounds.

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
      b.tier, a.age_from, a.age_to,
      (count(*) filter (where a.points > 0))::integer as players,
      sum(a.points)::bigint as points
    from (
      select
        h.tier, h.current_balance as balance,
        least(h.current_balance, coalesce(c.within_30, 0)) as within_30,
        least(h.current_balance, coalesce(c.within_90, 0)) as within_90,
        least(h.current_balance, coalesce(c.within_180, 0)) as within_180,
        least(h.current_balance, coalesce(c.within_365, 0)) as within_365
      from loyalty.player_loyalty as h
      left join (
        select
          c.player_id,
          sum(c.points) filter (where c.earned_on >= v_today - 30) as within_30,
          sum(c.points) filter (where c.earned_on >= v_today - 90) as within_90,
          sum(c.points) filter (where c.earned_on >= v_today - 180) as within_180,
          sum(c.points) as within_365
        from loyalty._credits(v_today - 365) as c
        group by c.player_id
      ) as c on c.player_id = h.player_id
      where h.casino_id = identity._casino() and h.current_balance > 0
    ) as b
    cross join lateral (
      values
        (0, 30, b.within_30),
        (31, 90, b.within_90 - b.within_30),
        (91, 180, b.within_180 - b.within_90),
        (181, 365, b.within_365 - b.within_180),
        (366, null, b.balance - b.within_365)
    ) as a (age_from, age_to, points)
    group by b.tier, a.age_from, a.age_to
    having sum(a.points) > 0
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
