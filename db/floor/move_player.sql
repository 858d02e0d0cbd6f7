-- The player changes seats: one slip ends and accrues, the next one begins, in one transaction, so
-- that no second of play is lost or counted twice.

create or replace function floor.move_player(
  rating_slip_id uuid,
  table_id uuid,
  seat_no integer,
  average_bet numeric,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    move_player.rating_slip_id, move_player.table_id, move_player.seat_no,
    trim_scale(move_player.average_bet), extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'move_player', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result := floor._move_player(
    v_actor, move_player.rating_slip_id, move_player.table_id, move_player.seat_no,
    move_player.average_bet, occurred_at
  );
  perform floor._remember(
    v_actor, 'move_player', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) owner to floor_service;
revoke all on function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) from public;
grant execute on function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) to pit_staff;

comment on function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) is
  'Closes a slip and opens the next one at another table or seat, in one transaction; the result '
  'has the new slip and the completion of the old one. Capability floor:rate. Errors: IDUNA, '
  'IDFRB, IDKEY, LYIDM, RSNFD, RSNOP, RSTIM, RSTNF, RSTBL, RSRNG, RSSEA, RSBET.';
