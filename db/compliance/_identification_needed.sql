-- All that a floor role learns of a person's sums: that it is time to ask for identification. Said
-- from the near mark on, so that it is known before the cash that crosses the threshold is taken.

create or replace function compliance._identification_needed(
  actor identity.actor,
  root uuid,
  gaming_day date
) returns boolean
language sql
stable
return (
  select
    compliance._badge(greatest(s.cash_in, s.cash_out), t) in ('near', 'reportable')
    and cardinality(compliance._missing_identification(root)) > 0
  from compliance._day_sums(root, _identification_needed.gaming_day) as s
  cross join compliance._thresholds(actor, _identification_needed.gaming_day) as t
);

alter function compliance._identification_needed(identity.actor, uuid, date)
owner to compliance_service;
revoke all on function compliance._identification_needed(identity.actor, uuid, date) from public;

comment on function compliance._identification_needed(identity.actor, uuid, date) is
  'Whether a sum of the person''s day is over 90 % of the threshold and their identification is '
  'incomplete.';
