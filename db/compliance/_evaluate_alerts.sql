-- Looks for the five patterns as of a gaming day and writes down what was not found before. Whether
-- chips were walked is known when the day is over, so it can be left to the next evaluation.

create or replace function compliance._evaluate_alerts(
  actor identity.actor,
  gaming_day date,
  chip_walks boolean default true
) returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_raised integer;
begin
  insert into compliance.compliance_alert (
    casino_id, rule, patron_id, direction, gaming_day, amount, details, correlation_id
  )
  select
    actor.casino_id, f.rule, f.patron_id, f.direction, f.gaming_day, f.amount, f.details,
    actor.correlation_id
  from (
    select * from compliance._find_just_below(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_repeat(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_marker_paydown(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_combined_buyers(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_chip_walk(actor, _evaluate_alerts.gaming_day)
    where chip_walks
  ) as f
  -- In one order, so that two evaluations at once wait for each other and don't deadlock.
  order by f.patron_id, f.rule, f.direction, f.gaming_day
  on conflict on constraint it_is_found_once do nothing;
  get diagnostics v_raised = row_count;
  return v_raised;
end
$$;

alter function compliance._evaluate_alerts(identity.actor, date, boolean)
owner to compliance_service;
revoke all on function compliance._evaluate_alerts(identity.actor, date, boolean) from public;

comment on function compliance._evaluate_alerts(identity.actor, date, boolean) is
  'Evaluates the alert rules as of a gaming day and gives the number of new alerts.';
