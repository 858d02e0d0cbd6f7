-- What a session's setting says of itself, before anything believes it: the casino's number and the
-- SHA-256 of the secret. Whatever has another shape is nobody's. One expression, so that it
-- becomes part of the callers'.

create or replace function identity._session_claim(
  session text default current_setting('pit.session', true)
) returns text[]
language sql
stable
return regexp_match(session, '^([1-9][0-9]{0,8})[.]((?:[0-9a-f][0-9a-f])+)$');

alter function identity._session_claim(text) owner to identity_service;
revoke all on function identity._session_claim(text) from public;

comment on function identity._session_claim(text) is
  'Casino and token hash (hex) that a text "<casino_id>.<sha256 hex>" claims; null when it has '
  'another shape. Proves nothing: identity.session does.';
