-- Which entry of a player a seal commits to, for players who have newer ones than in the seal
-- before; everybody else's leaf is the one of an earlier seal. So a sealed tree can be put together
-- again, and what no longer fits it has a name.

set local role pit_owner;

create table ops.ledger_seal_leaf (
  casino_id integer not null,
  gaming_day date not null,
  player_id uuid not null,
  entry_no bigint not null,
  entry_hash bytea not null,
  primary key (casino_id, gaming_day, player_id),
  foreign key (casino_id, gaming_day) references ops.ledger_seal on delete restrict,
  constraint leaf_is_an_entry check (entry_no > 0 and octet_length(entry_hash) = 32)
);

create index ledger_seal_leaf_player on ops.ledger_seal_leaf (casino_id, player_id, entry_no);

alter table ops.ledger_seal_leaf enable row level security;
alter table ops.ledger_seal_leaf force row level security;

create policy manage_all on ops.ledger_seal_leaf to pit_owner using (true);
create policy audit_own_casino on ops.ledger_seal_leaf for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.ledger_seal_leaf for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.ledger_seal_leaf for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.ledger_seal_leaf to ops_service;
grant select on ops.ledger_seal_leaf to pit_auditor;

create trigger ledger_seal_leaf_is_append_only
before update or delete or truncate on ops.ledger_seal_leaf
for each statement execute function ops._append_only('OPIMM');
alter table ops.ledger_seal_leaf enable always trigger ledger_seal_leaf_is_append_only;

reset role;

comment on table ops.ledger_seal_leaf is
  'The newest entry of each player who had new ones at a seal: the tree''s leaves.';
comment on column ops.ledger_seal_leaf.entry_no is
  'Number of that entry: all before it are sealed.';
