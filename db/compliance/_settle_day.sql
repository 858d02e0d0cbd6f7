-- Makes a person's case of one gaming day what their sums say it must be: opened when a sum is
-- over the threshold, closed when none is any more, opened again when one is; and after filing,
-- whether what was filed last still agrees, in its sums, in the lines they are on, in whose they
-- are and in what is known of them; an amendment that was exported stays due until it is filed.
-- The one place that decides this, after every entry, correction, identification and filing. The
-- caller holds the person's lock.

create or replace function compliance._settle_day(
  actor identity.actor,
  root uuid,
  gaming_day date,
  entry_id uuid default null
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_sums record;
  v_is_over boolean;
  v_case compliance.ctr_case;
  v_is_amended boolean;
begin
  v_sums := compliance._day_sums(root, _settle_day.gaming_day);
  v_is_over := greatest(v_sums.cash_in, v_sums.cash_out)
    > (compliance._thresholds(actor, _settle_day.gaming_day)).ctr_threshold;

  select * into v_case
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = root
    and c.gaming_day = _settle_day.gaming_day
    and c.state <> 'merged'
  for no key update;

  if v_case.case_id is null then
    if v_is_over then
      insert into compliance.ctr_case (
        casino_id, patron_id, origin_patron_id, gaming_day, opened_by_entry_id, correlation_id
      )
      values (
        actor.casino_id, root, root, _settle_day.gaming_day, _settle_day.entry_id,
        actor.correlation_id
      );
    end if;
    return;
  end if;

  case
    when v_case.filed_version is not null then
      select
        (f.cash_in, f.cash_out, f.patron_id, f.report -> 'lines', f.report -> 'persons')
        is distinct from (
          v_sums.cash_in, v_sums.cash_out, root, r.report -> 'lines', r.report -> 'persons'
        )
        or compliance._exported_report(v_case) is not null
      into v_is_amended
      from compliance.ctr_filing as f
      cross join compliance._ctr_report(actor, v_case.case_id) as r (report)
      where f.casino_id = identity._casino()
        and f.case_id = v_case.case_id
        and f.version = v_case.filed_version;
      update compliance.ctr_case as c
      set amendment_due = v_is_amended
      where c.casino_id = identity._casino()
        and c.case_id = v_case.case_id
        and c.amendment_due <> v_is_amended;
    when v_case.state = 'closed' and v_is_over then
      update compliance.ctr_case as c
      set state = 'open', closed_reason = null, state_changed_at = now()
      where c.casino_id = identity._casino() and c.case_id = v_case.case_id;
    when v_case.state in ('open', 'ready') and not v_is_over then
      update compliance.ctr_case as c
      set state = 'closed',
        closed_reason = 'Neither sum is over the threshold any more.',
        state_changed_at = now()
      where c.casino_id = identity._casino() and c.case_id = v_case.case_id;
    else
      null;
  end case;
end
$$;

alter function compliance._settle_day(identity.actor, uuid, date, uuid)
owner to compliance_service;
revoke all on function compliance._settle_day(identity.actor, uuid, date, uuid) from public;

comment on function compliance._settle_day(identity.actor, uuid, date, uuid) is
  'Opens, reopens or closes a person''s case of a gaming day, or marks its amendment due.';
