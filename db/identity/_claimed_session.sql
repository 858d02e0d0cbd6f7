-- Whose session a request claims, also when it has ended since: for what is written about a request
-- that was refused. It opens nothing; identity._enter asks whether a session lives. A forged claim
-- finds no session.

create or replace function identity._claimed_session(session text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_setting text := set_config('pit.casino', identity._claimed_casino(session), true);
  v_actor identity.actor;
begin
  select s.casino_id, s.staff_id, s.session_id, s.timezone, s.gaming_day_start
  into
    v_actor.casino_id, v_actor.staff_id, v_actor.session_id, v_actor.timezone,
    v_actor.gaming_day_start
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff';
  return v_actor;
end
$$;

alter function identity._claimed_session(text) owner to identity_service;
revoke all on function identity._claimed_session(text) from public;
grant execute on function identity._claimed_session(text) to ops_service;

comment on function identity._claimed_session(text) is
  'Person, session and casino of a claim, whether the session lives or not, and sets the casino of '
  'the running call; a row of nulls when there is no such session.';
