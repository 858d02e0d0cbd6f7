-- What one pass over a whole ledger tells: how much was looked at, and whether anything is wrong
-- anywhere in it.

create type loyalty.chain_totals as (
  players bigint,
  entries bigint,
  intact boolean
);

alter type loyalty.chain_totals owner to pit_owner;

comment on type loyalty.chain_totals is
  'How many players and entries there are, and whether every entry fits its hash, its '
  'predecessor and its player''s standing.';
