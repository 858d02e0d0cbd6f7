-- Idempotency keys come from callers. Keys that begin with "pit:" are ours (a slip's accrual
-- uses one), so a caller can't take one in advance.

create or replace function identity._check_key(idempotency_key text) returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if idempotency_key is null
    or btrim(idempotency_key, E' \t\r\n') = ''
    or length(idempotency_key) > 200
    or starts_with(idempotency_key, 'pit:')
  then
    perform ops._refuse('IDKEY');
  end if;
  return idempotency_key;
end
$$;

alter function identity._check_key(text) owner to identity_service;
revoke all on function identity._check_key(text) from public;
grant execute on function identity._check_key(text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._check_key(text) is
  'Refuses keys that are blank, over 200 characters or in our own namespace, and gives the key '
  'back. Error: IDKEY.';
