-- Second half of signing in: counts a failure, or opens the session. Never raises for a wrong
-- password, because raising would take back the count. While an account is locked not even the
-- right password opens it, and a password that somebody else gave opens it only together with the
-- hash of a new one. Every outcome is in the audit log.

create or replace function identity.complete_sign_in(
  casino_id integer,
  staff_id uuid,
  succeeded boolean,
  token_hash bytea,
  correlation_id text default null,
  new_phc text default null
)
returns table (
  session_id uuid,
  locked_until timestamptz,
  expires_at timestamptz,
  must_change boolean
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
  v_secret identity.staff_secret;
  v_session identity.session;
  v_actor identity.actor;
begin
  perform set_config('pit.casino', complete_sign_in.casino_id::text, true);
  select * into strict v_casino
  from identity.casino as c where c.casino_id = complete_sign_in.casino_id;
  select * into strict v_secret
  from identity.staff_secret as s
  where s.casino_id = complete_sign_in.casino_id and s.staff_id = complete_sign_in.staff_id
  for no key update;
  v_actor.casino_id := v_casino.casino_id;
  v_actor.correlation_id :=
    coalesce(complete_sign_in.correlation_id, identity._correlation_id());

  if v_secret.locked_until > now() then
    perform ops._log_refused_sign_in(v_actor, 'IDLCK', v_secret.staff_id);
    return query select null::uuid, v_secret.locked_until, null::timestamptz, false;
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
    perform ops._log_refused_sign_in(
      v_actor, case when v_secret.locked_until is null then 'IDUNA' else 'IDLCK' end,
      v_secret.staff_id
    );
    return query select null::uuid, v_secret.locked_until, null::timestamptz, false;
    return;
  end if;

  if v_secret.must_change and complete_sign_in.new_phc is null then
    return query select null::uuid, null::timestamptz, null::timestamptz, true;
    return;
  end if;

  insert into identity.session as s (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select p.casino_id, p.staff_id, complete_sign_in.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as p
  where p.casino_id = v_secret.casino_id and p.staff_id = v_secret.staff_id
    and p.active and identity.staff_signs_in(p)
  returning s.* into v_session;
  if not found then
    return query select null::uuid, null::timestamptz, null::timestamptz, false;
    return;
  end if;
  update identity.staff_secret as s
  set failed_attempts = 0, locked_until = null, signed_in_at = now(),
    phc = coalesce(complete_sign_in.new_phc, s.phc),
    must_change = false,
    changed_at = case
      when complete_sign_in.new_phc is null then s.changed_at else now()
    end
  where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id;

  v_actor.staff_id := v_session.staff_id;
  v_actor.session_id := v_session.session_id;
  if complete_sign_in.new_phc is not null then
    perform ops._log(v_actor, 'password set', subject_staff_id => v_session.staff_id);
  end if;
  perform ops._log(v_actor, 'signed in');
  return query
  select v_session.session_id, null::timestamptz, v_session.expires_at, false;
end
$$;

alter function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
owner to identity_service;
revoke all on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
from public;
grant execute on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text)
to pit_gateway;

comment on function identity.complete_sign_in(integer, uuid, boolean, bytea, text, text) is
  'For the gateway alone: records the outcome of a sign-in. Success opens a session for the '
  'given token hash; a failure is counted and locks the account after the casino''s number of '
  'attempts. new_phc: the hash of the password that replaces this one. session_id is null when no '
  'session was opened; must_change tells that the right password has to be replaced first.';
