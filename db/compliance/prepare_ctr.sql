-- Says that a case is ready to be filed: everything the report needs is known. The case itself is
-- the key, so pressing twice prepares once.

create or replace function compliance.prepare_ctr(case_id uuid)
returns compliance.ctr_case_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_case compliance.ctr_case := compliance._lock_case(v_actor, prepare_ctr.case_id);
  v_report jsonb;
begin
  if v_case.state = 'ready' then
    return row(v_case, true);
  end if;
  if v_case.state <> 'open' then
    perform ops._refuse('MTCAS', array[v_case.state, 'ready']);
  end if;
  v_report := compliance._complete_report(v_actor, v_case);
  update compliance.ctr_case as c
  set state = 'ready', state_changed_at = now()
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id
  returning * into v_case;
  return row(v_case, false);
end
$$;

alter function compliance.prepare_ctr(uuid) owner to compliance_service;
revoke all on function compliance.prepare_ctr(uuid) from public;
grant execute on function compliance.prepare_ctr(uuid) to pit_staff;

comment on function compliance.prepare_ctr(uuid) is
  'Makes an open case ready, when its identification is complete. Capability mtl:review. Errors: '
  'IDUNA, IDFRB, MTCNF, MTCAS, MTIDN with the missing fields in its details.';
