-- What rebuilding standings gives back: what differed, with what the ledger says as expected, and
-- the standings as they are now.

create type loyalty.loyalty_rebuild as (
  dry_run boolean,
  players integer,
  differences loyalty.drift[],
  standings loyalty.player_loyalty[]
);

alter type loyalty.loyalty_rebuild owner to pit_owner;

comment on type loyalty.loyalty_rebuild is
  'Whether it was only a look, how many players differ, every difference (without a player: of the '
  'copied limits and tiers), and the rebuilt standings, none after a look.';
