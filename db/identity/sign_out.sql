-- Ends a session at once; the next call with its token is refused. The row stays, so that what was
-- done in the session can still be traced to it.

create or replace function identity.sign_out(session text) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor;
begin
  perform set_config('pit.casino', identity._claimed_casino(session), true);

  update identity.session as s
  set revoked_at = now()
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff'
    and s.revoked_at is null
  returning s.casino_id, s.staff_id, s.session_id
  into v_actor.casino_id, v_actor.staff_id, v_actor.session_id;
  if not found then
    return false;
  end if;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(v_actor, 'signed out');
  return true;
end
$$;

alter function identity.sign_out(text) owner to identity_service;
revoke all on function identity.sign_out(text) from public;
grant execute on function identity.sign_out(text) to pit_gateway;

comment on function identity.sign_out(text) is
  'For the gateway alone: revokes a session. False when there was nothing to revoke.';
