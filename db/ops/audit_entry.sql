-- A line of the audit log as it is searched: names of staff beside their ids, and what a refusal
-- was about.

create type ops.audit_entry as (
  audit_log_id uuid,
  happened_at timestamptz,
  action text,
  staff_id uuid,
  staff_name text,
  login_name text,
  subject_staff_id uuid,
  subject_name text,
  player_id uuid,
  session_id uuid,
  operation text,
  code text,
  details jsonb,
  correlation_id text
);

alter type ops.audit_entry owner to pit_owner;

comment on type ops.audit_entry is
  'One line of the audit log: who, in which session, did or was refused what, to whom.';
