-- A player sits down: opens a rating slip at a table and seat. From here on the slip's seconds and
-- bets count towards points.

create or replace function floor.start_rating_slip(
  visit_id uuid,
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
    start_rating_slip.visit_id, start_rating_slip.table_id, start_rating_slip.seat_no,
    trim_scale(start_rating_slip.average_bet), extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'start_rating_slip', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result.rating_slip := floor._start_rating_slip(
    v_actor, start_rating_slip.visit_id, start_rating_slip.table_id, start_rating_slip.seat_no,
    start_rating_slip.average_bet, occurred_at
  );
  v_result.replayed := false;
  perform floor._remember(
    v_actor, 'start_rating_slip', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) owner to floor_service;
revoke all on function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) from public;
grant execute on function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) to pit_staff;

comment on function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) is
  'Opens a rating slip in an open visit; average_bet in dollars. Capability floor:rate. Errors: '
  'IDUNA, IDFRB, IDKEY, LYIDM, RSVIS, RSOPN, RSTNF, RSTBL, RSRNG, RSSEA, RSBET, RSTIM, LYGAM.';
