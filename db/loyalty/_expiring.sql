-- Which outstanding points expire within so many days, and when: on the first gaming day whose
-- cut-off is after the day they were earned on, by the policy that will be in force then. Today
-- counts while its run isn't finished.

create or replace function loyalty._expiring(actor identity.actor, days integer)
returns table (
  player_id uuid, tier text, current_balance bigint, expires_on date, points bigint
)
language sql
stable
begin atomic
  with run as (
    select d.gaming_day, d.gaming_day - p.points_valid_days as cut_off
    from (
      select t.today + n.n as gaming_day
      from (
        values (identity._gaming_day(actor.timezone, actor.gaming_day_start, now()))
      ) as t (today)
      cross join generate_series(0, _expiring.days) as n (n)
    ) as d
    cross join lateral loyalty._policy_in_force(
      actor.casino_id, (d.gaming_day + actor.gaming_day_start) at time zone actor.timezone
    ) as p
    where p.points_valid_days is not null
      and not exists (
        select
        from loyalty.expiry_run as r
        where r.casino_id = identity._casino()
          and r.gaming_day = d.gaming_day
          and r.finished_at is not null
      )
  )
  select o.player_id, o.tier, o.current_balance, e.expires_on, sum(o.points)::bigint
  from loyalty._outstanding() as o
  cross join lateral (
    select min(r.gaming_day) as expires_on from run as r where r.cut_off > o.earned_on
  ) as e
  where o.earned_on < (select max(r.cut_off) from run as r)
  group by o.player_id, o.tier, o.current_balance, e.expires_on;
end;

alter function loyalty._expiring(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._expiring(identity.actor, integer) from public;

comment on function loyalty._expiring(identity.actor, integer) is
  'Points that expire from today until so many days from now, if none are spent before, by player '
  'and gaming day.';
