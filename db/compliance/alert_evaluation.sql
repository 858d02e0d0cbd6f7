-- What an evaluation of the alert rules gives back. An alert is found once, so evaluating again
-- raises only what is new.

create type compliance.alert_evaluation as (
  gaming_day date,
  raised integer,
  replayed boolean
);

alter type compliance.alert_evaluation owner to pit_owner;

comment on type compliance.alert_evaluation is
  'The gaming day that was looked at, how many alerts it raised, and whether there was nothing '
  'that an earlier evaluation had not found.';
