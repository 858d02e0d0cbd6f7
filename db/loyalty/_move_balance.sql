-- One step of loyalty._running_balance: a move that the balance doesn't suffice for is left out,
-- and whatever follows goes on from the balance before it, of which the refused move leaves the
-- complement.

create or replace function loyalty._move_balance(
  balance bigint,
  opening_balance bigint,
  points_change bigint
) returns bigint
language sql
immutable
return case
  when coalesce(greatest(balance, ~balance), opening_balance) + points_change >= 0
    then coalesce(greatest(balance, ~balance), opening_balance) + points_change
  else ~coalesce(greatest(balance, ~balance), opening_balance)
end;

alter function loyalty._move_balance(bigint, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._move_balance(bigint, bigint, bigint) from public;

comment on function loyalty._move_balance(bigint, bigint, bigint) is
  'Balance after a move; when it would fall below 0, -1 less the balance before it.';
