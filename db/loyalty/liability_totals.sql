-- What all outstanding points will cost, in one row, with the assumptions it is worked out by: a
-- figure without them can't be checked.

create type loyalty.liability_totals as (
  gaming_day date,
  players integer,
  points bigint,
  cost_per_point numeric,
  breakage_rate numeric,
  points_valid_days integer,
  cost numeric,
  breakage numeric,
  expected_cost numeric,
  expiring_points bigint,
  ties boolean
);

alter type loyalty.liability_totals owner to pit_owner;

comment on type loyalty.liability_totals is
  'The running gaming day; players with points and the points; dollars per point, share that is '
  'assumed never to be spent and days that points stay good (null: for ever), by the policy in '
  'force; cost in dollars, the part never spent, and the rest; points that expire within 30 days; '
  'whether the ledger adds up to the balances.';
