-- Sums that stay just below the threshold: on 2 or more of the last 7 gaming days, in one
-- direction, 80 to 100 % of it. Structuring looks like this; so does a regular with a habit.

create or replace function compliance._find_just_below(actor identity.actor, last_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'just_below', d.patron_id, d.direction, max(d.gaming_day), sum(d.amount),
    jsonb_build_object(
      'days',
      jsonb_agg(
        jsonb_build_object('gamingDay', d.gaming_day, 'amount', d.amount) order by d.gaming_day
      )
    )
  from compliance._person_days(actor, last_day - 6, last_day) as d
  where d.amount between 0.8 * d.ctr_threshold and d.ctr_threshold
  group by d.patron_id, d.direction
  having count(*) >= 2;
end;

alter function compliance._find_just_below(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_just_below(identity.actor, date) from public;

comment on function compliance._find_just_below(identity.actor, date) is
  'Alert rule just_below in the 7 gaming days that end with last_day.';
