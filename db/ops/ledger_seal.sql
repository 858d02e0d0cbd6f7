-- The seal of a gaming day commits to the newest entry of every player: the root of a Merkle tree
-- over all of them, chained to the seal before. A copy of this one line, kept somewhere else, shows
-- whatever is changed afterwards in anything that was written before, whoever changes it.

set local role pit_owner;

create table ops.ledger_seal (
  casino_id integer not null references identity.casino on delete restrict,
  gaming_day date not null,
  sealed_at timestamptz not null,
  players bigint not null,
  entries bigint not null,
  merkle_root bytea not null,
  previous_seal bytea not null,
  seal bytea not null,
  sealed_by uuid,
  correlation_id text not null,
  primary key (casino_id, gaming_day),
  constraint hashes_are_sha256 check (
    octet_length(merkle_root) = 32 and octet_length(previous_seal) = 32
    and octet_length(seal) = 32
  ),
  constraint counts_are_not_negative check (players >= 0 and entries >= players)
);

alter table ops.ledger_seal enable row level security;
alter table ops.ledger_seal force row level security;

create policy manage_all on ops.ledger_seal to pit_owner using (true);
create policy select_own_casino on ops.ledger_seal for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.ledger_seal for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.ledger_seal for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.ledger_seal for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.ledger_seal to ops_service;
grant select on ops.ledger_seal to pit_staff, pit_auditor;

create trigger ledger_seal_is_append_only
before update or delete or truncate on ops.ledger_seal
for each statement execute function ops._append_only('OPIMM');
alter table ops.ledger_seal enable always trigger ledger_seal_is_append_only;

reset role;

comment on table ops.ledger_seal is
  'One line for each sealed gaming day, from which the whole ledger up to then can be checked.';
comment on column ops.ledger_seal.sealed_at is
  'When it was sealed: it covers every entry written until then, of whatever gaming day.';
comment on column ops.ledger_seal.players is 'Leaves of the tree: players who have entries.';
comment on column ops.ledger_seal.entries is 'Entries that are covered: the sum of their numbers.';
comment on column ops.ledger_seal.merkle_root is
  'Root of the tree over all players'' newest entries (RFC 9162), in the order of player_id.';
comment on column ops.ledger_seal.previous_seal is
  'seal of the day sealed before; SHA-256 of nothing for the first.';
comment on column ops.ledger_seal.seal is 'SHA-256 over previous_seal and this line''s text.';
comment on column ops.ledger_seal.sealed_by is 'Who sealed it; null for the nightly job.';
