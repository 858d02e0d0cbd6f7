-- Opens an account before the lock of failed sign-ins ends, when its owner stands at the
-- administrator's desk.

create or replace function identity.unlock_account(person_id uuid)
returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_person identity.staff := identity._lock_person(v_actor, unlock_account.person_id);
begin
  update identity.staff_secret as s
  set failed_attempts = 0, locked_until = null
  where s.casino_id = identity._casino()
    and s.staff_id = v_person.staff_id
    and s.locked_until > now();
  if not found then
    return identity._staff_result(v_person.staff_id, true);
  end if;
  perform ops._log(v_actor, 'account unlocked', subject_staff_id => v_person.staff_id);
  return identity._staff_result(v_person.staff_id, false);
end
$$;

alter function identity.unlock_account(uuid) owner to identity_service;
revoke all on function identity.unlock_account(uuid) from public;
grant execute on function identity.unlock_account(uuid) to pit_staff;

comment on function identity.unlock_account(uuid) is
  'Ends the lock of an account after failed sign-ins. Capability staff:manage. Errors: IDUNA, '
  'IDFRB, IDSTF, IDOWN.';
