-- The rules of observing a bet. Allowed while paused too: the bet then counts from the resumption
-- on, because paused seconds weigh nothing.

create or replace function floor._record_bet(
  actor identity.actor,
  rating_slip_id uuid,
  average_bet numeric,
  at timestamptz
) returns floor.rating_slip
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_slip floor.rating_slip := floor._lock_slip(actor, rating_slip_id);
  v_at timestamptz := coalesce(at, greatest(now(), v_slip.last_event_at));
begin
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  perform floor._check_bet(average_bet);
  return floor._append_event(
    actor, v_slip, 'bet_observed', v_at, _record_bet.average_bet, v_slip.state
  );
end
$$;

alter function floor._record_bet(identity.actor, uuid, numeric, timestamptz)
owner to floor_service;
revoke all on function floor._record_bet(identity.actor, uuid, numeric, timestamptz) from public;
grant execute on function floor._record_bet(identity.actor, uuid, numeric, timestamptz)
to ops_service;

comment on function floor._record_bet(identity.actor, uuid, numeric, timestamptz) is
  'Adds a bet_observed event. Checked in this order: slip, time, bet.';
