-- A line of the report on tiers: how many players went from one tier to another on a gaming day.
-- Only numbers: a report is not about persons.

create type loyalty.tier_movement as (
  gaming_day date,
  tier_before text,
  tier_after text,
  upwards boolean,
  players integer,
  same_way integer
);

alter type loyalty.tier_movement owner to pit_owner;

comment on type loyalty.tier_movement is
  'On a gaming day, so many players went from one tier to another by an entry in the ledger. '
  'same_way: all moves of the day that lead up, or that lead down, added up.';
