-- An entry that is to be posted in bulk: what the caller says of it. Number, balances, tiers,
-- gaming day and hashes are loyalty._post_entries' business.

create type loyalty.entry_draft as (
  player_id uuid,
  transaction_type loyalty.transaction_type,
  event_type text,
  source loyalty.entry_source,
  points_change bigint,
  rating_slip_id uuid,
  visit_id uuid,
  reverses_entry_no bigint,
  reason text,
  staff_id uuid,
  approved_by uuid,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz
);

alter type loyalty.entry_draft owner to pit_owner;

comment on type loyalty.entry_draft is 'A ledger entry before it is posted in bulk.';
