-- The time rules of domain.md section 2, computed from the events alone: seconds between events
-- while the slip was running, rounded down once; the bet weighted by these seconds, half-up to
-- cents, or the last bet when no time counted. Half-up is an exact division: dividing and then
-- rounding would round twice.

create or replace function floor._slip_play(
  casino_id integer,
  rating_slip_id uuid,
  out accumulated_seconds integer,
  out average_bet numeric
)
language sql
stable
begin atomic
  select
    floor(coalesce(sum(span.seconds), 0))::integer,
    coalesce(
      div(
        200 * sum(span.bet * span.seconds) + sum(span.seconds), 2 * nullif(sum(span.seconds), 0)
      ) * 0.01,
      (array_agg(span.bet order by span.event_no desc))[1]
    )
  from (
    select
      e.event_no,
      e.average_bet as bet,
      case when e.running
        then coalesce(
          extract(epoch from lead(e.occurred_at) over (order by e.event_no) - e.occurred_at), 0
        )
        else 0
      end as seconds
    from floor.rating_slip_event as e
    where e.casino_id = _slip_play.casino_id and e.rating_slip_id = _slip_play.rating_slip_id
  ) as span;
end;

alter function floor._slip_play(integer, uuid) owner to floor_service;
revoke all on function floor._slip_play(integer, uuid) from public;

comment on function floor._slip_play(integer, uuid) is
  'Whole unpaused seconds and time-weighted average bet of a slip, from its events.';
