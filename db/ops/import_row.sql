-- Every row of a legacy export as it was read, before anybody judges it: so nothing is lost, and
-- what became of it can be traced to its text. No foreign key: it would cost a look-up a row, and
-- batches are never deleted.

set local role pit_owner;

create table ops.import_row (
  casino_id integer not null,
  import_batch_id uuid not null,
  file text not null,
  row_no integer not null,
  raw text not null,
  fields text[],
  constraint row_is_staged_once primary key (casino_id, import_batch_id, file, row_no),
  constraint file_is_known check (file = any ('{players,history,slips,balances}'))
);

alter table ops.import_row enable row level security;
alter table ops.import_row force row level security;

create policy manage_all on ops.import_row to pit_owner using (true);
create policy serve_own_casino on ops.import_row for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_row for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_row to ops_service;

create trigger import_row_is_append_only
before update or delete or truncate on ops.import_row
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_row enable always trigger import_row_is_append_only;

reset role;

comment on table ops.import_row is 'A row of a legacy export, as it was read.';
comment on column ops.import_row.file is 'players, history, slips or balances.';
comment on column ops.import_row.row_no is
  'Its place in its file; the first after the header is 1.';
comment on column ops.import_row.raw is 'Its text, as it stands in the file.';
comment on column ops.import_row.fields is
  'Its values, in the order in which docs/how-to/import-a-legacy-system.md names the columns; '
  'null: what stands between the commas of its text.';
