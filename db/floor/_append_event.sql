-- Writes one event of a slip and brings the slip's summary up to it: seconds played so far, the
-- bet in effect, the state. The caller holds the slip's row lock.

create or replace function floor._append_event(
  actor identity.actor,
  slip floor.rating_slip,
  event_type text,
  at timestamptz,
  average_bet numeric,
  state text
) returns floor.rating_slip
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
begin
  insert into floor.rating_slip_event (
    casino_id, rating_slip_id, event_no, event_type, average_bet, running,
    occurred_at, staff_id, correlation_id
  )
  values (
    slip.casino_id, slip.rating_slip_id, slip.last_event_no + 1, _append_event.event_type,
    _append_event.average_bet, _append_event.state = 'open', at, actor.staff_id,
    actor.correlation_id
  );

  update floor.rating_slip as s
  set state = _append_event.state,
    current_bet = _append_event.average_bet,
    played_seconds = s.played_seconds
      + case when s.state = 'open' then extract(epoch from at - s.last_event_at) else 0 end,
    last_event_no = s.last_event_no + 1,
    last_event_at = at,
    closed_at = case when _append_event.state = 'closed' then at end,
    (accumulated_seconds, average_bet) = (
      select p.accumulated_seconds, p.average_bet
      from floor._slip_play(s.casino_id, s.rating_slip_id) as p
      where _append_event.state = 'closed'
    )
  where s.casino_id = slip.casino_id and s.rating_slip_id = slip.rating_slip_id
  returning * into strict v_slip;
  return v_slip;
end
$$;

alter function floor._append_event(
  identity.actor, floor.rating_slip, text, timestamptz, numeric, text
) owner to floor_service;
revoke all on function floor._append_event(
  identity.actor, floor.rating_slip, text, timestamptz, numeric, text
) from public;

comment on function floor._append_event(
  identity.actor, floor.rating_slip, text, timestamptz, numeric, text
) is
  'Appends an event with the bet in effect and the slip''s state after it, and returns the slip '
  'as it is then.';
