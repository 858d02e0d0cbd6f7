-- Following a request with psql: the rows that an auditor's login may read, by the id of the
-- request that wrote them. ops.trace tells the rest.

create or replace view ops.request_trail with (security_invoker = true) as
select
  a.correlation_id as request_id,
  a.created_at as happened_at,
  'audit' as kind,
  concat_ws(' ', a.action, a.details ->> 'operation', a.details ->> 'code') as what,
  a.staff_id,
  a.player_id,
  a.audit_log_id::text as row_id
from ops.audit_log as a
union all
select
  l.correlation_id, l.created_at, 'ledger entry',
  format('%s %s points', l.transaction_type, l.points_change), l.staff_id, l.player_id,
  l.entry_no::text
from loyalty.loyalty_ledger as l
union all
select
  e.correlation_id, e.created_at, 'cash entry',
  format('%s %s %s', e.entry_role, e.kind, e.direction), e.staff_id, null, e.entry_id::text
from compliance.mtl_entry as e;

alter view ops.request_trail owner to pit_owner;
grant select on ops.request_trail to pit_auditor;

comment on view ops.request_trail is
  'Rows of the audit log, the ledger and the cash log by the request that wrote them, for '
  'auditors'' logins.';
