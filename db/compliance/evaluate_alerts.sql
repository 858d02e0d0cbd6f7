-- A reviewer wants the alerts now, or for a day in the past: the worker does the same every few
-- minutes. An alert is found once, so asking again raises nothing twice.

create or replace function compliance.evaluate_alerts(gaming_day date default null)
returns compliance.alert_evaluation
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_day date := coalesce(
    evaluate_alerts.gaming_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_raised integer := compliance._evaluate_alerts(v_actor, v_day);
begin
  return row(v_day, v_raised, v_raised = 0);
end
$$;

alter function compliance.evaluate_alerts(date) owner to compliance_service;
revoke all on function compliance.evaluate_alerts(date) from public;
grant execute on function compliance.evaluate_alerts(date) to pit_staff;

comment on function compliance.evaluate_alerts(date) is
  'Evaluates the alert rules as of a gaming day (default: the running one). Capability '
  'mtl:review. Errors: IDUNA, IDFRB.';
