-- What one pass over the ledger tells of each player: enough to know whether something is wrong,
-- and with whom, without looking at two entries at once.

create type loyalty.chain_state as (
  player_id uuid,
  entries bigint,
  intact boolean
);

alter type loyalty.chain_state owner to pit_owner;

comment on type loyalty.chain_state is
  'A player, how many entries there are, and whether every entry fits its hash, its predecessor '
  'and the player''s standing.';
