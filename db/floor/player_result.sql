-- What enrolling a player gives back: the player, and whether this call did it or an earlier one
-- with the same key.

create type floor.player_result as (
  player floor.player,
  replayed boolean
);

alter type floor.player_result owner to pit_owner;

comment on type floor.player_result is 'The player; whether it is an earlier result given again.';
