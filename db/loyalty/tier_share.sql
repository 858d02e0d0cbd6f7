-- A line of the report on tiers: how many players stand there now. Every tier in force has its
-- line, also the one that nobody has reached.

create type loyalty.tier_share as (
  place integer,
  tier text,
  threshold_points bigint,
  multiplier numeric,
  players integer,
  points bigint
);

alter type loyalty.tier_share owner to pit_owner;

comment on type loyalty.tier_share is
  'A tier in force, from the lowest: lifetime points from which it is reached, its multiplier, how '
  'many players have it, and the points that these have outstanding.';
