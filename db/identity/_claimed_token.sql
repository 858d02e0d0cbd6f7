-- The hash of the secret that a session's setting claims. Nothing is checked here: what is no
-- hash finds no session.

create or replace function identity._claimed_token(
  session text default current_setting('pit.session', true)
) returns text
language sql
stable
return split_part(session, '.', 2);

alter function identity._claimed_token(text) owner to identity_service;
revoke all on function identity._claimed_token(text) from public;

comment on function identity._claimed_token(text) is
  'Token hash (hex) that a text "<casino_id>.<sha256 hex>" claims. Proves nothing.';
