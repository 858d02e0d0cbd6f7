-- A case's report when nothing is missing in it. What is missing is said field by field, so that
-- whoever prepares or files it knows what to ask for.

create or replace function compliance._complete_report(
  actor identity.actor,
  ctr_case compliance.ctr_case
) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_report jsonb := compliance._ctr_report(actor, ctr_case.case_id);
  v_missing text[] := array(
    select m.field from jsonb_array_elements_text(v_report -> 'missing') as m (field)
  );
begin
  if cardinality(v_missing) > 0 then
    perform ops._refuse(
      'MTIDN', array[replace(array_to_string(v_missing, ', '), '_', ' ') || ' missing'],
      jsonb_build_object('missing', v_missing)
    );
  end if;
  return v_report;
end
$$;

alter function compliance._complete_report(identity.actor, compliance.ctr_case)
owner to compliance_service;
revoke all on function compliance._complete_report(identity.actor, compliance.ctr_case)
from public;

comment on function compliance._complete_report(identity.actor, compliance.ctr_case) is
  'What a case''s report says. Error: MTIDN with the missing fields in its details.';
