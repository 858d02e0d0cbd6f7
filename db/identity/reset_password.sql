-- Gives a person an initial password, by its hash; the gateway makes both, so that no password ever
-- reaches the database. It opens no session: at the next sign-in it serves to choose another.

create or replace function identity.reset_password(person_id uuid, phc text)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, reset_password.person_id);
begin
  if not (v_person.active and identity.staff_signs_in(v_person)) then
    perform ops._refuse('IDNSI');
  end if;
  insert into identity.staff_secret as s (casino_id, staff_id, phc, must_change)
  values (v_actor.casino_id, v_person.staff_id, reset_password.phc, true)
  on conflict (casino_id, staff_id) do update
  set phc = excluded.phc, must_change = true, failed_attempts = 0, locked_until = null,
    changed_at = now();
  perform identity._revoke_sessions(v_person.staff_id);
  perform ops._log(
    v_actor, 'password set',
    details => '{"initial": true}', subject_staff_id => v_person.staff_id
  );
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.reset_password(uuid, text) owner to identity_service;
revoke all on function identity.reset_password(uuid, text) from public;
grant execute on function identity.reset_password(uuid, text) to pit_staff;

comment on function identity.reset_password(uuid, text) is
  'For the gateway''s route: stores the hash of an initial password, which has to be changed at '
  'the next sign-in, and ends the person''s sessions. Capability staff:manage. Errors: IDUNA, '
  'IDFRB, IDSTF, IDOWN, IDNSI.';
