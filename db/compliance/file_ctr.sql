-- Files a case: freezes its report as the next version, which nobody can change. Where the report
-- was exported, it is the exported one, since that is what FinCEN holds, also when the case has
-- closed meanwhile; what changed since makes an amendment due at once. Otherwise it was filed on
-- paper, say, and is the report of now. Of a filed case that no longer agrees, it files an
-- amendment. Filing what is filed already gives the case again; since filing what was exported can
-- make an amendment due at once, a call that may be repeated says which version it means.

create or replace function compliance.file_ctr(case_id uuid, version integer default null)
returns compliance.ctr_case_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_case compliance.ctr_case := compliance._lock_case(v_actor, file_ctr.case_id);
  v_report jsonb := compliance._exported_report(v_case);
  v_next integer := coalesce(v_case.filed_version, 0) + 1;
begin
  if file_ctr.version between 1 and v_case.filed_version
    or file_ctr.version is null and v_case.state = 'filed' and not v_case.amendment_due
  then
    return row(v_case, true);
  end if;
  if file_ctr.version <> v_next
    or v_case.state not in ('ready', 'filed', 'acknowledged', 'closed')
    or v_case.state in ('filed', 'acknowledged') and not v_case.amendment_due
    or v_case.state = 'closed' and v_report is null
  then
    perform ops._refuse('MTCAS', array[v_case.state, 'filed']);
  end if;
  v_report := coalesce(v_report, compliance._complete_report(v_actor, v_case));

  insert into compliance.ctr_filing (
    casino_id, case_id, version, patron_id, cash_in, cash_out, amends_bsa_id, filed_by,
    correlation_id, report
  )
  values (
    v_actor.casino_id, v_case.case_id, v_next,
    -- The person is the last whom a report names.
    (v_report #>> '{persons,-1,patron_id}')::uuid,
    (v_report ->> 'exact_in')::numeric, (v_report ->> 'exact_out')::numeric,
    case when v_case.filed_version is not null then v_case.bsa_id end,
    v_actor.staff_id, v_actor.correlation_id, v_report
  );
  update compliance.ctr_case as c
  set
    state = 'filed', state_changed_at = now(), closed_reason = null, amendment_due = false,
    filed_version = v_next
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id;
  perform compliance._settle_day(v_actor, v_case.patron_id, v_case.gaming_day);
  select c.* into v_case
  from compliance.ctr_case as c
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id;
  return row(v_case, false);
end
$$;

alter function compliance.file_ctr(uuid, integer) owner to compliance_service;
revoke all on function compliance.file_ctr(uuid, integer) from public;
grant execute on function compliance.file_ctr(uuid, integer) to pit_staff;

comment on function compliance.file_ctr(uuid, integer) is
  'Files a ready case, or the amendment that a filed one needs, as a version that never changes: '
  'the report that was exported since the last filing, or else the report of now. '
  'version is the one that is meant, 1 for the first filing; when it is filed already, the case '
  'comes back with replayed. Without it, whatever is to be filed next is. '
  'Capability ctr:file. Errors: IDUNA, IDFRB, MTCNF, MTCAS, MTIDN with the missing fields in its '
  'details.';
