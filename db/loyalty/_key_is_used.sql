-- Whether a key stands in the ledger or on a request: the cheap half of loyalty._claim_key, part
-- of whatever statement asks. The caller holds the key's lock.

create function loyalty._key_is_used(idempotency_key text) returns boolean
language sql
stable
return exists (
  select
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = _key_is_used.idempotency_key
) or exists (
  select
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.idempotency_key = _key_is_used.idempotency_key
);

alter function loyalty._key_is_used(text) owner to loyalty_service;
revoke all on function loyalty._key_is_used(text) from public;

comment on function loyalty._key_is_used(text) is
  'True when a ledger entry or a reward request of the running casino has this key.';
