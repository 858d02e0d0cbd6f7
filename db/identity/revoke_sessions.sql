-- Signs a person out everywhere: a lost tablet, or a shift that ended without anybody signing
-- out.

create or replace function identity.revoke_sessions(person_id uuid)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, revoke_sessions.person_id);
  v_revoked integer := identity._revoke_sessions(v_person.staff_id);
begin
  if v_revoked = 0 then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  perform ops._log(
    v_actor, 'sessions revoked',
    details => jsonb_build_object('sessions', v_revoked), subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.revoke_sessions(uuid) owner to identity_service;
revoke all on function identity.revoke_sessions(uuid) from public;
grant execute on function identity.revoke_sessions(uuid) to pit_staff;

comment on function identity.revoke_sessions(uuid) is
  'Ends all sessions of a person at once. Capability staff:manage. Errors: IDUNA, IDFRB, IDSTF, '
  'IDOWN.';
