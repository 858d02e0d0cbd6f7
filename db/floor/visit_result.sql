-- What opening or closing a visit gives back; closing may have completed a slip, and whoever
-- closed the visit should see what it earned.

create type floor.visit_result as (
  visit floor.visit,
  completion floor.rating_slip_completion,
  replayed boolean
);

alter type floor.visit_result owner to pit_owner;

comment on type floor.visit_result is
  'The visit; the completion of the slip that closing it completed, if one was open; and whether '
  'it is an earlier result given again.';
