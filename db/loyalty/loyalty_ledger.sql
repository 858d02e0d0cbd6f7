-- The truth about points. Append-only for everybody: no role at run time holds update or delete,
-- the trigger refuses whoever does, and each entry's hash covers the entry before it, so that
-- what a superuser might change is found by recomputing. No foreign key: each would cost a row
-- lock on the write path. (The tag in its comment tells the API which standing an entry is of.)

set local role pit_owner;

create table loyalty.loyalty_ledger (
  casino_id integer not null,
  player_id uuid not null,
  entry_no bigint not null,
  transaction_type loyalty.transaction_type not null,
  event_type text not null,
  source loyalty.entry_source not null,
  points_change bigint not null,
  balance_before bigint not null,
  balance_after bigint not null,
  tier_before text not null,
  tier_after text not null,
  rating_slip_id uuid,
  visit_id uuid,
  reverses_entry_no bigint,
  reason text,
  staff_id uuid,
  approved_by uuid,
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  gaming_day date not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  previous_hash bytea not null,
  entry_hash bytea not null,
  primary key (casino_id, player_id, entry_no),
  constraint key_is_used_once unique (casino_id, idempotency_key)
);

-- The pace of one person's manual rewards is counted here, under a lock of that person.
create index loyalty_ledger_manual_rewards
on loyalty.loyalty_ledger (casino_id, staff_id, created_at)
where transaction_type = 'MANUAL_BONUS';
create unique index entry_is_reversed_once
on loyalty.loyalty_ledger (casino_id, player_id, reverses_entry_no)
where reverses_entry_no is not null;

-- Follows a request to its rows (ops.trace). A Bloom filter for each range of pages, because it
-- costs the write path next to nothing.
create index loyalty_ledger_request on loyalty.loyalty_ledger
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table loyalty.loyalty_ledger enable row level security;
alter table loyalty.loyalty_ledger force row level security;

create policy manage_all on loyalty.loyalty_ledger to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_ledger for select to pit_staff, pit_auditor
using (casino_id = (select identity.current_casino_id()));
-- As a query of its own the casino is read once, not for each of a million entries.
create policy serve_own_casino on loyalty.loyalty_ledger for select to loyalty_service
using (casino_id = (select identity._casino()));
create policy insert_own_casino on loyalty.loyalty_ledger for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_ledger to loyalty_service;
grant select on loyalty.loyalty_ledger to pit_staff, pit_auditor;

create trigger loyalty_ledger_is_append_only
before update or delete or truncate on loyalty.loyalty_ledger
for each statement execute function ops._append_only('LYIMM');
alter table loyalty.loyalty_ledger enable always trigger loyalty_ledger_is_append_only;

reset role;

comment on table loyalty.loyalty_ledger is
  E'@foreignKey (casino_id, player_id) references loyalty.player_loyalty (casino_id, player_id)\n'
  'Every change of a player''s points, in order, never changed. Balances are sums of it.';
comment on column loyalty.loyalty_ledger.entry_no is '1, 2, 3 … for each player, without gaps.';
comment on column loyalty.loyalty_ledger.transaction_type is
  'GAMEPLAY, MANUAL_BONUS, PROMOTION, ADJUSTMENT, REDEMPTION, EXPIRATION or REVERSAL.';
comment on column loyalty.loyalty_ledger.event_type is
  'What caused it: RATING_SLIP_COMPLETED, POINTS_UPDATE_REQUESTED, POINTS_REDEEMED, …';
comment on column loyalty.loyalty_ledger.source is
  'system, manual, promotion, adjustment or import.';
comment on column loyalty.loyalty_ledger.points_change is 'Signed points, never 0.';
comment on column loyalty.loyalty_ledger.reverses_entry_no is
  'The entry of the same player that this reversal compensates.';
comment on column loyalty.loyalty_ledger.staff_id is
  'Who caused it, from the session; null for what no person caused.';
comment on column loyalty.loyalty_ledger.approved_by is 'The second person, where one was needed.';
comment on column loyalty.loyalty_ledger.correlation_id is 'Id of the request that caused it.';
comment on column loyalty.loyalty_ledger.request_fingerprint is
  'SHA-256 of the request: the same key with another fingerprint is refused.';
comment on column loyalty.loyalty_ledger.gaming_day is 'Gaming day of occurred_at, stamped once.';
comment on column loyalty.loyalty_ledger.occurred_at is 'When it happened.';
comment on column loyalty.loyalty_ledger.created_at is 'When it was written.';
comment on column loyalty.loyalty_ledger.previous_hash is
  'entry_hash of the player''s entry before; SHA-256 of nothing for the first.';
comment on column loyalty.loyalty_ledger.entry_hash is
  'SHA-256 over previous_hash and this entry, see loyalty._entry_hash.';
