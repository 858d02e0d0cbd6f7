-- The tiers that players hold now, for screens: which of the versions holds is decided here and by
-- this clock. Runs with its reader's rights.

create function loyalty.tiers_in_force() returns setof loyalty.loyalty_tier
language sql
stable
rows 5
begin atomic
  select t.*
  from loyalty.loyalty_tier as t
  where t.casino_id = (select identity.current_casino_id())
    and t.effective_from = (
      select max(v.effective_from)
      from loyalty.loyalty_tier as v
      where v.casino_id = (select identity.current_casino_id()) and v.effective_from <= now()
    )
  order by t.threshold_points;
end;

alter function loyalty.tiers_in_force() owner to loyalty_service;
revoke all on function loyalty.tiers_in_force() from public;
grant execute on function loyalty.tiers_in_force() to pit_staff;

comment on function loyalty.tiers_in_force() is
  'The tiers of the newest version that has begun, from the lowest up.';
