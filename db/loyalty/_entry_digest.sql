-- The canonical text of what an entry says, as a SHA-256. A JSON array is unambiguous whatever
-- the texts contain; times are microseconds since 1970, so no setting changes the text.

create or replace function loyalty._entry_digest(entry loyalty.loyalty_ledger) returns bytea
language sql
stable
return sha256(convert_to(
  json_build_array(
    entry.casino_id, entry.player_id, entry.transaction_type, entry.event_type, entry.source,
    entry.points_change, entry.rating_slip_id, entry.visit_id, entry.reverses_entry_no,
    entry.reason, entry.staff_id, entry.approved_by, entry.correlation_id,
    entry.idempotency_key, encode(entry.request_fingerprint, 'hex'),
    (entry.gaming_day - date '1970-01-01'),
    (extract(epoch from entry.occurred_at) * 1000000)::bigint,
    (extract(epoch from entry.created_at) * 1000000)::bigint
  )::text,
  'UTF8'
));

alter function loyalty._entry_digest(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._entry_digest(loyalty.loyalty_ledger) from public;

comment on function loyalty._entry_digest(loyalty.loyalty_ledger) is
  'SHA-256 of an entry''s own content: a JSON array of casino, player, transaction type, event '
  'type, source, points, slip, visit, reversed entry, reason, staff, approver, correlation id, '
  'key, fingerprint (hex), gaming day (days since 1970), occurred and created (microseconds).';
