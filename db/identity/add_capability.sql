-- Adds a capability to a person, whatever the role brings: the exception that a house needs without
-- inventing a role for it. It counts from the next call on.

create or replace function identity.add_capability(person_id uuid, capability text, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, add_capability.person_id);
begin
  return identity._set_permission(
    v_actor, v_person, add_capability.capability, true, add_capability.reason
  );
end
$$;

alter function identity.add_capability(uuid, text, text) owner to identity_service;
revoke all on function identity.add_capability(uuid, text, text) from public;
grant execute on function identity.add_capability(uuid, text, text) to pit_staff;

comment on function identity.add_capability(uuid, text, text) is
  'Adds a capability to a person; the same again changes nothing. Capability staff:manage. '
  'Errors: IDUNA, IDFRB, IDSTF, IDOWN, LYRSN, IDCAP, IDADM.';
