-- Somebody who is to be watched again and again: 3 or more of the last 7 gaming days with a sum,
-- in one direction, at the log floor or above.

create or replace function compliance._find_repeat(actor identity.actor, last_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'repeat', d.patron_id, d.direction, max(d.gaming_day), sum(d.amount),
    jsonb_build_object(
      'days',
      jsonb_agg(
        jsonb_build_object('gamingDay', d.gaming_day, 'amount', d.amount) order by d.gaming_day
      )
    )
  from compliance._person_days(actor, last_day - 6, last_day) as d
  where d.amount >= d.log_floor
  group by d.patron_id, d.direction
  having count(*) >= 3;
end;

alter function compliance._find_repeat(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_repeat(identity.actor, date) from public;

comment on function compliance._find_repeat(identity.actor, date) is
  'Alert rule repeat in the 7 gaming days that end with last_day.';
