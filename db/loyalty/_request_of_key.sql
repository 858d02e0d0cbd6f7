-- For an import, which may not read the ledger: what a key was used for, so that a row that can't
-- be posted is still known when it was posted before.

create or replace function loyalty._request_of_key(idempotency_key text) returns bytea
language sql
stable
parallel safe
security definer
set search_path = ''
return (
  select l.request_fingerprint
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = _request_of_key.idempotency_key
);

alter function loyalty._request_of_key(text) owner to loyalty_service;
revoke all on function loyalty._request_of_key(text) from public;
grant execute on function loyalty._request_of_key(text) to ops_service;

comment on function loyalty._request_of_key(text) is
  'Fingerprint of the request that made the key''s ledger entry; null when the key is new.';
