-- Outstanding points of one tier and age, and what they will cost. Old points are likelier to
-- expire, high tiers to be spent: that is why both are told apart.

create type loyalty.liability_line as (
  tier text,
  tier_rank integer,
  age_from_days integer,
  age_to_days integer,
  players integer,
  points bigint,
  cost numeric,
  breakage numeric,
  expected_cost numeric
);

alter type loyalty.liability_line owner to pit_owner;

comment on type loyalty.liability_line is
  'Tier (rank 1 is the lowest), age of the points in gaming days (no upper end for the oldest), '
  'players who hold such points, the points, their cost in dollars if all are spent, the part '
  'that is assumed never to be spent, and what is left of the cost.';
