-- Answers loyalty's question "what was this slip's telemetry?", for closed slips only: an open
-- slip has nothing final to price.

create or replace function floor._slip_telemetry(rating_slip_id uuid) returns floor.slip_telemetry
language sql
stable
security definer
set search_path = ''
return (
  select row(
    s.casino_id, s.rating_slip_id, s.visit_id, s.player_id, s.opened_at, s.closed_at,
    s.accumulated_seconds, s.average_bet,
    g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate, g.point_multiplier,
    s.loyalty_policy_id, e.staff_id, e.correlation_id,
    s.table_id, g.code
  )::floor.slip_telemetry
  from floor.rating_slip as s
  join floor.game_settings as g
    on g.casino_id = s.casino_id and g.game_settings_id = s.game_settings_id
  join floor.rating_slip_event as e
    on e.casino_id = s.casino_id and e.rating_slip_id = s.rating_slip_id
      and e.event_no = s.last_event_no
  where s.casino_id = identity._casino()
    and s.rating_slip_id = _slip_telemetry.rating_slip_id
    and s.state = 'closed'
);

alter function floor._slip_telemetry(uuid) owner to floor_service;
revoke all on function floor._slip_telemetry(uuid) from public;
grant execute on function floor._slip_telemetry(uuid) to loyalty_service;

comment on function floor._slip_telemetry(uuid) is
  'Telemetry of a closed slip; null when there is no such slip or it is not closed.';
