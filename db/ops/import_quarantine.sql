-- A row that couldn't be posted, and why. It stays quarantined on later imports; only a retry
-- (ops.import_retry) tries it again.

set local role pit_owner;

create table ops.import_quarantine (
  casino_id integer not null,
  import_quarantine_id uuid not null default uuidv7(),
  import_batch_id uuid not null,
  file text not null,
  row_no integer not null,
  legacy_id text not null,
  reason text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, import_quarantine_id),
  foreign key (casino_id, import_batch_id, file, row_no) references ops.import_row
  on delete restrict,
  constraint row_is_quarantined_once unique (casino_id, import_batch_id, file, row_no),
  constraint reason_is_known check (
    reason = any (
      '{IDEMPOTENCY_CONFLICT,INVALID_TYPE,INVALID_POINTS,INVALID_DATE,PLAYER_NOT_FOUND,'
      'DUPLICATE_SLIP,INSUFFICIENT_BALANCE,INVALID_PLAYER}'
    )
  )
);

create index import_quarantine_keys on ops.import_quarantine (casino_id, idempotency_key);

alter table ops.import_quarantine enable row level security;
alter table ops.import_quarantine force row level security;

create policy manage_all on ops.import_quarantine to pit_owner using (true);
create policy serve_own_casino on ops.import_quarantine for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_quarantine for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_quarantine to ops_service;

create trigger import_quarantine_is_append_only
before update or delete or truncate on ops.import_quarantine
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_quarantine enable always trigger import_quarantine_is_append_only;

reset role;

comment on table ops.import_quarantine is 'A row of an import that couldn''t be posted.';
comment on column ops.import_quarantine.legacy_id is
  'The legacy system''s id of the entry or slip; of a player the card.';
comment on column ops.import_quarantine.reason is
  'The first of its reasons, in the order in which they are tested.';
