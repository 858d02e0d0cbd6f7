-- An hour of the report on cash: what came in and went out over the whole house, whoever it was,
-- and how much of it in amounts that the house logs.

create type compliance.cash_hour as (
  begins_at timestamptz,
  cash_in numeric,
  cash_out numeric,
  entries_in integer,
  entries_out integer,
  over_floor_in integer,
  over_floor_out integer,
  log_floor numeric
);

alter type compliance.cash_hour owner to pit_owner;

comment on type compliance.cash_hour is
  'An hour of a gaming day: currency in and out in dollars, how many live entries made it up, how '
  'many of these were at or over the log floor, and the log floor of that day.';
