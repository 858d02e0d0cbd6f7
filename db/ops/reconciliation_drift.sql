-- One difference that a reconciliation found: whose, what it should be and what it was. It stays
-- when it has been repaired, so that nobody can say it was never there.

set local role pit_owner;

create table ops.reconciliation_drift (
  casino_id integer not null,
  reconciliation_run_id uuid not null,
  drift_no integer not null,
  subject text not null,
  player_id uuid,
  patron_id uuid,
  gaming_day date,
  entry_no bigint,
  entry_id uuid,
  what text not null,
  expected text,
  actual text,
  primary key (casino_id, reconciliation_run_id, drift_no),
  foreign key (casino_id, reconciliation_run_id) references ops.reconciliation_run
  on delete restrict,
  constraint subject_is_known check (subject in ('loyalty', 'terms', 'cash')),
  constraint loyalty_names_a_player check (subject <> 'loyalty' or player_id is not null),
  constraint cash_names_a_patron check (subject <> 'cash' or patron_id is not null),
  constraint expected_and_actual_differ check (expected is distinct from actual)
);

create index reconciliation_drift_player on ops.reconciliation_drift (casino_id, player_id)
where player_id is not null;

alter table ops.reconciliation_drift enable row level security;
alter table ops.reconciliation_drift force row level security;

create policy manage_all on ops.reconciliation_drift to pit_owner using (true);
create policy select_own_casino on ops.reconciliation_drift for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.reconciliation_drift for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.reconciliation_drift for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.reconciliation_drift for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.reconciliation_drift to ops_service;
grant select on ops.reconciliation_drift to pit_staff, pit_auditor;

create trigger reconciliation_drift_is_append_only
before update or delete or truncate on ops.reconciliation_drift
for each statement execute function ops._append_only('OPIMM');
alter table ops.reconciliation_drift
enable always trigger reconciliation_drift_is_append_only;

reset role;

comment on table ops.reconciliation_drift is
  'A difference that a reconciliation found, with what it expected. Append-only.';
comment on column ops.reconciliation_drift.drift_no is '1, 2, 3 … for each run.';
comment on column ops.reconciliation_drift.subject is
  'loyalty: standings and ledger; terms: the copy of limits and tiers, which is nobody''s; cash: '
  'the cash log, its totals and cases.';
comment on column ops.reconciliation_drift.player_id is
  'Whose, when it is an enrolled player.';
comment on column ops.reconciliation_drift.patron_id is 'Whose, in the cash log.';
comment on column ops.reconciliation_drift.gaming_day is 'Which day''s total, case or entry.';
comment on column ops.reconciliation_drift.entry_no is
  'The ledger entry; for a standing the newest entry in the ledger.';
comment on column ops.reconciliation_drift.entry_id is 'The entry of the cash log.';
comment on column ops.reconciliation_drift.what is
  'What differs: the column, or standing, entries, entry, terms, day, case.';
comment on column ops.reconciliation_drift.expected is
  'What the entries, or the versions of the rules, say it should be.';
comment on column ops.reconciliation_drift.actual is 'What was found.';
