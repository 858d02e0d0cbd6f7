-- What the commands on a slip give back. One type for all of them, so that a client handles a
-- started, changed or moved slip alike.

create type floor.slip_result as (
  rating_slip floor.rating_slip,
  completion floor.rating_slip_completion,
  replayed boolean
);

alter type floor.slip_result owner to pit_owner;

comment on type floor.slip_result is
  'The slip as it is now (after a move: the new one); the completion of the slip that a move '
  'closed; and whether it is an earlier result given again.';
