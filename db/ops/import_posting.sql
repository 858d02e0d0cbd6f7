-- What of an import can be posted, in the order of posting: by player, and for each player by date
-- and id. The position is what a chunk begins with and a crashed import resumes at. It stays, as
-- the way from a row to its ledger entry.

set local role pit_owner;

create table ops.import_posting (
  casino_id integer not null,
  import_batch_id uuid not null,
  position bigint not null,
  file text not null,
  row_no integer not null,
  player_id uuid not null,
  points_change bigint not null,
  reason text,
  occurred_at timestamptz not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  primary key (casino_id, import_batch_id, position)
);

alter table ops.import_posting enable row level security;
alter table ops.import_posting force row level security;

create policy manage_all on ops.import_posting to pit_owner using (true);
create policy serve_own_casino on ops.import_posting for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_posting for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_posting to ops_service;

create trigger import_posting_is_append_only
before update or delete or truncate on ops.import_posting
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_posting enable always trigger import_posting_is_append_only;

reset role;

comment on table ops.import_posting is
  'A row of an import that passed the checks that need no balance, and its place in the order.';
comment on column ops.import_posting.position is '1, 2, 3 … in the batch: player, date, id.';
comment on column ops.import_posting.idempotency_key is
  'Of the ledger entry: pit:import, the file and the legacy id, and the round after an undoing.';
comment on column ops.import_posting.request_fingerprint is 'SHA-256 of the file and its values.';
