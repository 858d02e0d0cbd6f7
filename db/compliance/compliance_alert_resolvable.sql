-- Whether the signed-in person may close an alert; a field of it, so that nobody is offered what
-- resolve_alert refuses.

create function compliance.compliance_alert_resolvable(alert compliance.compliance_alert)
returns boolean
language sql
stable
return alert.resolved_at is null and (select identity.session_may('mtl:review'));

alter function compliance.compliance_alert_resolvable(compliance.compliance_alert)
owner to compliance_service;
revoke all on function compliance.compliance_alert_resolvable(compliance.compliance_alert)
from public;
grant execute on function compliance.compliance_alert_resolvable(compliance.compliance_alert)
to pit_staff;

comment on function compliance.compliance_alert_resolvable(compliance.compliance_alert) is
  'Not closed yet, and the signed-in person may close it: with mtl:review.';
