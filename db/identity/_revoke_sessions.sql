-- Ends a person's sessions; the next call with any of them is refused. The rows stay, so that what
-- was done in them can be traced.

create or replace function identity._revoke_sessions(person_id uuid) returns integer
language sql
volatile
begin atomic
  with revoked as (
    update identity.session as s
    set revoked_at = now()
    where s.casino_id = identity._casino()
      and s.staff_id = _revoke_sessions.person_id
      and s.kind = 'staff'
      and identity._session_lives(s)
    returning s.session_id
  )
  select count(*)::integer from revoked;
end;

alter function identity._revoke_sessions(uuid) owner to identity_service;
revoke all on function identity._revoke_sessions(uuid) from public;

comment on function identity._revoke_sessions(uuid) is
  'Ends the living sessions of a person of the running casino and counts them.';
