-- The canonical form of what an entry says: the binary form in which PostgreSQL sends a row, with
-- the type and the length of every value, so that no two entries share one and no setting of a
-- session changes it. Domains are sent as the texts they are. One expression of fast functions,
-- because verifying a ledger computes it for every entry (docs/decisions/0011).

create or replace function loyalty._entry_content(
  casino_id integer,
  player_id uuid,
  entry_no bigint,
  transaction_type text,
  event_type text,
  source text,
  points_change bigint,
  balance_before bigint,
  balance_after bigint,
  tier_before text,
  tier_after text,
  rating_slip_id uuid,
  visit_id uuid,
  reverses_entry_no bigint,
  reason text,
  staff_id uuid,
  approved_by uuid,
  correlation_id text,
  idempotency_key text,
  request_fingerprint bytea,
  gaming_day date,
  occurred_at timestamptz,
  created_at timestamptz
) returns bytea
language sql
stable
parallel safe
return record_send(row(
  casino_id, player_id, entry_no, transaction_type, event_type, source, points_change,
  balance_before, balance_after, tier_before, tier_after, rating_slip_id, visit_id,
  reverses_entry_no, reason, staff_id, approved_by, correlation_id, idempotency_key,
  request_fingerprint, gaming_day, occurred_at, created_at
));

alter function loyalty._entry_content(
  integer, uuid, bigint, text, text, text, bigint, bigint, bigint, text, text, uuid, uuid, bigint,
  text, uuid, uuid, text, text, bytea, date, timestamptz, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._entry_content(
  integer, uuid, bigint, text, text, text, bigint, bigint, bigint, text, text, uuid, uuid, bigint,
  text, uuid, uuid, text, text, bytea, date, timestamptz, timestamptz
) from public;

comment on function loyalty._entry_content(
  integer, uuid, bigint, text, text, text, bigint, bigint, bigint, text, text, uuid, uuid, bigint,
  text, uuid, uuid, text, text, bytea, date, timestamptz, timestamptz
) is
  'All columns of an entry but its hashes, in the table''s order, as PostgreSQL sends a row: how '
  'many values, then for each its type''s OID, its length (-1: null) and its bytes, all numbers '
  'big endian.';
