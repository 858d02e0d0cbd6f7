-- The expiry runs from today until so many days from now, each with its cut-off by the policy that
-- will be in force when its gaming day begins. Today counts while its run isn't finished; days on
-- which points don't expire have none.

create or replace function loyalty._expiry_runs(actor identity.actor, days integer)
returns table (gaming_day date, cut_off date)
language sql
stable
begin atomic
  select d.gaming_day, d.gaming_day - p.points_valid_days
  from (
    select
      identity._gaming_day(actor.timezone, actor.gaming_day_start, now()) + n.n as gaming_day
    from generate_series(0, _expiry_runs.days) as n (n)
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
    );
end;

alter function loyalty._expiry_runs(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._expiry_runs(identity.actor, integer) from public;

comment on function loyalty._expiry_runs(identity.actor, integer) is
  'Gaming days from today until so many days from now on which points expire, and their cut-offs.';
