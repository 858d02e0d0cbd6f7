-- Puts a batch file on record before anybody gets it. Making the same file again is another line:
-- who took it is what counts.

create or replace function compliance.record_ctr_export(
  file_sha256 text,
  first_day date,
  last_day date,
  case_ids uuid[]
) returns compliance.ctr_export
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_export compliance.ctr_export;
begin
  if (
    select count(distinct c.case_id)
    from compliance.ctr_case as c
    where c.casino_id = v_actor.casino_id
      and c.case_id = any (case_ids)
      and c.gaming_day between first_day and last_day
  ) is distinct from cardinality(case_ids)
    or coalesce(cardinality(case_ids), 0) = 0
  then
    perform ops._refuse('MTBAT', array[first_day::text, last_day::text]);
  end if;
  insert into compliance.ctr_export (
    casino_id, file_sha256, first_day, last_day, case_ids, exported_by, correlation_id
  )
  values (
    v_actor.casino_id, decode(record_ctr_export.file_sha256, 'hex'),
    record_ctr_export.first_day, record_ctr_export.last_day, record_ctr_export.case_ids,
    v_actor.staff_id, v_actor.correlation_id
  )
  returning * into v_export;
  return v_export;
end
$$;

alter function compliance.record_ctr_export(text, date, date, uuid[]) owner to compliance_service;
revoke all on function compliance.record_ctr_export(text, date, date, uuid[]) from public;
grant execute on function compliance.record_ctr_export(text, date, date, uuid[]) to pit_staff;

comment on function compliance.record_ctr_export(text, date, date, uuid[]) is
  'Records that a batch file with these cases was made. Capability ctr:file. Errors: IDUNA, '
  'IDFRB, MTBAT when a case isn''t one of these days.';
