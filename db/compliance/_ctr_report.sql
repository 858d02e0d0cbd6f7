-- Everything that a case's report says, from the log and the identifications as they are now; the
-- filed version keeps it as it was. A direction is reported when its exact sum is over the
-- threshold of the day, and in an amendment also when it was reported before. Totals are sums of
-- rounded lines. Whoever carried money for the person is named, and the person is then acted for.

create or replace function compliance._ctr_report(actor identity.actor, case_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_case compliance.ctr_case;
  v_threshold numeric;
  v_before compliance.ctr_filing;
  v_transactions compliance.ctr_transaction[];
  v_exact_in numeric;
  v_exact_out numeric;
  v_count_in integer;
  v_count_out integer;
  v_reported text[];
  v_lines jsonb;
  v_in numeric;
  v_out numeric;
  v_agents jsonb;
  v_missing jsonb;
begin
  select c.* into v_case
  from compliance.ctr_case as c
  where c.casino_id = actor.casino_id and c.case_id = _ctr_report.case_id;
  if not found then
    return null;
  end if;
  v_threshold := (compliance._thresholds(actor, v_case.gaming_day)).ctr_threshold;
  select f.* into v_before
  from compliance.ctr_filing as f
  where f.casino_id = actor.casino_id
    and f.case_id = v_case.case_id
    and f.version = v_case.filed_version;

  select
    coalesce(array_agg(t), '{}'),
    coalesce(sum(t.amount) filter (where t.direction = 'in'), 0),
    coalesce(sum(t.amount) filter (where t.direction = 'out'), 0),
    count(*) filter (where t.direction = 'in'),
    count(*) filter (where t.direction = 'out')
  into v_transactions, v_exact_in, v_exact_out, v_count_in, v_count_out
  from compliance._ctr_transactions(v_case.patron_id, v_case.gaming_day) as t;
  v_reported := array_remove(array[
    case when v_exact_in > v_threshold or v_before.report ->> 'cash_in' is not null
      then 'in' end,
    case when v_exact_out > v_threshold or v_before.report ->> 'cash_out' is not null
      then 'out' end
  ], null);
  v_lines := compliance._ctr_lines(v_transactions, v_reported);
  select
    sum((l ->> 'amount')::numeric) filter (where l ->> 'direction' = 'in'),
    sum((l ->> 'amount')::numeric) filter (where l ->> 'direction' = 'out')
  into v_in, v_out
  from jsonb_array_elements(v_lines) as l;

  select
    coalesce(
      jsonb_agg(
        compliance._ctr_person(
          a.agent_patron_id, '17', a.cash_in, a.cash_out, a.count_in > 1 or a.count_out > 1
        )
        order by a.agent_patron_id
      ),
      '[]'
    ),
    coalesce(
      jsonb_agg(
        to_jsonb(compliance._missing_identification(a.agent_patron_id))
        order by a.agent_patron_id
      ),
      '[]'
    )
  into v_agents, v_missing
  from (
    select
      t.agent_patron_id,
      ceil(sum(t.amount) filter (where t.direction = 'in')) as cash_in,
      ceil(sum(t.amount) filter (where t.direction = 'out')) as cash_out,
      count(*) filter (where t.direction = 'in') as count_in,
      count(*) filter (where t.direction = 'out') as count_out
    from unnest(v_transactions) as t
    where t.agent_patron_id is not null and t.direction = any (v_reported)
    group by t.agent_patron_id
  ) as a;
  select
    to_jsonb(compliance._missing_identification(v_case.patron_id))
    || coalesce(
      jsonb_agg(format('agent %s: %s', a.no, f.field) order by a.no, f.ordinality)
        filter (where f.field is not null),
      '[]'
    )
  into v_missing
  from jsonb_array_elements(v_missing) with ordinality as a (fields, no)
  left join lateral jsonb_array_elements_text(a.fields) with ordinality as f (field, ordinality)
    on true;

  return jsonb_build_object(
    'case_id', v_case.case_id,
    'gaming_day', v_case.gaming_day,
    'amends', case when v_case.filed_version is not null then
      jsonb_build_object('version', v_case.filed_version, 'bsa_id', v_case.bsa_id)
    end,
    'filer', compliance._filer(),
    'cash_in', v_in,
    'cash_out', v_out,
    'exact_in', v_exact_in,
    'exact_out', v_exact_out,
    'multiple_in', 'in' = any (v_reported) and v_count_in > 1,
    'multiple_out', 'out' = any (v_reported) and v_count_out > 1,
    'persons', v_agents || compliance._ctr_person(
      v_case.patron_id,
      case when v_agents = '[]' then '50' else '23' end,
      v_in, v_out,
      'in' = any (v_reported) and v_count_in > 1 or 'out' = any (v_reported) and v_count_out > 1
    ),
    'lines', v_lines,
    'missing', v_missing
  );
end
$$;

alter function compliance._ctr_report(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._ctr_report(identity.actor, uuid) from public;

comment on function compliance._ctr_report(identity.actor, uuid) is
  'A case''s report: persons, lines and totals in whole dollars (null where a direction isn''t '
  'reported), exact sums, and what is missing of the identifications. Null without such a case.';
