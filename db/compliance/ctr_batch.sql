-- The reports that are to be filed for a period: of its ready cases, and of filed ones that need
-- an amendment. All or nothing: while a case of the period is open or a person isn't identified,
-- the batch is refused with the list of what is missing, case by case. The cases stay locked
-- until the transaction ends, so that their cash is the same when the file is put on record.

create or replace function compliance.ctr_batch(first_day date, last_day date) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_reports jsonb;
  v_incomplete jsonb;
begin
  perform
  from compliance.ctr_case as k
  where k.casino_id = v_actor.casino_id
    and k.gaming_day between first_day and last_day
    and (k.state in ('open', 'ready') or k.amendment_due)
  order by k.gaming_day, k.case_id
  for no key update;

  select
    coalesce(jsonb_agg(c.report), '[]'),
    jsonb_agg(
      jsonb_build_object(
        'caseId', c.case_id, 'gamingDay', c.gaming_day, 'patron', c.patron_id,
        'missing', case when c.state = 'open' and c.report -> 'missing' = '[]'
          then '["preparation"]' else c.report -> 'missing'
        end
      )
      order by c.gaming_day, c.case_id
    ) filter (where c.state = 'open' or c.report -> 'missing' <> '[]')
  into v_reports, v_incomplete
  from (
    select
      k.case_id, k.gaming_day, k.patron_id, k.state,
      compliance._ctr_report(v_actor, k.case_id) as report
    from compliance.ctr_case as k
    where k.casino_id = v_actor.casino_id
      and k.gaming_day between first_day and last_day
      and (
        k.state in ('open', 'ready')
        or k.amendment_due and k.state in ('filed', 'acknowledged')
      )
  ) as c;

  if v_incomplete is not null then
    perform ops._refuse(
      'MTIDN',
      array[
        format(
          '%s of %s case%s', jsonb_array_length(v_incomplete), jsonb_array_length(v_reports),
          case when jsonb_array_length(v_reports) <> 1 then 's' end
        )
      ],
      jsonb_build_object('cases', v_incomplete)
    );
  end if;
  return compliance._ctr_batch(v_actor, first_day, last_day, v_reports);
end
$$;

alter function compliance.ctr_batch(date, date) owner to compliance_service;
revoke all on function compliance.ctr_batch(date, date) from public;
grant execute on function compliance.ctr_batch(date, date) to pit_staff;

comment on function compliance.ctr_batch(date, date) is
  'The reports to be filed for the gaming days from first_day to last_day, in a fixed order, with '
  'the filing date. Capability ctr:file. Errors: IDUNA, IDFRB, MTIDN with details {cases: '
  '[{caseId, gamingDay, patron, missing}]}, MTBAT nothing to file, MTFIL no filing data.';
