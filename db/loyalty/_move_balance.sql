-- One step of loyalty._running_balance: a move that the balance doesn't suffice for is left out,
-- and whatever follows goes on from the balance before it, of which the refused move leaves the
-- complement. In plpgsql: a window calls it for each row, and calling an SQL function that isn't
-- made part of a query takes more than twice as long.

create or replace function loyalty._move_balance(
  balance bigint,
  opening_balance bigint,
  points_change bigint
) returns bigint
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_before bigint := coalesce(greatest(balance, ~balance), opening_balance);
begin
  return case
    when v_before + points_change >= 0 then v_before + points_change
    else ~v_before
  end;
end
$$;

alter function loyalty._move_balance(bigint, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._move_balance(bigint, bigint, bigint) from public;

comment on function loyalty._move_balance(bigint, bigint, bigint) is
  'Balance after a move; when it would fall below 0, -1 less the balance before it.';
