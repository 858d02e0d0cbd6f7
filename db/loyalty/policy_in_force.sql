-- The policy by which play is awarded now, for screens: which of the versions holds is decided here
-- and by this clock.

create or replace function loyalty.policy_in_force() returns setof loyalty.loyalty_policy
language plpgsql
stable
security definer
rows 1
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  return query select p.* from loyalty._policy_in_force(v_actor.casino_id, now()) as p;
end
$$;

alter function loyalty.policy_in_force() owner to loyalty_service;
revoke all on function loyalty.policy_in_force() from public;
grant execute on function loyalty.policy_in_force() to pit_staff;

comment on function loyalty.policy_in_force() is
  'The newest policy version that has begun; none before the first. Capability loyalty:view_all. '
  'Errors: IDUNA, IDFRB.';
