-- What a slip that still runs amounts to so far, for the pit board: what happened is what floor
-- answers, what it is worth is for loyalty to say.

create type loyalty.live_play as (
  rating_slip_id uuid,
  accumulated_seconds integer,
  average_bet numeric,
  theoretical_win numeric,
  attention text
);

alter type loyalty.live_play owner to pit_owner;

comment on type loyalty.live_play is
  'A running slip as if it closed now: unpaused seconds, time-weighted average bet and theoretical '
  'win in dollars, half-up to cents (null when no policy is in force). attention: long_pause, '
  'long_slip or null.';
