-- How the players are spread over the tiers now. A standing whose tier isn't in force any more (a
-- new version has begun and the job that moves everybody hasn't run) counts with the tier it has.

create or replace function loyalty.tier_distribution() returns setof loyalty.tier_share
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query
  with standing as (
    select s.tier, count(*)::integer as players, sum(s.current_balance)::bigint as points
    from loyalty.player_loyalty as s
    where s.casino_id = v_actor.casino_id
    group by s.tier
  ),
  tier as (
    select t.tier, t.threshold_points, t.multiplier
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id
      and t.effective_from = (
        select max(n.effective_from)
        from loyalty.loyalty_tier as n
        where n.casino_id = v_actor.casino_id and n.effective_from <= now()
      )
  )
  select
    (row_number() over (order by t.threshold_points nulls last, s.tier))::integer,
    coalesce(t.tier, s.tier), t.threshold_points, t.multiplier::numeric,
    coalesce(s.players, 0), coalesce(s.points, 0)
  from tier as t
  full join standing as s on s.tier = t.tier
  order by 1;
end
$$;

alter function loyalty.tier_distribution() owner to loyalty_service;
revoke all on function loyalty.tier_distribution() from public;
grant execute on function loyalty.tier_distribution() to pit_staff;

comment on function loyalty.tier_distribution() is
  'Players and outstanding points by tier, from the lowest tier. Capability loyalty:view_all. '
  'Errors: IDUNA, IDFRB.';
