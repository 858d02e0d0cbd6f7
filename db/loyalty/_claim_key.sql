-- First step of every command on points: takes the key's lock, so that calls with one key come
-- one after the other, and looks whether the key was used. 50 calls at once make one entry and
-- 49 replays; the same key for another request is refused.

create or replace function loyalty._claim_key(
  actor identity.actor,
  idempotency_key text,
  fingerprint bytea
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, idempotency_key);
  v_used record;
begin
  select u.entry, u.request into v_used
  from loyalty._used_key(_claim_key.idempotency_key) as u;
  if v_used.entry is distinct from null or v_used.request is distinct from null then
    return loyalty._first_result(v_used.entry, v_used.request, fingerprint);
  end if;
  return null;
end
$$;

alter function loyalty._claim_key(identity.actor, text, bytea) owner to loyalty_service;
revoke all on function loyalty._claim_key(identity.actor, text, bytea) from public;

comment on function loyalty._claim_key(identity.actor, text, bytea) is
  'Locks a key until the transaction ends and gives its first result with replayed = true, or a '
  'row of nulls when the key is new. Error: LYIDM.';
