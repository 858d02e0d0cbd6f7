-- The casino's number that a session's setting claims, before anything believes it; '' when it
-- claims none. One expression, so that it becomes part of the callers', and no regular expression,
-- which would cost more than the look-up of the session.

create or replace function identity._claimed_casino(
  session text default current_setting('pit.session', true)
) returns text
language sql
stable
return case
  when length(split_part(session, '.', 1)) < 10
    and btrim(split_part(session, '.', 1), '0123456789') = ''
  then split_part(session, '.', 1)
  else ''
end;

alter function identity._claimed_casino(text) owner to identity_service;
revoke all on function identity._claimed_casino(text) from public;

comment on function identity._claimed_casino(text) is
  'Casino that a text "<casino_id>.<sha256 hex>" claims, as text. Proves nothing: identity.session '
  'does.';
