-- What resolving an alert gives back. The alert itself is the key: the same person's same note
-- again changes nothing.

create type compliance.alert_result as (
  compliance_alert compliance.compliance_alert,
  replayed boolean
);

alter type compliance.alert_result owner to pit_owner;

comment on type compliance.alert_result is
  'The alert as it is now, and whether it had been resolved so before.';
