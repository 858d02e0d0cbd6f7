-- The little that other contexts may ask about a slip that runs: whose it is and whether it is
-- open, nothing about bets or time.

create type floor.slip_state as (
  rating_slip_id uuid,
  visit_id uuid,
  player_id uuid,
  state text
);

alter type floor.slip_state owner to pit_owner;

comment on type floor.slip_state is 'Whose slip it is, and whether it is open, paused or closed.';
