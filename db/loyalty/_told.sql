-- What the log of the gateway and the worker says of a ledger entry, for calls whose result has no
-- room for the entry itself: ids and numbers, never a reason or a key.

create or replace function loyalty._told(entry loyalty.loyalty_ledger) returns jsonb
language sql
stable
return jsonb_build_object(
  'outcome', 'awarded',
  'event_type', entry.event_type,
  'transaction_type', entry.transaction_type,
  'player_id', entry.player_id,
  'delta_points', entry.points_change::text,
  'balance_before', entry.balance_before::text,
  'balance_after', entry.balance_after::text,
  'tier_before', entry.tier_before,
  'tier_after', entry.tier_after
);

alter function loyalty._told(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._told(loyalty.loyalty_ledger) from public;
grant execute on function loyalty._told(loyalty.loyalty_ledger) to floor_service, ops_service;

comment on function loyalty._told(loyalty.loyalty_ledger) is
  'A posted entry as the fields of a log line.';
