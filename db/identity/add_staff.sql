-- Adds a person to a casino; for the owner's connection alone (the command line). The screens
-- for staff administration come through identity.add_person.

create or replace function identity.add_staff(
  casino_code text,
  username text,
  display_name text,
  role text
) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_staff_id uuid;
  v_actor identity.actor;
begin
  select c.casino_id into v_casino_id from identity.casino as c where c.code = casino_code;
  if not found then
    perform ops._refuse('IDSTF', array[casino_code]);
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);

  insert into identity.staff as s (casino_id, username, display_name, role)
  values (v_casino_id, add_staff.username, add_staff.display_name, add_staff.role)
  on conflict on constraint username_is_unique_in_its_casino do nothing
  returning s.staff_id into v_staff_id;
  if not found then
    perform ops._refuse('IDDUP', array[add_staff.username]);
  end if;
  v_actor.casino_id := v_casino_id;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(
    v_actor, 'person added',
    details => jsonb_build_object('role', add_staff.role), subject_staff_id => v_staff_id
  );
  return v_staff_id;
end
$$;

alter function identity.add_staff(text, text, text, text) owner to identity_service;
revoke all on function identity.add_staff(text, text, text, text) from public;
grant execute on function identity.add_staff(text, text, text, text) to pit_owner;

comment on function identity.add_staff(text, text, text, text) is
  'For the owner''s connection: adds a person with a role. Errors: IDSTF no such casino, IDDUP.';
