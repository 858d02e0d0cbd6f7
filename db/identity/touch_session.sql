-- Keeps a session in use from idling out. Called by the gateway beside a request, not in it, and
-- written at most every 15 seconds, so that reading stays reading.

create or replace function identity.touch_session(session text)
returns table (casino_id integer, staff_id uuid, session_id uuid)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', identity._claimed_casino(session), true);

  update identity.session as s
  set last_seen_at = now()
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff'
    and s.last_seen_at < now() - interval '15 seconds'
    and identity._session_lives(s);

  return query
  select s.casino_id, s.staff_id, s.session_id
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff'
    and identity._session_lives(s);
end
$$;

alter function identity.touch_session(text) owner to identity_service;
revoke all on function identity.touch_session(text) from public;
grant execute on function identity.touch_session(text) to pit_gateway;

comment on function identity.touch_session(text) is
  'For the gateway alone: marks a session as used and tells whose it is; no row when it ended.';
