-- Sets a person's password hash; for the owner's connection alone. The hash is made outside, so
-- that no password ever reaches the database. Sessions that are open end at once.

create or replace function identity.set_password(
  casino_code text,
  username text,
  phc text
) returns void
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_staff identity.staff;
  v_casino_id integer;
  v_actor identity.actor;
begin
  select c.casino_id into v_casino_id from identity.casino as c where c.code = casino_code;
  perform set_config('pit.casino', coalesce(v_casino_id::text, ''), true);

  select * into v_staff
  from identity.staff as s
  where s.casino_id = v_casino_id and s.username = set_password.username;
  if not found then
    perform ops._refuse('IDSTF', array[set_password.username]);
  end if;

  insert into identity.staff_secret as s (casino_id, staff_id, phc)
  values (v_staff.casino_id, v_staff.staff_id, set_password.phc)
  on conflict (casino_id, staff_id) do update
  set phc = excluded.phc, failed_attempts = 0, locked_until = null, changed_at = now(),
    must_change = false;

  update identity.session as s
  set revoked_at = now()
  where s.casino_id = v_staff.casino_id and s.staff_id = v_staff.staff_id
    and s.revoked_at is null;
  v_actor.casino_id := v_staff.casino_id;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(v_actor, 'password set', subject_staff_id => v_staff.staff_id);
end
$$;

alter function identity.set_password(text, text, text) owner to identity_service;
revoke all on function identity.set_password(text, text, text) from public;
grant execute on function identity.set_password(text, text, text) to pit_owner;

comment on function identity.set_password(text, text, text) is
  'For the owner''s connection: stores an argon2id hash (PHC) and ends the person''s sessions. '
  'Error: IDSTF.';
