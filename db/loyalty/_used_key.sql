-- What a key has made so far: a ledger entry or a request for approval. To be asked under the key's
-- lock (loyalty._claim_key), or two calls with one key would both find nothing.

create or replace function loyalty._used_key(idempotency_key text)
returns table (entry loyalty.loyalty_ledger, request loyalty.reward_request)
language sql
stable
rows 1
begin atomic
  select
    (
      select l
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino()
        and l.idempotency_key = _used_key.idempotency_key
    ),
    (
      select r
      from loyalty.reward_request as r
      where r.casino_id = identity._casino()
        and r.idempotency_key = _used_key.idempotency_key
    );
end;

alter function loyalty._used_key(text) owner to loyalty_service;
revoke all on function loyalty._used_key(text) from public;

comment on function loyalty._used_key(text) is
  'Ledger entry and request that a key made; nulls when the key is new.';
