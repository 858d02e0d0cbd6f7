-- An attempt to post a quarantined row after all, with corrected values or as it is (when a player
-- was enrolled meanwhile, say), who made it and what came of it. A row is settled by the attempt
-- that succeeds.

set local role pit_owner;

create table ops.import_retry (
  casino_id integer not null,
  import_quarantine_id uuid not null,
  retry_no integer not null,
  fields text[],
  note text,
  outcome text not null,
  reason text,
  player_id uuid,
  idempotency_key text,
  staff_id uuid,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  posted boolean,
  primary key (casino_id, import_quarantine_id, retry_no),
  foreign key (casino_id, import_quarantine_id) references ops.import_quarantine
  on delete restrict,
  constraint outcome_is_settled_or_quarantined check (outcome in ('settled', 'quarantined')),
  constraint only_what_stays_has_a_reason check ((outcome = 'quarantined') = (reason is not null)),
  constraint a_correction_has_a_note check (fields is null or note is not null)
);

create unique index row_is_settled_once on ops.import_retry (casino_id, import_quarantine_id)
where outcome = 'settled';
create index import_retry_request on ops.import_retry (casino_id, correlation_id);

alter table ops.import_retry enable row level security;
alter table ops.import_retry force row level security;

create policy manage_all on ops.import_retry to pit_owner using (true);
create policy serve_own_casino on ops.import_retry for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_retry for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_retry to ops_service;

create trigger import_retry_is_append_only
before update or delete or truncate on ops.import_retry
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_retry enable always trigger import_retry_is_append_only;

reset role;

comment on table ops.import_retry is 'An attempt to post a quarantined row.';
comment on column ops.import_retry.fields is 'The corrected values; null: as the row was.';
comment on column ops.import_retry.outcome is
  'settled: posted, or found posted; quarantined: it stays, for the reason given.';
comment on column ops.import_retry.posted is
  'Whether it made the ledger entry, which then has its correlation id; null: written before that '
  'was told apart.';
comment on column ops.import_retry.staff_id is 'Who tried; null: the owner''s command line.';
