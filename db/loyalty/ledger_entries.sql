-- The ledger in plain words, for an auditor with psql: who got or lost how many points, when, why
-- and by whom. Players and staff are ids; floor.read_player tells who somebody is.

create or replace view loyalty.ledger_entries with (security_invoker = true) as
select
  l.player_id,
  l.entry_no,
  l.gaming_day,
  l.occurred_at as happened_at,
  l.created_at as written_at,
  l.transaction_type as kind,
  l.event_type as cause,
  l.source,
  l.points_change as points,
  l.balance_before,
  l.balance_after,
  l.tier_before,
  l.tier_after,
  l.reverses_entry_no,
  l.reason,
  l.staff_id as given_by,
  l.approved_by,
  l.rating_slip_id,
  l.visit_id,
  l.correlation_id as request_id
from loyalty.loyalty_ledger as l;

alter view loyalty.ledger_entries owner to pit_owner;
grant select on loyalty.ledger_entries to pit_auditor;

comment on view loyalty.ledger_entries is
  'Every change of points, for auditors'' logins.';
