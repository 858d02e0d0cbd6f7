-- The door of every entry point: looks the session up once, checks the capability and sets the
-- casino for this call. The entry point is declared with "set pit.casino = ''", so a casino that
-- a caller set beforehand is wiped, and what is set here ends with the call. Locks and counts
-- see what others have committed only in read committed, so nothing else is let in.

create or replace function identity._enter(capability text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_setting text := set_config('pit.casino', identity._claimed_casino(), true);
  v_actor identity.actor;
  v_may boolean;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform ops._refuse('IDISO');
  end if;

  select
    s.casino_id, s.staff_id, s.session_id, s.timezone, s.gaming_day_start,
    identity._correlation_id(),
    _enter.capability is null or _enter.capability = any (s.capabilities)
  into
    v_actor.casino_id, v_actor.staff_id, v_actor.session_id, v_actor.timezone,
    v_actor.gaming_day_start, v_actor.correlation_id, v_may
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token()
    and s.kind = 'staff'
    and identity._session_lives(s);

  if v_may then
    return v_actor;
  end if;
  v_setting := set_config('pit.casino', '', true);
  if v_may is null then
    perform ops._refuse('IDUNA');
  end if;
  perform ops._refuse('IDFRB', array[_enter.capability]);
end
$$;

alter function identity._enter(text) owner to identity_service;
revoke all on function identity._enter(text) from public;
grant execute on function identity._enter(text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._enter(text) is
  'Resolves the session, checks the capability (null: any signed-in person) and sets the casino '
  'of the running call. Errors: IDUNA not signed in, IDFRB capability missing, IDISO.';
