-- One step of loyalty._running_balance: a move that the balance doesn't suffice for is left out,
-- and whatever follows goes on from the balance before it, of which the refused move leaves the
-- complement. Not in SQL: as a step of an aggregate that would be called anew for each row.

create or replace function loyalty._move_balance(
  balance bigint,
  opening_balance bigint,
  points_change bigint
) returns bigint
language plpgsql
immutable
as $$
declare
  v_before bigint := case when balance < 0 then ~balance else coalesce(balance, opening_balance) end;
begin
  return case when v_before + points_change >= 0 then v_before + points_change else ~v_before end;
end
$$;

alter function loyalty._move_balance(bigint, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._move_balance(bigint, bigint, bigint) from public;

comment on function loyalty._move_balance(bigint, bigint, bigint) is
  'Balance after a move; when it would fall below 0, -1 less the balance before it.';
