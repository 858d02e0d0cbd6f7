-- The run of a gaming day: made on its first call, with the cut-off by the policy that was in force
-- when the day began. No row when points don't expire by it.

create or replace function loyalty._open_expiry_run(actor identity.actor, gaming_day date)
returns setof loyalty.expiry_run
language plpgsql
volatile
rows 1
set search_path = ''
as $$
declare
  v_began timestamptz := (_open_expiry_run.gaming_day + actor.gaming_day_start)
    at time zone actor.timezone;
begin
  return query
  select r.*
  from loyalty.expiry_run as r
  where r.casino_id = identity._casino() and r.gaming_day = _open_expiry_run.gaming_day
  for no key update;
  if found then
    return;
  end if;
  return query
  insert into loyalty.expiry_run (
    casino_id, gaming_day, cut_off, loyalty_policy_id, points_valid_days, correlation_id
  )
  select
    p.casino_id, _open_expiry_run.gaming_day,
    _open_expiry_run.gaming_day - p.points_valid_days, p.loyalty_policy_id,
    p.points_valid_days, actor.correlation_id
  from loyalty._policy_in_force(actor.casino_id, v_began) as p
  where p.points_valid_days is not null
  returning *;
end
$$;

alter function loyalty._open_expiry_run(identity.actor, date) owner to loyalty_service;
revoke all on function loyalty._open_expiry_run(identity.actor, date) from public;

comment on function loyalty._open_expiry_run(identity.actor, date) is
  'The expiry run of a gaming day, new or begun before, locked; no row when points don''t expire.';
