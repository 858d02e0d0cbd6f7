-- First half of signing in: gives the gateway the hash to verify. Only the gateway's own login
-- may call it, never a request: whoever can read hashes can guess passwords offline. An unknown
-- name, a dealer and a feed account give no row; the gateway then verifies against a dummy, so
-- that answer and time are the same.

create or replace function identity.sign_in_challenge(casino_code text, username text)
returns table (casino_id integer, staff_id uuid, phc text, locked_until timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = upper(btrim(casino_code));
  if not found then
    return;
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);

  return query
  select p.casino_id, p.staff_id, s.phc,
    case when s.locked_until > now() then s.locked_until end
  from identity.staff as p
  join identity.staff_secret as s on s.casino_id = p.casino_id and s.staff_id = p.staff_id
  where p.casino_id = v_casino_id
    and p.username = lower(btrim(sign_in_challenge.username))
    and p.active
    and p.role not in ('dealer', 'sender');
end
$$;

alter function identity.sign_in_challenge(text, text) owner to identity_service;
revoke all on function identity.sign_in_challenge(text, text) from public;
grant execute on function identity.sign_in_challenge(text, text) to pit_gateway;

comment on function identity.sign_in_challenge(text, text) is
  'For the gateway alone: the password hash of a person who may sign in, and until when the '
  'account is locked. No row for anybody else.';
