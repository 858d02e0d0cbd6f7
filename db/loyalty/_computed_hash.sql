-- The hash that an entry of the ledger should have, from what it says: for whoever verifies.
-- Becomes part of the query that asks, so that it costs no call and parallel workers share it.

create or replace function loyalty._computed_hash(entry loyalty.loyalty_ledger) returns bytea
language sql
stable
parallel safe
return loyalty._entry_hash(
  entry.previous_hash,
  loyalty._entry_content(
    entry.casino_id, entry.player_id, entry.entry_no, entry.transaction_type, entry.event_type,
    entry.source, entry.points_change, entry.balance_before, entry.balance_after,
    entry.tier_before, entry.tier_after, entry.rating_slip_id, entry.visit_id,
    entry.reverses_entry_no, entry.reason, entry.staff_id, entry.approved_by,
    entry.correlation_id, entry.idempotency_key, entry.request_fingerprint, entry.gaming_day,
    entry.occurred_at, entry.created_at
  )
);

alter function loyalty._computed_hash(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._computed_hash(loyalty.loyalty_ledger) from public;

comment on function loyalty._computed_hash(loyalty.loyalty_ledger) is
  'The hash over an entry''s previous_hash and content, computed anew.';
