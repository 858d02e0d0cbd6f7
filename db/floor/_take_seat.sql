-- Whether a player can sit down there: the table exists and is in service, the seat is one of its
-- seats and no slip runs on it (in a move one's own seat isn't free either). It locks nothing:
-- that two people can't give one seat away at once is for floor._insert_slip to see.

create or replace function floor._take_seat(
  actor identity.actor,
  table_id uuid,
  seat_no integer
) returns floor.gaming_table
language plpgsql
stable
set search_path = ''
as $$
declare
  v_table floor.gaming_table;
begin
  select * into v_table
  from floor.gaming_table as t
  where t.casino_id = actor.casino_id and t.table_id = _take_seat.table_id;
  if not found then
    perform ops._refuse('RSTNF');
  end if;
  if not v_table.active then
    perform ops._refuse('RSTBL', array[v_table.label]);
  end if;
  if seat_no is null or seat_no < 1 or seat_no > v_table.seats then
    perform ops._refuse('RSRNG', array[v_table.label, v_table.seats::text]);
  end if;
  if exists (
    select
    from floor.rating_slip as s
    where s.casino_id = actor.casino_id
      and s.table_id = _take_seat.table_id
      and s.seat_no = _take_seat.seat_no
      and s.state <> 'closed'
  ) then
    perform ops._refuse('RSSEA', array[seat_no::text, v_table.label]);
  end if;
  return v_table;
end
$$;

alter function floor._take_seat(identity.actor, uuid, integer) owner to floor_service;
revoke all on function floor._take_seat(identity.actor, uuid, integer) from public;

comment on function floor._take_seat(identity.actor, uuid, integer) is
  'Checks that a table is in service and a seat there is free. '
  'Errors: RSTNF, RSTBL, RSRNG, RSSEA.';
