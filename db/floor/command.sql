-- Floor commands carry an idempotency key; this table remembers which key did what. A key with
-- the same request gives the first result again, with another request it is refused. (The ledger
-- remembers its own keys; see docs/decisions for why floor keeps them beside its tables.)

set local role pit_owner;

create table floor.command (
  casino_id integer not null references identity.casino on delete restrict,
  idempotency_key text not null,
  command text not null,
  request_fingerprint bytea not null,
  player_id uuid,
  visit_id uuid,
  rating_slip_id uuid,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, idempotency_key)
);

-- Follows a request to its rows (ops.trace). A Bloom filter for each range of pages, because it
-- costs the write path next to nothing.
create index command_request on floor.command
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table floor.command enable row level security;
alter table floor.command force row level security;

create policy manage_all on floor.command to pit_owner using (true);
create policy serve_own_casino on floor.command for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.command for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.command to floor_service;

create trigger command_is_append_only
before update or delete or truncate on floor.command
for each statement execute function ops._append_only('OPIMM');
alter table floor.command enable always trigger command_is_append_only;

reset role;

comment on table floor.command is
  'Which idempotency key did what on the floor, so that a repeated command has one effect.';
comment on column floor.command.request_fingerprint is
  'SHA-256 of command and arguments: tells a repetition from another request with the same key.';
