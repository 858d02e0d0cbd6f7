-- The lists to choose from when a person is added or a capability given, so that screens hold none
-- of their own.

create or replace function identity.assignable() returns identity.staff_terms
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
begin
  return identity._staff_terms();
end
$$;

alter function identity.assignable() owner to identity_service;
revoke all on function identity.assignable() from public;
grant execute on function identity.assignable() to pit_staff;

comment on function identity.assignable() is
  'Roles and capabilities that may be given. Capability staff:manage. Errors: IDUNA, IDFRB.';
