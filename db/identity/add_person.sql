-- An administrator adds a member of staff. The account opens nothing until a password is given
-- (identity.reset_password), and a dealer's never does.

create or replace function identity.add_person(
  username text,
  display_name text,
  role text,
  idempotency_key text,
  licence_no text default null
) returns identity.staff_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('staff:manage');
  v_key text := identity._check_key(add_person.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:staff');
  v_username text := lower(btrim(add_person.username, E' \t\r\n'));
  v_display_name text := btrim(add_person.display_name, E' \t\r\n');
  v_licence_no text := nullif(btrim(add_person.licence_no, E' \t\r\n'), '');
  v_fingerprint bytea := ops._fingerprint(
    jsonb_build_array('add_person', v_username, v_display_name, add_person.role, v_licence_no)
  );
  v_command identity.staff_command;
  v_staff_id uuid;
begin
  select c.* into v_command
  from identity.staff_command as c
  where c.casino_id = identity._casino() and c.idempotency_key = v_key;
  if v_command.request_fingerprint <> v_fingerprint then
    perform ops._refuse('LYIDM');
  elsif found then
    return identity._staff_result(v_command.staff_id, true);
  end if;

  if v_username is null or v_username !~ '^[a-z0-9][a-z0-9._-]{1,63}$' then
    perform ops._refuse(
      'IDPER', array['the user name takes 2 to 64 letters, digits, dots, hyphens or underscores']
    );
  elsif coalesce(v_display_name, '') = '' or length(v_display_name) > 100 then
    perform ops._refuse('IDPER', array['the name takes 1 to 100 characters']);
  elsif length(v_licence_no) > 64 then
    perform ops._refuse('IDPER', array['the licence number takes at most 64 characters']);
  end if;
  perform identity._check_role(add_person.role);
  insert into identity.staff as s (
    casino_id, username, display_name, role, licence_no, role_given_by
  )
  values (
    v_actor.casino_id, v_username, v_display_name, add_person.role, v_licence_no,
    v_actor.staff_id
  )
  on conflict on constraint username_is_unique_in_its_casino do nothing
  returning s.staff_id into v_staff_id;
  if not found then
    perform ops._refuse('IDDUP', array[v_username]);
  end if;
  insert into identity.staff_command (
    casino_id, idempotency_key, request_fingerprint, staff_id, correlation_id
  )
  values (v_actor.casino_id, v_key, v_fingerprint, v_staff_id, v_actor.correlation_id);
  perform ops._log(
    v_actor, 'person added',
    details => jsonb_build_object('role', add_person.role), subject_staff_id => v_staff_id
  );
  return identity._staff_result(v_staff_id, false);
end
$$;

alter function identity.add_person(text, text, text, text, text) owner to identity_service;
revoke all on function identity.add_person(text, text, text, text, text) from public;
grant execute on function identity.add_person(text, text, text, text, text) to pit_staff;

comment on function identity.add_person(text, text, text, text, text) is
  'Adds a member of staff with a role. Capability staff:manage. Errors: IDUNA, IDFRB, IDKEY, '
  'LYIDM, IDPER, IDROL, IDDUP.';
