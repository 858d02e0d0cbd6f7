-- A difference between a player's standing and what the ledger says it should be: what
-- reconciliation reports.

create type loyalty.drift as (
  player_id uuid,
  entry_no bigint,
  what text,
  expected text,
  actual text
);

alter type loyalty.drift owner to pit_owner;

comment on type loyalty.drift is
  'A player, the number of the newest entry in the ledger, the column of player_loyalty that '
  'differs, what the ledger says and what the standing says.';
