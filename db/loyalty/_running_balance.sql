-- The balance of a player entry by entry, in one pass over many: a sum that never goes below zero,
-- because what would take it there is refused. An aggregate, to be used as a window function.

create or replace aggregate loyalty._running_balance(
  opening_balance bigint,
  points_change bigint
) (
  sfunc = loyalty._move_balance,
  stype = bigint
);

alter aggregate loyalty._running_balance(bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._running_balance(bigint, bigint) from public;

comment on aggregate loyalty._running_balance(bigint, bigint) is
  'Balance after each move, in the window''s order, from the opening balance on. A move that would '
  'take it below 0 is left out and told by a negative number.';
