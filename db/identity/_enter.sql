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
  v_claim record;
  v_setting text;
  v_actor identity.actor;
  v_may boolean;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform ops._refuse('IDISO');
  end if;
  v_claim := identity._session_claim();
  v_setting := set_config('pit.casino', coalesce(v_claim.casino_id::text, ''), true);

  select
    s.casino_id, s.staff_id, s.session_id, c.timezone, c.gaming_day_start,
    m.has
  into
    v_actor.casino_id, v_actor.staff_id, v_actor.session_id, v_actor.timezone,
    v_actor.gaming_day_start, v_may
  from identity.session as s
  join identity.staff as p on p.casino_id = s.casino_id and p.staff_id = s.staff_id
  join identity.casino as c on c.casino_id = s.casino_id
  cross join lateral identity._has_capability(
    identity._casino(), p.staff_id, p.role, _enter.capability
  ) as m
  where s.casino_id = identity._casino()
    and s.token_hash = v_claim.token_hash
    and s.kind = 'staff'
    and identity._session_lives(s)
    and p.active;

  if not found then
    perform set_config('pit.casino', '', true);
    perform ops._refuse('IDUNA');
  end if;
  if _enter.capability is not null and v_may is not true then
    perform set_config('pit.casino', '', true);
    perform ops._refuse('IDFRB', array[_enter.capability]);
  end if;

  v_actor.correlation_id := identity._correlation_id();
  return v_actor;
end
$$;

alter function identity._enter(text) owner to identity_service;
revoke all on function identity._enter(text) from public;
grant execute on function identity._enter(text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._enter(text) is
  'Resolves the session, checks the capability (null: any signed-in person) and sets the casino '
  'of the running call. Errors: IDUNA not signed in, IDFRB capability missing, IDISO.';
