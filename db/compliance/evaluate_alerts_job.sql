-- The job behind the alerts: the day before, which may still get corrections, and the running day.
-- Who has just bought chips hasn't walked off with them, so chip walks wait until a day is over.

create or replace function compliance.evaluate_alerts_job(ticket text)
returns compliance.alert_evaluation
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('compliance/evaluate_alerts', ticket);
  v_today date := identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now());
  v_raised integer := compliance._evaluate_alerts(v_actor, v_today - 1);
begin
  v_raised := v_raised + compliance._evaluate_alerts(v_actor, v_today, chip_walks => false);
  return row(v_today, v_raised, v_raised = 0);
end
$$;

alter function compliance.evaluate_alerts_job(text) owner to compliance_service;
revoke all on function compliance.evaluate_alerts_job(text) from public;
grant execute on function compliance.evaluate_alerts_job(text) to pit_worker;

comment on function compliance.evaluate_alerts_job(text) is
  'For the task compliance/evaluate_alerts: evaluates the alert rules for yesterday and today. '
  'Error: OPTKT.';
