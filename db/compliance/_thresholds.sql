-- The thresholds by which a gaming day is judged: those in force when it began, so that a change
-- during the day doesn't judge its morning and its evening differently.

create or replace function compliance._thresholds(actor identity.actor, gaming_day date)
returns compliance.threshold_policy
language sql
stable
return (
  select t
  from compliance.threshold_policy as t
  where t.casino_id = identity._casino()
    and t.effective_from
    <= ((_thresholds.gaming_day + actor.gaming_day_start) at time zone actor.timezone)
  order by t.effective_from desc
  limit 1
);

alter function compliance._thresholds(identity.actor, date) owner to compliance_service;
revoke all on function compliance._thresholds(identity.actor, date) from public;

comment on function compliance._thresholds(identity.actor, date) is
  'Version of the cash thresholds in force at the beginning of a gaming day.';
