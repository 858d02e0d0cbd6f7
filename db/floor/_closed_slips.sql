-- Answers loyalty's question "which slips were closed in this time, and what was their telemetry?",
-- for pricing a period anew. With the game's name and when the closing was written down.

create or replace function floor._closed_slips(since timestamptz, until timestamptz)
returns table (slip floor.slip_telemetry, game_name text, recorded_at timestamptz)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    row(
      s.casino_id, s.rating_slip_id, s.visit_id, s.player_id, s.opened_at, s.closed_at,
      s.accumulated_seconds, s.average_bet,
      g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate, g.point_multiplier,
      s.loyalty_policy_id, e.staff_id, e.correlation_id,
      s.table_id, g.code
    )::floor.slip_telemetry,
    g.name, e.created_at
  from floor.rating_slip as s
  join floor.game_settings as g
    on g.casino_id = s.casino_id and g.game_settings_id = s.game_settings_id
  join floor.rating_slip_event as e
    on e.casino_id = s.casino_id and e.rating_slip_id = s.rating_slip_id
      and e.event_no = s.last_event_no
  where s.casino_id = identity._casino()
    and s.state = 'closed'
    and s.closed_at >= since
    and s.closed_at < until;
end;

alter function floor._closed_slips(timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._closed_slips(timestamptz, timestamptz) from public;
grant execute on function floor._closed_slips(timestamptz, timestamptz) to loyalty_service;

comment on function floor._closed_slips(timestamptz, timestamptz) is
  'Telemetry of the slips closed from a moment until before another.';
