-- Answers loyalty's question "what was played in each hour of these gaming days?": the unpaused
-- stretches of every slip, cut at the hours of the casino's clock, from the events. A slip that
-- still runs counts until now.

create or replace function floor._hourly_play(since timestamptz, until timestamptz)
returns table (
  rating_slip_id uuid,
  table_label text,
  pit text,
  game_code text,
  game_name text,
  begins_at timestamptz,
  seconds numeric,
  bet numeric,
  house_edge numeric,
  decisions_per_hour integer
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    span.rating_slip_id, t.label, t.pit, g.code, g.name, h.at,
    extract(epoch from least(span.ends_at, h.at + interval '1 hour', until)
      - greatest(span.begins_at, h.at, since)),
    span.bet, g.house_edge, g.decisions_per_hour
  from (
    select
      s.rating_slip_id, s.table_id, s.game_settings_id, e.running, e.average_bet as bet,
      e.occurred_at as begins_at,
      coalesce(
        lead(e.occurred_at) over (partition by e.rating_slip_id order by e.event_no),
        case when s.state = 'open' then greatest(now(), e.occurred_at) else e.occurred_at end
      ) as ends_at
    from floor.rating_slip as s
    join floor.rating_slip_event as e
      on e.casino_id = identity._casino() and e.rating_slip_id = s.rating_slip_id
    where s.casino_id = identity._casino()
      and s.opened_at < until
      and (s.closed_at is null or s.closed_at > since)
  ) as span
  join floor.gaming_table as t
    on t.casino_id = identity._casino() and t.table_id = span.table_id
  join floor.game_settings as g
    on g.casino_id = identity._casino() and g.game_settings_id = span.game_settings_id
  cross join lateral generate_series(
    date_trunc('hour', greatest(span.begins_at, since)), least(span.ends_at, until),
    interval '1 hour'
  ) as h (at)
  where span.running
    and least(span.ends_at, h.at + interval '1 hour', until)
    > greatest(span.begins_at, h.at, since);
end;

alter function floor._hourly_play(timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._hourly_play(timestamptz, timestamptz) from public;
grant execute on function floor._hourly_play(timestamptz, timestamptz) to loyalty_service;

comment on function floor._hourly_play(timestamptz, timestamptz) is
  'Unpaused stretches of play between two moments, cut at full hours, each with its bet in dollars '
  'and the game figures of its slip''s snapshot.';
