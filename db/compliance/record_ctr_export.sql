-- Puts a batch file on record before anybody gets it, with what it says of each case: that is what
-- FinCEN will hold, and so what is filed. Each report has to be the one of now, or the one that
-- was filed last. The cases are locked until the file is on record, and no cash of theirs can
-- commit meanwhile. Making the same file again is another line: who took it is what counts.

create or replace function compliance.record_ctr_export(
  file_sha256 text,
  first_day date,
  last_day date,
  reports jsonb
) returns compliance.ctr_export
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_case_ids uuid[] := array(
    select (r.report ->> 'case_id')::uuid
    from jsonb_array_elements(record_ctr_export.reports) with ordinality as r (report, place)
    order by r.place
  );
  v_found uuid[];
  v_export compliance.ctr_export;
begin
  v_found := array(
    select c.case_id
    from compliance.ctr_case as c
    where c.casino_id = v_actor.casino_id
      and c.case_id = any (v_case_ids)
      and c.gaming_day between first_day and last_day
    order by c.gaming_day, c.case_id
    for no key update
  );
  if cardinality(v_found) <> cardinality(v_case_ids) or cardinality(v_case_ids) = 0 then
    perform ops._refuse('MTBAT', array[first_day::text, last_day::text]);
  end if;
  if exists (
    select
    from jsonb_array_elements(record_ctr_export.reports) as r (report)
    join compliance.ctr_case as c
      on c.casino_id = v_actor.casino_id and c.case_id = (r.report ->> 'case_id')::uuid
    left join compliance.ctr_filing as f
      on f.casino_id = v_actor.casino_id
      and f.case_id = c.case_id
      and f.version = c.filed_version
    where r.report is distinct from compliance._ctr_report(v_actor, c.case_id)
      -- A report that was filed before there were filing data is dressed with those of now.
      and r.report - 'filer' is distinct from f.report - 'filer'
  ) then
    perform ops._refuse('MTOLD', array[first_day::text, last_day::text]);
  end if;
  insert into compliance.ctr_export (
    casino_id, file_sha256, first_day, last_day, case_ids, reports, exported_by, correlation_id
  )
  values (
    v_actor.casino_id, decode(record_ctr_export.file_sha256, 'hex'),
    record_ctr_export.first_day, record_ctr_export.last_day, v_case_ids,
    record_ctr_export.reports, v_actor.staff_id, v_actor.correlation_id
  )
  returning * into v_export;
  v_export.reports := null;
  return v_export;
end
$$;

alter function compliance.record_ctr_export(text, date, date, jsonb) owner to compliance_service;
revoke all on function compliance.record_ctr_export(text, date, date, jsonb) from public;
grant execute on function compliance.record_ctr_export(text, date, date, jsonb) to pit_staff;

comment on function compliance.record_ctr_export(text, date, date, jsonb) is
  'Records that a batch file of these reports (of ctr_batch or ctr_batch_filed) was made. '
  'Capability ctr:file. Errors: IDUNA, IDFRB, MTBAT when a case isn''t one of these days, MTOLD '
  'when a report isn''t what it would be now.';
