-- Whoever leaves signs in no more, and is signed out at once. The row stays, because records refer
-- to it.

create or replace function identity.deactivate_person(person_id uuid, reason text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, deactivate_person.person_id);
  v_reason text := identity._check_reason(deactivate_person.reason);
begin
  if not v_person.active then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  update identity.staff as s
  set active = false
  where s.casino_id = identity._casino() and s.staff_id = v_person.staff_id;
  perform identity._keep_administrator();
  perform ops._log(
    v_actor, 'person deactivated',
    details => jsonb_build_object('reason', v_reason), subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.deactivate_person(uuid, text) owner to identity_service;
revoke all on function identity.deactivate_person(uuid, text) from public;
grant execute on function identity.deactivate_person(uuid, text) to pit_staff;

comment on function identity.deactivate_person(uuid, text) is
  'Ends a person''s account and their sessions. Capability staff:manage. Errors: IDUNA, IDFRB, '
  'IDSTF, IDOWN, LYRSN, IDADM.';
