-- Opens a session for the account of a floor system's feed; for the owner's connection alone.
-- The account has no password: a sender is given a token, which can be revoked, and may import
-- events and nothing else.

create or replace function identity.issue_sender_session(casino_code text, token_hash bytea)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
  v_actor identity.actor;
begin
  select * into v_casino from identity.casino as c where c.code = casino_code;
  if not found then
    perform ops._refuse('IDSTF', array['feed']);
  end if;
  perform set_config('pit.casino', v_casino.casino_id::text, true);

  insert into identity.session (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select s.casino_id, s.staff_id, issue_sender_session.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as s
  where s.casino_id = v_casino.casino_id and s.username = 'feed' and s.role = 'sender'
  returning staff_id, session_id into v_actor.staff_id, v_actor.session_id;
  v_actor.casino_id := v_casino.casino_id;
  v_actor.correlation_id := identity._correlation_id();
  perform ops._log(v_actor, 'sender session opened');
  return v_casino.casino_id;
end
$$;

alter function identity.issue_sender_session(text, bytea) owner to identity_service;
revoke all on function identity.issue_sender_session(text, bytea) from public;
grant execute on function identity.issue_sender_session(text, bytea) to pit_owner;

comment on function identity.issue_sender_session(text, bytea) is
  'For the owner''s connection: a session of the feed''s account for the given token hash. '
  'Returns the casino''s id. Error: IDSTF.';
