-- What one pass over the ledger tells: how much was looked at, so that "nothing" can't mean
-- "nothing looked at", and of whom something doesn't fit.

create type loyalty.ledger_reconciliation as (
  players bigint,
  entries bigint,
  suspects uuid[]
);

alter type loyalty.ledger_reconciliation owner to pit_owner;

comment on type loyalty.ledger_reconciliation is
  'How many players and entries were compared, and the players to look at closely; null for none.';
