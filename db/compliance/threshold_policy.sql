-- From which cash a casino logs and reports: effective-dated versions, never changed. The
-- reporting threshold is that of 31 CFR 1021.311.

set local role pit_owner;

create table compliance.threshold_policy (
  casino_id integer not null references identity.casino on delete restrict,
  effective_from timestamptz not null,
  log_floor numeric(14, 2) not null,
  ctr_threshold numeric(14, 2) not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, effective_from),
  constraint thresholds_are_in_order check (log_floor > 0 and ctr_threshold >= log_floor)
);

alter table compliance.threshold_policy enable row level security;
alter table compliance.threshold_policy force row level security;

create policy manage_all on compliance.threshold_policy to pit_owner using (true);
create policy serve_own_casino on compliance.threshold_policy for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.threshold_policy for insert to compliance_service
with check (casino_id = identity._casino());

create policy select_own_casino on compliance.threshold_policy for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.threshold_policy for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));

grant select, insert on compliance.threshold_policy to compliance_service;
grant select on compliance.threshold_policy to pit_staff, pit_auditor;

create trigger threshold_policy_is_append_only
before update or delete or truncate on compliance.threshold_policy
for each statement execute function ops._append_only('OPIMM');
alter table compliance.threshold_policy
enable always trigger threshold_policy_is_append_only;

reset role;

comment on table compliance.threshold_policy is
  'Cash thresholds of a casino. Never changed: a change is a new version with a later date.';
comment on column compliance.threshold_policy.log_floor is
  'Dollars in one direction and gaming day from which a patron is watched.';
comment on column compliance.threshold_policy.ctr_threshold is
  'Dollars in one direction and gaming day above which a report must be filed.';
comment on column compliance.threshold_policy.effective_from is
  'In force from then on, until the next version; the first from -infinity.';
