-- The rules of a move: closes the slip, which accrues on its own, and opens the next one at the
-- new seat, unpaused, in one transaction. Locks visit and slip in this order, as closing a visit
-- does.

create or replace function floor._move_player(
  actor identity.actor,
  rating_slip_id uuid,
  table_id uuid,
  seat_no integer,
  average_bet numeric,
  at timestamptz
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
  v_slip floor.rating_slip;
  v_table floor.gaming_table;
  v_completion floor.rating_slip_completion;
  v_at timestamptz;
begin
  select v.* into v_visit
  from floor.visit as v
  join floor.rating_slip as s on s.casino_id = v.casino_id and s.visit_id = v.visit_id
  where s.casino_id = actor.casino_id and s.rating_slip_id = _move_player.rating_slip_id
  for no key update of v;
  v_slip := floor._lock_slip(actor, _move_player.rating_slip_id);
  v_at := coalesce(at, greatest(now(), v_slip.last_event_at));
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  v_table := floor._take_seat(actor, _move_player.table_id, seat_no);
  perform floor._check_bet(average_bet);

  v_completion := floor._close_slip(actor, v_slip, 'moved', v_at);
  return row(
    floor._insert_slip(
      actor, v_visit, v_table, seat_no, average_bet, v_at, v_slip.rating_slip_id
    ),
    v_completion,
    false
  );
end
$$;

alter function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) owner to floor_service;
revoke all on function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) from public;
grant execute on function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) to ops_service;

comment on function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) is
  'Closes a slip and opens the next one elsewhere, linked by previous_slip_id. Checked in this '
  'order: slip, time, table, seat, bet.';
