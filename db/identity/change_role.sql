-- Gives a person another role, and with it other capabilities, from the next call on; capabilities
-- that were added or withdrawn one by one stay so. Who becomes a dealer is signed out.

create or replace function identity.change_role(person_id uuid, role text, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, change_role.person_id);
  v_reason text := identity._check_reason(change_role.reason);
  v_now identity.staff;
begin
  perform identity._check_role(change_role.role);
  if v_person.role = change_role.role then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  update identity.staff as s
  set role = change_role.role, role_since = now(), role_given_by = v_actor.staff_id
  where s.casino_id = identity._casino() and s.staff_id = v_person.staff_id
  returning * into v_now;
  if not identity.staff_signs_in(v_now) then
    perform identity._revoke_sessions(v_person.staff_id);
  end if;
  perform identity._keep_administrator();
  perform ops._log(
    v_actor, 'role changed',
    details => jsonb_build_object(
      'from', v_person.role, 'to', change_role.role, 'reason', v_reason
    ),
    subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.change_role(uuid, text, text) owner to identity_service;
revoke all on function identity.change_role(uuid, text, text) from public;
grant execute on function identity.change_role(uuid, text, text) to pit_staff;

comment on function identity.change_role(uuid, text, text) is
  'Gives a person another role; the same again changes nothing. Capability staff:manage. Errors: '
  'IDUNA, IDFRB, IDSTF, IDOWN, LYRSN, IDROL, IDADM.';
