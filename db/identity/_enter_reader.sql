-- The door of functions that only read, for two kinds of people: staff with a session, and auditors
-- who come with a database login of their own, bound to one casino. A login has read rights and no
-- capabilities, so what it may call is a matter of grants to pit_auditor.

create or replace function identity._enter_reader(capability text default null)
returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_setting text;
  v_actor identity.actor;
begin
  select min(l.casino_id) into v_actor.casino_id
  from identity.database_login as l
  where l.login_name = session_user
  having count(*) = 1;
  if not found then
    return identity._enter(_enter_reader.capability);
  end if;

  v_setting := set_config('pit.casino', v_actor.casino_id::text, true);
  select c.timezone, c.gaming_day_start into v_actor.timezone, v_actor.gaming_day_start
  from identity.casino as c
  where c.casino_id = v_actor.casino_id;
  v_actor.correlation_id := identity._correlation_id();
  return v_actor;
end
$$;

alter function identity._enter_reader(text) owner to identity_service;
revoke all on function identity._enter_reader(text) from public;
grant execute on function identity._enter_reader(text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._enter_reader(text) is
  'Resolves an auditor''s database login (no person, no session) or else the session, with the '
  'capability (null: any signed-in person), and sets the casino of the running call. Errors: '
  'IDUNA, IDFRB, IDISO.';
