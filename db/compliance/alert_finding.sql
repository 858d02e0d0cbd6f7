-- What one alert rule found, before it is known whether that was found earlier: the shape that all
-- five rules give.

create type compliance.alert_finding as (
  rule text,
  patron_id uuid,
  direction text,
  gaming_day date,
  amount numeric,
  details jsonb
);

alter type compliance.alert_finding owner to pit_owner;

comment on type compliance.alert_finding is
  'A person, direction and gaming day (the latest that takes part) that fit an alert rule, the sum '
  'and what it is made of.';
