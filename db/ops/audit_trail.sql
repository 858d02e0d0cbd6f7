-- The audit log in plain words, for an auditor with psql: also refusals, changes of permissions and
-- the auditors' own looks at personal data.

create or replace view ops.audit_trail with (security_invoker = true) as
select
  a.created_at as happened_at,
  a.action,
  a.staff_id,
  a.login_name,
  a.player_id,
  a.details,
  a.correlation_id as request_id,
  a.session_id,
  a.subject_staff_id
from ops.audit_log as a;

alter view ops.audit_trail owner to pit_owner;
grant select on ops.audit_trail to pit_auditor;

comment on view ops.audit_trail is
  'Who did, read or was refused what, for auditors'' logins.';
