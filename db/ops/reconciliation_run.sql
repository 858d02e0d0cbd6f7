-- That somebody looked whether the caches still agree with what they are made of, when, at how
-- much, and how many differences there were. "None" is only worth something beside the numbers of
-- what was looked at.

set local role pit_owner;

create table ops.reconciliation_run (
  casino_id integer not null references identity.casino on delete restrict,
  reconciliation_run_id uuid not null default uuidv7(),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  cause text not null,
  staff_id uuid,
  players bigint not null,
  entries bigint not null,
  cash_entries bigint not null,
  slice_no integer not null,
  drift_found integer not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, reconciliation_run_id),
  constraint cause_is_known check (cause in ('job', 'person', 'command')),
  constraint a_person_has_a_name check ((cause = 'person') = (staff_id is not null)),
  constraint it_ends_after_it_begins check (started_at <= finished_at),
  constraint counts_are_not_negative check (
    players >= 0 and entries >= 0 and cash_entries >= 0 and slice_no >= 0 and drift_found >= 0
  )
);

create index reconciliation_run_time on ops.reconciliation_run (casino_id, created_at);

alter table ops.reconciliation_run enable row level security;
alter table ops.reconciliation_run force row level security;

create policy manage_all on ops.reconciliation_run to pit_owner using (true);
create policy select_own_casino on ops.reconciliation_run for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.reconciliation_run for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.reconciliation_run for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.reconciliation_run for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.reconciliation_run to ops_service;
grant select on ops.reconciliation_run to pit_staff, pit_auditor;

create trigger reconciliation_run_is_append_only
before update or delete or truncate on ops.reconciliation_run
for each statement execute function ops._append_only('OPIMM');
alter table ops.reconciliation_run
enable always trigger reconciliation_run_is_append_only;

reset role;

comment on table ops.reconciliation_run is
  'One comparison of balances, chains and cash totals with their entries. Append-only.';
comment on column ops.reconciliation_run.cause is
  'job: the worker''s clock; person: somebody asked; command: the command line.';
comment on column ops.reconciliation_run.staff_id is 'Who asked, when a person did.';
comment on column ops.reconciliation_run.players is 'Players who have a standing or entries.';
comment on column ops.reconciliation_run.entries is 'Ledger entries that were looked at.';
comment on column ops.reconciliation_run.cash_entries is
  'Entries of the cash log that were looked at.';
comment on column ops.reconciliation_run.slice_no is
  'Which 64th of the players had every hash recomputed; the next run takes the next.';
comment on column ops.reconciliation_run.drift_found is
  'Rows of reconciliation_drift; 0 is the answer.';
