-- When somebody looked whether everything agrees, in plain words, for an auditor with psql.
-- Differences are in the view of that name.

create or replace view ops.reconciliations with (security_invoker = true) as
select
  r.reconciliation_run_id as reconciliation_id,
  r.started_at,
  r.finished_at,
  r.cause,
  r.staff_id as asked_by,
  r.players,
  r.entries,
  r.cash_entries,
  r.drift_found as differences,
  r.correlation_id as request_id
from ops.reconciliation_run as r;

alter view ops.reconciliations owner to pit_owner;
grant select on ops.reconciliations to pit_auditor;

comment on view ops.reconciliations is
  'Every reconciliation and how many differences it found, for auditors'' logins.';
