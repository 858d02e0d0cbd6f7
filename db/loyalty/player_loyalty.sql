-- A player's standing: a cache of the ledger, kept in the ledger's own transactions, so that the
-- difference is always zero. The row is also the lock under which a player's entries are
-- numbered and chained. It has no index on the balance and free space on its pages, so that an
-- update stays on its page (HOT).

set local role pit_owner;

create table loyalty.player_loyalty (
  casino_id integer not null,
  player_id uuid not null,
  current_balance bigint not null default 0,
  lifetime_points bigint not null default 0,
  tier text not null,
  tier_progress integer not null default 0,
  last_entry_no bigint not null default 0,
  last_entry_hash bytea not null default sha256(''),
  updated_at timestamptz not null default now(),
  primary key (casino_id, player_id),
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  constraint balance_never_goes_below_zero check (current_balance >= 0 and lifetime_points >= 0)
) with (fillfactor = 70);

alter table loyalty.player_loyalty enable row level security;
alter table loyalty.player_loyalty force row level security;

create policy manage_all on loyalty.player_loyalty to pit_owner using (true);
create policy select_own_casino on loyalty.player_loyalty for select to pit_staff, pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.player_loyalty for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.player_loyalty for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.player_loyalty for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.player_loyalty to loyalty_service;
grant update (
  current_balance, lifetime_points, tier, tier_progress,
  last_entry_no, last_entry_hash, updated_at
) on loyalty.player_loyalty to loyalty_service;
grant select on loyalty.player_loyalty to pit_staff, pit_auditor;

reset role;

comment on table loyalty.player_loyalty is
  'A player''s balance, lifetime points and tier: the ledger summed up, in the same transaction.';
comment on column loyalty.player_loyalty.current_balance is 'Points that can be redeemed.';
comment on column loyalty.player_loyalty.lifetime_points is
  'Points ever earned, less those that a reversal took back; decides the tier.';
comment on column loyalty.player_loyalty.tier_progress is
  'Percent of the way to the next tier, half-up; 100 at the top.';
comment on column loyalty.player_loyalty.last_entry_no is 'Number of the newest ledger entry.';
comment on column loyalty.player_loyalty.last_entry_hash is
  'Hash of the newest ledger entry; SHA-256 of nothing while there is none.';
