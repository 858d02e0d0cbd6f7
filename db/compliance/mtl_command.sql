-- Commands of compliance carry an idempotency key; this table remembers which key did what, as
-- floor.command does on the floor. A command may write nothing that could carry its key: a money
-- play of what rides already, or leaving a table.

set local role pit_owner;

create table compliance.mtl_command (
  casino_id integer not null references identity.casino on delete restrict,
  idempotency_key text not null,
  command text not null,
  request_fingerprint bytea not null,
  patron_id uuid,
  entry_id uuid,
  link_id uuid,
  note_id uuid,
  gaming_day date,
  recorded_amount numeric(14, 2),
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, idempotency_key)
);

-- Follows a request to its rows (ops.trace). A Bloom filter for each range of pages, because it
-- costs the write path next to nothing.
create index mtl_command_request on compliance.mtl_command
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table compliance.mtl_command enable row level security;
alter table compliance.mtl_command force row level security;

create policy manage_all on compliance.mtl_command to pit_owner using (true);
create policy serve_own_casino on compliance.mtl_command for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.mtl_command for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.mtl_command to compliance_service;

create trigger mtl_command_is_append_only
before update or delete or truncate on compliance.mtl_command
for each statement execute function ops._append_only('OPIMM');
alter table compliance.mtl_command enable always trigger mtl_command_is_append_only;

reset role;

comment on table compliance.mtl_command is
  'Which idempotency key did what in compliance, so that a repeated command has one effect.';
comment on column compliance.mtl_command.request_fingerprint is
  'SHA-256 of command and arguments: tells a repetition from another request with the same key.';
comment on column compliance.mtl_command.entry_id is
  'The entry written: the original, or of a correction its offset; null when nothing was written.';
comment on column compliance.mtl_command.gaming_day is 'Gaming day of what was recorded.';
comment on column compliance.mtl_command.recorded_amount is
  'What counted: the amount, of a money play the increase, which may be 0. Of leaves_table: what '
  'rode until then.';
