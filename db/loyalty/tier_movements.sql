-- How players moved between tiers, from the ledger, whose entries say the tier before and after. A
-- move of everybody by new tiers is no entry and is not in it.

create or replace function loyalty.tier_movements(
  first_day date default null,
  last_day date default null
) returns setof loyalty.tier_movement
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    tier_movements.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(tier_movements.first_day, v_last - 29);
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  return query
  select
    m.gaming_day, m.tier_before, m.tier_after, b.threshold_points > a.threshold_points,
    m.players,
    (
      sum(m.players) over (
        partition by m.gaming_day, b.threshold_points > a.threshold_points
      )
    )::integer
  from (
    select
      l.gaming_day, l.tier_before, l.tier_after, max(l.created_at) as at,
      count(distinct l.player_id)::integer as players
    from loyalty.loyalty_ledger as l
    where l.casino_id = v_actor.casino_id
      and l.gaming_day between v_first and v_last
      and l.tier_before <> l.tier_after
    group by l.gaming_day, l.tier_before, l.tier_after
  ) as m
  left join lateral (
    select t.threshold_points
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id and t.tier = m.tier_before and t.effective_from <= m.at
    order by t.effective_from desc
    limit 1
  ) as a on true
  left join lateral (
    select t.threshold_points
    from loyalty.loyalty_tier as t
    where t.casino_id = v_actor.casino_id and t.tier = m.tier_after and t.effective_from <= m.at
    order by t.effective_from desc
    limit 1
  ) as b on true
  order by m.gaming_day, m.tier_before, m.tier_after;
end
$$;

alter function loyalty.tier_movements(date, date) owner to loyalty_service;
revoke all on function loyalty.tier_movements(date, date) from public;
grant execute on function loyalty.tier_movements(date, date) to pit_staff;

comment on function loyalty.tier_movements(date, date) is
  'Players who changed tier on each of these gaming days (default: the last 30), by tier before '
  'and after. Capability loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
