-- First step of every command on points: takes the key's lock, so that calls with one key come
-- one after the other, and looks whether the key was used. 50 calls at once make one entry and
-- 49 replays; the same key for another request is refused.

create function loyalty._claim_key(
  actor identity.actor,
  idempotency_key text,
  fingerprint bytea
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result loyalty.ledger_result;
  v_entry loyalty.loyalty_ledger;
  v_request loyalty.reward_request;
begin
  perform pg_advisory_xact_lock(hashtextextended(idempotency_key, actor.casino_id));

  select * into v_entry
  from loyalty.loyalty_ledger as l
  where l.casino_id = actor.casino_id and l.idempotency_key = _claim_key.idempotency_key;
  if found then
    if v_entry.request_fingerprint <> fingerprint then
      perform ops._refuse('LYIDM');
    end if;
    return loyalty._ledger_result(v_entry, null, true);
  end if;

  select * into v_request
  from loyalty.reward_request as r
  where r.casino_id = actor.casino_id and r.idempotency_key = _claim_key.idempotency_key;
  if found then
    if v_request.request_fingerprint <> fingerprint then
      perform ops._refuse('LYIDM');
    end if;
    return loyalty._ledger_result(null, v_request, true);
  end if;
  return v_result;
end
$$;

alter function loyalty._claim_key(identity.actor, text, bytea) owner to loyalty_service;
revoke all on function loyalty._claim_key(identity.actor, text, bytea) from public;

comment on function loyalty._claim_key(identity.actor, text, bytea) is
  'Locks a key until the transaction ends and gives its first result with replayed = true, or a '
  'row of nulls when the key is new. Error: LYIDM.';
