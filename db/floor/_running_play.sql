-- Answers loyalty's question "what is being played now?": the slips that run or are paused, with
-- their telemetry as if they closed at this moment, and what on them asks for attention. Nothing of
-- it is final, so nothing of it is stored.

create or replace function floor._running_play()
returns table (slip floor.slip_telemetry, attention text)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    row(
      s.casino_id, s.rating_slip_id, s.visit_id, s.player_id, s.opened_at, null,
      floor(play.seconds)::integer,
      coalesce(
        div(200 * play.bet_seconds + play.seconds, 2 * nullif(play.seconds, 0)) * 0.01,
        s.current_bet
      ),
      g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate, g.point_multiplier,
      s.loyalty_policy_id, null, s.correlation_id,
      s.table_id, g.code
    )::floor.slip_telemetry,
    case
      when s.state = 'paused' and now() - play.paused_at >= l.long_pause then 'long_pause'
      when now() - s.opened_at >= l.long_slip then 'long_slip'
    end
  from floor.rating_slip as s
  join floor.game_settings as g
    on g.casino_id = identity._casino() and g.game_settings_id = s.game_settings_id
  cross join identity._attention_limits() as l
  cross join lateral (
    select
      coalesce(sum(span.seconds) filter (where span.running), 0) as seconds,
      coalesce(sum(span.bet * span.seconds) filter (where span.running), 0) as bet_seconds,
      max(span.at) filter (where span.event_type = 'paused') as paused_at
    from (
      select
        e.event_type, e.running, e.average_bet as bet, e.occurred_at as at,
        greatest(
          extract(
            epoch from
            coalesce(lead(e.occurred_at) over (order by e.event_no), now()) - e.occurred_at
          ),
          0
        ) as seconds
      from floor.rating_slip_event as e
      where e.casino_id = identity._casino() and e.rating_slip_id = s.rating_slip_id
    ) as span
  ) as play
  where s.casino_id = identity._casino() and s.state <> 'closed';
end;

alter function floor._running_play() owner to floor_service;
revoke all on function floor._running_play() from public;
grant execute on function floor._running_play() to loyalty_service;

comment on function floor._running_play() is
  'Telemetry up to now of the slips that are open or paused, and long_pause, long_slip or null for '
  'what needs attention on them.';
