-- Something in a player's ledger that doesn't fit: whose it is and which entry, so that somebody
-- can look at it.

create type loyalty.chain_problem as (
  player_id uuid,
  entry_no bigint,
  problem text,
  detail text
);

alter type loyalty.chain_problem owner to pit_owner;

comment on type loyalty.chain_problem is
  'A player, the entry, one word for it (entry_changed, entry_missing, entry_unlinked, '
  'entry_extra, sum_wrong, standing_wrong, standing_missing) and a sentence.';
