-- The reports of a period as they were filed last, for making their file again: what changed
-- since is an amendment, and not in here.

create or replace function compliance.ctr_batch_filed(first_day date, last_day date)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_reports jsonb;
begin
  select coalesce(jsonb_agg(f.report), '[]') into v_reports
  from compliance.ctr_case as c
  join compliance.ctr_filing as f
    on f.casino_id = v_actor.casino_id
    and f.case_id = c.case_id
    and f.version = c.filed_version
  where c.casino_id = v_actor.casino_id
    and c.gaming_day between first_day and last_day
    and c.state in ('filed', 'acknowledged');
  return compliance._ctr_batch(v_actor, first_day, last_day, v_reports);
end
$$;

alter function compliance.ctr_batch_filed(date, date) owner to compliance_service;
revoke all on function compliance.ctr_batch_filed(date, date) from public;
grant execute on function compliance.ctr_batch_filed(date, date) to pit_staff;

comment on function compliance.ctr_batch_filed(date, date) is
  'The filed reports of the gaming days from first_day to last_day, each as it was filed last. '
  'Capability ctr:file. Errors: IDUNA, IDFRB, MTBAT nothing was filed, MTFIL no filing data.';
