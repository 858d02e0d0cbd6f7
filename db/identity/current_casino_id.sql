-- What the read policies of people compare with: the casino of the session, looked up, or of an
-- auditor's own login. Never a setting that a caller can change, never an argument. Refuses
-- rather than showing nothing, so that an ended session isn't mistaken for an empty casino.

create or replace function identity.current_casino_id() returns integer
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
begin
  select min(l.casino_id) into v_casino_id
  from identity.database_login as l
  where l.login_name = session_user
  having count(*) = 1;
  if found then
    return v_casino_id;
  end if;

  perform set_config('pit.casino', identity._claimed_casino(), true);

  select s.casino_id into v_casino_id
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token()
    and s.kind = 'staff'
    and identity._session_lives(s);
  if not found then
    perform ops._refuse('IDUNA');
  end if;
  return v_casino_id;
end
$$;

alter function identity.current_casino_id() owner to identity_service;
revoke all on function identity.current_casino_id() from public;
grant execute on function identity.current_casino_id() to pit_staff, pit_auditor, pit_gateway;

comment on function identity.current_casino_id() is
  'Casino of the signed-in person''s session or of the auditor''s login. Error: IDUNA.';
