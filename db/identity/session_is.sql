-- For screens that offer something to everybody but the person who asked for it. The command that
-- they offer decides again.

create or replace function identity.session_is(person_id uuid) returns boolean
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', identity._claimed_casino(), true);
  return exists (
    select
    from identity.session as s
    where s.casino_id = identity._casino()
      and s.token_claim = identity._claimed_token()
      and s.kind = 'staff'
      and s.staff_id = session_is.person_id
      and identity._session_lives(s)
  );
end
$$;

alter function identity.session_is(uuid) owner to identity_service;
revoke all on function identity.session_is(uuid) from public;
grant execute on function identity.session_is(uuid) to pit_staff;

comment on function identity.session_is(uuid) is
  'Whether the signed-in person is this one; false when nobody is signed in.';
