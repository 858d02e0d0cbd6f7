-- Answers compliance's question "how long did this player play?": the running seconds of their
-- slips within a stretch of time, from the events, also of a slip that began before it. A slip
-- that still runs counts until now.

create or replace function floor._rated_seconds(
  player_id uuid,
  since timestamptz,
  until timestamptz
) returns numeric
language sql
stable
security definer
set search_path = ''
return (
  select coalesce(
    sum(
      greatest(
        extract(epoch from least(span.ends_at, until) - greatest(span.begins_at, since)), 0
      )
    ),
    0
  )
  from (
    select
      e.running, e.occurred_at as begins_at,
      coalesce(
        lead(e.occurred_at) over (partition by e.rating_slip_id order by e.event_no),
        case when s.state = 'closed' then e.occurred_at else now() end
      ) as ends_at
    from floor.rating_slip as s
    join floor.rating_slip_event as e
      on e.casino_id = identity._casino() and e.rating_slip_id = s.rating_slip_id
    where s.casino_id = identity._casino()
      and s.player_id = _rated_seconds.player_id
      and s.opened_at < until
      and (s.closed_at is null or s.closed_at > since)
  ) as span
  where span.running
);

alter function floor._rated_seconds(uuid, timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._rated_seconds(uuid, timestamptz, timestamptz) from public;
grant execute on function floor._rated_seconds(uuid, timestamptz, timestamptz)
to compliance_service;

comment on function floor._rated_seconds(uuid, timestamptz, timestamptz) is
  'Seconds that a player''s slips ran, unpaused, within a stretch of time.';
