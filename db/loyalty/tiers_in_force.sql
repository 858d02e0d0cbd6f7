-- The tiers that players hold now, for screens: which of the versions holds is decided here and by
-- this clock.

create or replace function loyalty.tiers_in_force() returns setof loyalty.loyalty_tier
language plpgsql
stable
security definer
rows 5
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query select t.* from loyalty._tiers_in_force(v_actor.casino_id, now()) as t;
end
$$;

alter function loyalty.tiers_in_force() owner to loyalty_service;
revoke all on function loyalty.tiers_in_force() from public;
grant execute on function loyalty.tiers_in_force() to pit_staff;

comment on function loyalty.tiers_in_force() is
  'The tiers of the newest version that has begun, from the lowest up. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB.';
