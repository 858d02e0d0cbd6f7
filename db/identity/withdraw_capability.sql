-- Withdraws a capability from a person, whatever the role brings. It is gone with the next call, in
-- sessions that are open too.

create or replace function identity.withdraw_capability(
  person_id uuid,
  capability text,
  reason text
) returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, withdraw_capability.person_id);
begin
  return identity._set_permission(
    v_actor, v_person, withdraw_capability.capability, false, withdraw_capability.reason
  );
end
$$;

alter function identity.withdraw_capability(uuid, text, text) owner to identity_service;
revoke all on function identity.withdraw_capability(uuid, text, text) from public;
grant execute on function identity.withdraw_capability(uuid, text, text) to pit_staff;

comment on function identity.withdraw_capability(uuid, text, text) is
  'Withdraws a capability from a person; the same again changes nothing. Capability staff:manage. '
  'Errors: IDUNA, IDFRB, IDSTF, IDOWN, LYRSN, IDCAP, IDADM.';
