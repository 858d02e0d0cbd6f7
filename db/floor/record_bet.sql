-- The bet was observed to have changed. It counts from that moment on; what was bet before keeps
-- its weight in the average.

create or replace function floor.record_bet(
  rating_slip_id uuid,
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
    record_bet.rating_slip_id, trim_scale(record_bet.average_bet),
    extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'record_bet', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result.rating_slip := floor._record_bet(
    v_actor, record_bet.rating_slip_id, record_bet.average_bet, occurred_at
  );
  v_result.replayed := false;
  perform floor._remember(
    v_actor, 'record_bet', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.record_bet(uuid, numeric, timestamptz, text) owner to floor_service;
revoke all on function floor.record_bet(uuid, numeric, timestamptz, text) from public;
grant execute on function floor.record_bet(uuid, numeric, timestamptz, text) to pit_staff;

comment on function floor.record_bet(uuid, numeric, timestamptz, text) is
  'Observes a bet, in dollars, on a slip that is open or paused. Capability floor:rate. Errors: '
  'IDUNA, IDFRB, IDKEY, LYIDM, RSNFD, RSNOP, RSTIM, RSBET.';
