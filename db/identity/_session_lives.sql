-- When a session still opens the door: one definition for every place that asks, so that no door
-- stays open when another has closed.

create or replace function identity._session_lives(session identity.session) returns boolean
language sql
stable
return session.revoked_at is null
  and now() < session.expires_at
  and now() < session.last_seen_at + session.idle_timeout;

alter function identity._session_lives(identity.session) owner to identity_service;
revoke all on function identity._session_lives(identity.session) from public;

comment on function identity._session_lives(identity.session) is
  'Neither revoked, nor expired, nor idle for too long.';
