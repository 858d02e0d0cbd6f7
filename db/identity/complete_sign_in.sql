-- Second half of signing in: counts a failure, or opens the session. Never raises for a wrong
-- password, because raising would take back the count. While an account is locked not even the
-- right password opens it.

create or replace function identity.complete_sign_in(
  casino_id integer,
  staff_id uuid,
  succeeded boolean,
  token_hash bytea
)
returns table (session_id uuid, locked_until timestamptz, expires_at timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
  v_secret identity.staff_secret;
begin
  perform set_config('pit.casino', complete_sign_in.casino_id::text, true);
  select * into strict v_casino
  from identity.casino as c where c.casino_id = complete_sign_in.casino_id;
  select * into strict v_secret
  from identity.staff_secret as s
  where s.casino_id = complete_sign_in.casino_id and s.staff_id = complete_sign_in.staff_id
  for no key update;

  if v_secret.locked_until > now() then
    return query select null::uuid, v_secret.locked_until, null::timestamptz;
    return;
  end if;

  if succeeded is not true then
    update identity.staff_secret as s
    set failed_attempts = (s.failed_attempts + 1) % v_casino.sign_in_attempts,
      locked_until = case
        when s.failed_attempts + 1 >= v_casino.sign_in_attempts
          then now() + v_casino.sign_in_lock
      end
    where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id
    returning s.locked_until into v_secret.locked_until;
    return query select null::uuid, v_secret.locked_until, null::timestamptz;
    return;
  end if;

  update identity.staff_secret as s
  set failed_attempts = 0, locked_until = null
  where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id
    and (s.failed_attempts > 0 or s.locked_until is not null);

  return query
  insert into identity.session as s (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select p.casino_id, p.staff_id, complete_sign_in.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as p
  where p.casino_id = v_secret.casino_id and p.staff_id = v_secret.staff_id
    and p.active and p.role not in ('dealer', 'sender')
  returning s.session_id, null::timestamptz, s.expires_at;
  if not found then
    return query select null::uuid, null::timestamptz, null::timestamptz;
  end if;
end
$$;

alter function identity.complete_sign_in(integer, uuid, boolean, bytea) owner to identity_service;
revoke all on function identity.complete_sign_in(integer, uuid, boolean, bytea) from public;
grant execute on function identity.complete_sign_in(integer, uuid, boolean, bytea)
to pit_gateway;

comment on function identity.complete_sign_in(integer, uuid, boolean, bytea) is
  'For the gateway alone: records the outcome of a sign-in. Success opens a session for the '
  'given token hash; a failure is counted and locks the account after the casino''s number of '
  'attempts. session_id is null when no session was opened.';
