-- Dresses reports as a batch: the date on which it is filed, by the casino's clock, and the
-- reports in a fixed order. Where a report was filed before there were filing data, it gets those
-- of now; without any there is no batch.

create or replace function compliance._ctr_batch(
  actor identity.actor,
  first_day date,
  last_day date,
  reports jsonb
) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_filer jsonb := compliance._filer();
begin
  if jsonb_array_length(reports) = 0 then
    perform ops._refuse('MTBAT', array[first_day::text, last_day::text]);
  end if;
  if v_filer is null and reports @> '[{"filer": null}]' then
    perform ops._refuse('MTFIL', array['there are none']);
  end if;
  return jsonb_build_object(
    'filing_date', (now() at time zone actor.timezone)::date,
    'reports', (
      select
        jsonb_agg(
          case when r.report -> 'filer' = 'null'
            then r.report || jsonb_build_object('filer', v_filer) else r.report
          end
          order by r.report ->> 'gaming_day', r.report ->> 'case_id'
        )
      from jsonb_array_elements(reports) as r (report)
    )
  );
end
$$;

alter function compliance._ctr_batch(identity.actor, date, date, jsonb)
owner to compliance_service;
revoke all on function compliance._ctr_batch(identity.actor, date, date, jsonb) from public;

comment on function compliance._ctr_batch(identity.actor, date, date, jsonb) is
  'A batch of reports in a fixed order, with its filing date. Errors: MTBAT, MTFIL.';
