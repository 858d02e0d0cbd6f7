-- What reconciliations found, in plain words, for an auditor with psql: whose, what it should have
-- been, what it was.

create or replace view ops.differences with (security_invoker = true) as
select
  r.started_at as found_at,
  d.reconciliation_run_id as reconciliation_id,
  d.drift_no as difference_no,
  d.subject,
  d.player_id,
  d.patron_id,
  d.gaming_day,
  d.entry_no,
  d.entry_id,
  d.what,
  d.expected,
  d.actual
from ops.reconciliation_drift as d
join ops.reconciliation_run as r
  on r.casino_id = d.casino_id and r.reconciliation_run_id = d.reconciliation_run_id;

alter view ops.differences owner to pit_owner;
grant select on ops.differences to pit_auditor;

comment on view ops.differences is
  'Every difference that a reconciliation found, for auditors'' logins.';
