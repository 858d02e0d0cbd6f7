-- Which points expire within so many days, and when. Of each player who has points from before the
-- last cut-off: what is left of each day's earnings, counted from the newest day back as far as the
-- balance goes, because the oldest points are always spent first. A day's points expire on the
-- first run whose cut-off is after it.

create or replace function loyalty._expiring(actor identity.actor, days integer)
returns table (
  player_id uuid, tier text, current_balance bigint, expires_on date, points bigint
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_cut_off date := (select max(r.cut_off) from loyalty._expiry_runs(actor, days) as r);
begin
  if v_cut_off is null then
    return;
  end if;
  return query
  with run as materialized (
    select r.gaming_day, r.cut_off from loyalty._expiry_runs(actor, days) as r
  ),
  due as materialized (
    select p.player_id, p.tier, p.current_balance, coalesce(c.points, 0) as newer
    from loyalty.player_loyalty as p
    left join (
      select c.player_id, sum(c.points) as points
      from loyalty._credits(v_cut_off) as c
      group by c.player_id
    ) as c on c.player_id = p.player_id
    where p.casino_id = identity._casino()
      and p.current_balance > coalesce(c.points, 0)
  ),
  earned as (
    select c.player_id, c.earned_on, sum(c.points) as points
    from loyalty._credits('-infinity') as c
    join due as d on d.player_id = c.player_id
    where c.earned_on < v_cut_off
    group by c.player_id, c.earned_on
  ),
  outstanding as (
    select
      d.player_id, d.tier, d.current_balance, e.earned_on,
      least(
        e.points,
        d.current_balance - d.newer + e.points
        - sum(e.points) over (partition by e.player_id order by e.earned_on desc)
      ) as points
    from due as d
    join earned as e on e.player_id = d.player_id
  )
  select o.player_id, o.tier, o.current_balance, w.expires_on, sum(o.points)::bigint
  from outstanding as o
  cross join lateral (
    select min(r.gaming_day) as expires_on from run as r where r.cut_off > o.earned_on
  ) as w
  where o.points > 0
  group by o.player_id, o.tier, o.current_balance, w.expires_on;
end
$$;

alter function loyalty._expiring(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._expiring(identity.actor, integer) from public;

comment on function loyalty._expiring(identity.actor, integer) is
  'Points that expire from today until so many days from now, if none are spent before, by player '
  'and gaming day.';
