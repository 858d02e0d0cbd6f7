-- First half of signing in: gives the gateway the hash to verify. Only the gateway's own login
-- may call it, never a request: whoever can read hashes can guess passwords offline. An unknown
-- name, a dealer and a feed account give no row; the gateway then verifies against a dummy, so
-- that answer and time are the same. That somebody tried is in the audit log.

create or replace function identity.sign_in_challenge(
  casino_code text,
  username text,
  correlation_id text default null
) returns table (casino_id integer, staff_id uuid, phc text, locked_until timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_staff identity.staff;
  v_actor identity.actor;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = upper(btrim(casino_code));
  if not found then
    return;
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);
  select * into v_staff
  from identity.staff as p
  where p.casino_id = v_casino_id and p.username = lower(btrim(sign_in_challenge.username));

  return query
  select s.casino_id, s.staff_id, s.phc,
    case when s.locked_until > now() then s.locked_until end
  from identity.staff_secret as s
  where s.casino_id = v_casino_id
    and s.staff_id = v_staff.staff_id
    and v_staff.active
    and identity.staff_signs_in(v_staff);
  if not found then
    v_actor.casino_id := v_casino_id;
    v_actor.correlation_id :=
      coalesce(sign_in_challenge.correlation_id, identity._correlation_id());
    perform ops._log_refused_sign_in(v_actor, 'IDUNA', v_staff.staff_id);
  end if;
end
$$;

alter function identity.sign_in_challenge(text, text, text) owner to identity_service;
revoke all on function identity.sign_in_challenge(text, text, text) from public;
grant execute on function identity.sign_in_challenge(text, text, text) to pit_gateway;

comment on function identity.sign_in_challenge(text, text, text) is
  'For the gateway alone: the password hash of a person who may sign in, and until when the '
  'account is locked. No row for anybody else.';
