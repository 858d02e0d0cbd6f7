-- The job behind due dates. It comes every hour, because a day begins at another hour at each
-- casino; what was noted once is not noted again.

create or replace function compliance.ctr_due_job(ticket text)
returns setof compliance.ctr_due_notice
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('compliance/ctr_due', ticket);
begin
  return query select n.* from compliance._note_due_cases(v_actor, now()) as n;
end
$$;

alter function compliance.ctr_due_job(text) owner to compliance_service;
revoke all on function compliance.ctr_due_job(text) from public;
grant execute on function compliance.ctr_due_job(text) to pit_worker;

comment on function compliance.ctr_due_job(text) is
  'For the task compliance/ctr_due: notes the cases that have come near their last day, or passed '
  'it, and gives the new notices. Error: OPTKT.';
