-- For read policies that need a capability besides the casino (loyalty:view_all for policies).
-- Answers no when nobody is signed in: a question that can't be answered refuses.

create or replace function identity.session_may(capability text) returns boolean
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
      and identity._session_lives(s)
      and session_may.capability = any (s.capabilities)
  );
end
$$;

alter function identity.session_may(text) owner to identity_service;
revoke all on function identity.session_may(text) from public;
grant execute on function identity.session_may(text) to pit_staff;

comment on function identity.session_may(text) is
  'Whether the signed-in person has a capability; false when nobody is signed in.';
