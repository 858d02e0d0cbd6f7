-- What FinCEN was told of a case since it was filed last, when that isn't noted yet: the report in
-- the last file that was made for the version to come. A file of an earlier version, or of what
-- is filed already, says nothing about that one. Files from before the case are left out by their
-- time, with an hour for transactions that began earlier than what they saw.

create or replace function compliance._exported_report(ctr_case compliance.ctr_case)
returns jsonb
language sql
stable
set search_path = ''
return (
  select r.report
  from compliance.ctr_export as e
  cross join lateral jsonb_array_elements(e.reports) as r (report)
  where e.casino_id = ctr_case.casino_id
    and e.exported_at >= ctr_case.opened_at - interval '1 hour'
    and e.case_ids @> array[ctr_case.case_id]
    and (r.report ->> 'case_id')::uuid = ctr_case.case_id
    and (r.report #>> '{amends,version}')::integer is not distinct from ctr_case.filed_version
  order by e.ctr_export_id desc
  limit 1
);

alter function compliance._exported_report(compliance.ctr_case) owner to compliance_service;
revoke all on function compliance._exported_report(compliance.ctr_case) from public;

comment on function compliance._exported_report(compliance.ctr_case) is
  'A case''s report as it was exported last, null when it wasn''t since its last filing.';
