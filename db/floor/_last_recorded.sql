-- When something was last written down in a visit. When it happened is another question: a floor
-- system's feed may tell of last month, and its visits are not idle while it goes on.

create or replace function floor._last_recorded(visit floor.visit) returns timestamptz
language sql
stable
set search_path = ''
return greatest(
  visit.created_at,
  visit.opened_at,
  (
    select max(greatest(e.created_at, e.occurred_at))
    from floor.rating_slip as s
    join floor.rating_slip_event as e
      on e.casino_id = s.casino_id
      and e.rating_slip_id = s.rating_slip_id
      and e.event_no = s.last_event_no
    where s.casino_id = visit.casino_id and s.visit_id = visit.visit_id
  )
);

alter function floor._last_recorded(floor.visit) owner to floor_service;
revoke all on function floor._last_recorded(floor.visit) from public;

comment on function floor._last_recorded(floor.visit) is
  'The latest of what was recorded in a visit, by either clock: when it happened or was written.';
