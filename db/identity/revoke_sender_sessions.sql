-- Shuts out whoever sends a casino's feed with a token that may have leaked; for the owner's
-- connection alone. A sender that may go on is given a new session.

create or replace function identity.revoke_sender_sessions(casino_code text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_feed_id uuid;
  v_actor identity.actor;
  v_revoked integer;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = revoke_sender_sessions.casino_code;
  perform set_config('pit.casino', coalesce(v_casino_id::text, ''), true);
  select s.staff_id into v_feed_id
  from identity.staff as s
  where s.casino_id = v_casino_id and s.username = 'feed' and s.role = 'sender';
  if not found then
    perform ops._refuse('IDSTF', array['feed']);
  end if;

  v_revoked := identity._revoke_sessions(v_feed_id);
  v_actor.casino_id := v_casino_id;
  v_actor.correlation_id := identity._correlation_id();
  if v_revoked > 0 then
    perform ops._log(
      v_actor, 'sessions revoked',
      details => jsonb_build_object('sessions', v_revoked), subject_staff_id => v_feed_id
    );
  end if;
  return v_revoked;
end
$$;

alter function identity.revoke_sender_sessions(text) owner to identity_service;
revoke all on function identity.revoke_sender_sessions(text) from public;
grant execute on function identity.revoke_sender_sessions(text) to pit_owner;

comment on function identity.revoke_sender_sessions(text) is
  'For the owner''s connection: ends all sessions of the feed''s account and counts them. '
  'Error: IDSTF.';
