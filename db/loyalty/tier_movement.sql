-- A line of the report on tiers: who went where on a gaming day, as a number.

create type loyalty.tier_movement as (
  gaming_day date,
  tier_before text,
  tier_after text,
  upwards boolean,
  players integer
);

alter type loyalty.tier_movement owner to pit_owner;

comment on type loyalty.tier_movement is
  'On a gaming day, so many players went from one tier to another by an entry in the ledger.';
