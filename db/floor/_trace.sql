-- What a request did on the floor: events of slips, and commands that make none (enrolling a
-- player, opening and closing a visit).
-- The planner can't know that a Bloom filter singles ranges out, and would read whole tables.

create or replace function floor._trace(correlation_id text) returns setof ops.trace_line
language sql
stable
security definer
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
begin atomic
  select
    e.created_at, 'slip event', e.event_type, e.staff_id, s.player_id,
    jsonb_build_object('rating_slip_id', e.rating_slip_id, 'event_no', e.event_no)
  from floor.rating_slip_event as e
  join floor.rating_slip as s
    on s.casino_id = e.casino_id and s.rating_slip_id = e.rating_slip_id
  where e.casino_id = identity._casino() and e.correlation_id = _trace.correlation_id
  union all
  select
    c.created_at, 'floor command', c.command, c.staff_id, c.player_id,
    jsonb_strip_nulls(
      jsonb_build_object('visit_id', c.visit_id, 'rating_slip_id', c.rating_slip_id)
    )
  from floor.command as c
  where c.casino_id = identity._casino() and c.correlation_id = _trace.correlation_id;
end;

alter function floor._trace(text) owner to floor_service;
revoke all on function floor._trace(text) from public;
grant execute on function floor._trace(text) to ops_service;

comment on function floor._trace(text) is
  'Slip events and floor commands of a request, for ops.trace.';
