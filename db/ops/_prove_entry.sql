-- A proof that an entry is in the sealed ledger, for somebody who has nothing but a seal: the entry
-- itself, the links of the chain to the player's sealed entry, the way from there to the root of
-- the tree, and the seal. docs/how-to/prove-an-entry.md has the script that checks it. Times and
-- numbers are texts, so that no program rounds them.

create or replace function ops._prove_entry(player_id uuid, entry_no bigint) returns json
language plpgsql
stable
set search_path = ''
as $$
declare
  v_chain record;
  v_entry loyalty.loyalty_ledger;
  v_sealed ops.ledger_seal_leaf;
  v_seal ops.ledger_seal;
  v_leaves bytea[];
  v_leaf_no bigint;
begin
  select l.* into v_sealed
  from ops.ledger_seal_leaf as l
  where l.casino_id = identity._casino()
    and l.player_id = _prove_entry.player_id
    and l.entry_no >= _prove_entry.entry_no
  order by l.entry_no, l.gaming_day
  limit 1;
  v_chain := loyalty._chain_links(
    _prove_entry.player_id, _prove_entry.entry_no,
    coalesce(v_sealed.entry_no, _prove_entry.entry_no)
  );
  v_entry := v_chain.entry;
  if v_entry.entry_no is distinct from _prove_entry.entry_no then
    perform ops._refuse('LYENT');
  end if;
  if v_sealed.entry_no is null then
    perform ops._refuse('OPNSL', array[_prove_entry.entry_no::text]);
  end if;

  select s.* into v_seal
  from ops.ledger_seal as s
  where s.casino_id = identity._casino() and s.gaming_day = v_sealed.gaming_day;
  select
    array_agg(l.leaf order by l.leaf_no),
    max(l.leaf_no) filter (where l.player_id = _prove_entry.player_id)
  into v_leaves, v_leaf_no
  from ops._sealed_leaves(v_sealed.gaming_day) as l;

  return json_build_object(
    'format', 'pitledger-proof-1',
    'entry', json_build_object(
      'casinoId', v_entry.casino_id,
      'playerId', v_entry.player_id,
      'entryNo', v_entry.entry_no::text,
      'transactionType', v_entry.transaction_type,
      'eventType', v_entry.event_type,
      'source', v_entry.source,
      'pointsChange', v_entry.points_change::text,
      'balanceBefore', v_entry.balance_before::text,
      'balanceAfter', v_entry.balance_after::text,
      'tierBefore', v_entry.tier_before,
      'tierAfter', v_entry.tier_after,
      'ratingSlipId', v_entry.rating_slip_id,
      'visitId', v_entry.visit_id,
      'reversesEntryNo', v_entry.reverses_entry_no::text,
      'reason', v_entry.reason,
      'staffId', v_entry.staff_id,
      'approvedBy', v_entry.approved_by,
      'correlationId', v_entry.correlation_id,
      'idempotencyKey', v_entry.idempotency_key,
      'requestFingerprint', encode(v_entry.request_fingerprint, 'hex'),
      'gamingDay', v_entry.gaming_day,
      'occurredAt', (extract(epoch from v_entry.occurred_at) * 1000000)::bigint::text,
      'createdAt', (extract(epoch from v_entry.created_at) * 1000000)::bigint::text
    ),
    'previousHash', encode(v_entry.previous_hash, 'hex'),
    'laterEntries', coalesce(
      (select json_agg(encode(c, 'hex')) from unnest(v_chain.contents) as c), '[]'
    ),
    'leaf', json_build_object(
      'entryNo', v_sealed.entry_no::text,
      'leafNo', v_leaf_no::text,
      'path', (
        select coalesce(json_agg(encode(h, 'hex')), '[]')
        from unnest(ops._merkle_path(v_leaves, v_leaf_no)) as h
      )
    ),
    'seal', json_build_object(
      'gamingDay', v_seal.gaming_day,
      'sealedAt', (extract(epoch from v_seal.sealed_at) * 1000000)::bigint::text,
      'players', v_seal.players::text,
      'entries', v_seal.entries::text,
      'merkleRoot', encode(v_seal.merkle_root, 'hex'),
      'previousSeal', encode(v_seal.previous_seal, 'hex'),
      'seal', encode(v_seal.seal, 'hex')
    )
  );
end
$$;

alter function ops._prove_entry(uuid, bigint) owner to ops_service;
revoke all on function ops._prove_entry(uuid, bigint) from public;

comment on function ops._prove_entry(uuid, bigint) is
  'What ops.prove_entry gives, for the running call''s casino.';
