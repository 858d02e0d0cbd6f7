-- Reads the session that a caller claims: "<casino id>.<hex of the token's SHA-256>". A claim is
-- worth nothing by itself; it only says where to look. Naming the casino in it keeps the lookup
-- inside one casino, by key. Always gives one row: no claim and a broken one are nulls.

create or replace function identity._session_claim(
  session text default current_setting('pit.session', true),
  out casino_id integer,
  out token_hash bytea
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if session ~ '^[1-9][0-9]{0,8}[.][0-9a-f]+$' and length(split_part(session, '.', 2)) = 64 then
    casino_id := split_part(session, '.', 1)::integer;
    token_hash := decode(split_part(session, '.', 2), 'hex');
  end if;
end
$$;

alter function identity._session_claim(text) owner to identity_service;
revoke all on function identity._session_claim(text) from public;

comment on function identity._session_claim(text) is
  'Casino and token hash out of a session claim; nulls when the claim has another shape.';
