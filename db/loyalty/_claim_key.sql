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
  v_result loyalty.ledger_result;
begin
  select
    (
      select l
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino()
        and l.idempotency_key = _claim_key.idempotency_key
    ),
    (
      select r
      from loyalty.reward_request as r
      where r.casino_id = identity._casino()
        and r.idempotency_key = _claim_key.idempotency_key
    )
  into v_result.ledger_entry, v_result.reward_request;

  v_result.replayed := fingerprint = coalesce(
    (v_result.ledger_entry).request_fingerprint,
    (v_result.reward_request).request_fingerprint
  );
  if not v_result.replayed then
    perform ops._refuse('LYIDM');
  end if;
  if v_result.replayed then
    select p.current_balance, p.tier, p.tier_progress
    into v_result.current_balance, v_result.tier, v_result.tier_progress
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino()
      and p.player_id = coalesce(
        (v_result.ledger_entry).player_id, (v_result.reward_request).player_id
      );
  end if;
  return v_result;
end
$$;

alter function loyalty._claim_key(identity.actor, text, bytea) owner to loyalty_service;
revoke all on function loyalty._claim_key(identity.actor, text, bytea) from public;

comment on function loyalty._claim_key(identity.actor, text, bytea) is
  'Locks a key until the transaction ends and gives its first result with replayed = true, or a '
  'row of nulls when the key is new. Error: LYIDM.';
