-- Notes that FinCEN has taken a filed report in, under which identifier. An amendment gets an
-- identifier of its own; the one before stays with the version that names it. An identifier that
-- another report has, an earlier version of the same case too, is never given again: it came with
-- an acknowledgement of something else.

create or replace function compliance.acknowledge_ctr(case_id uuid, bsa_id text)
returns compliance.ctr_case_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_case compliance.ctr_case := compliance._lock_case(v_actor, acknowledge_ctr.case_id);
  v_bsa_id text := btrim(acknowledge_ctr.bsa_id);
begin
  if not coalesce(v_bsa_id ~ '^[0-9]{14}$' and v_bsa_id !~ '^0+$', false) then
    perform ops._refuse('MTBSA');
  end if;
  if v_case.state = 'acknowledged' and v_case.bsa_id = v_bsa_id then
    return row(v_case, true);
  end if;
  if v_case.state <> 'filed' then
    perform ops._refuse('MTCAS', array[v_case.state, 'acknowledged']);
  end if;
  perform ops._lock(v_actor.casino_id, 'compliance:bsa:' || v_bsa_id);
  if exists (
    select
    from compliance.ctr_case as c
    where c.casino_id = v_actor.casino_id and c.bsa_id = v_bsa_id
    union all
    select
    from compliance.ctr_filing as f
    where f.casino_id = v_actor.casino_id and f.amends_bsa_id = v_bsa_id
  ) then
    perform ops._refuse('MTBSA');
  end if;
  update compliance.ctr_case as c
  set state = 'acknowledged', state_changed_at = now(), bsa_id = v_bsa_id
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id
  returning * into v_case;
  return row(v_case, false);
end
$$;

alter function compliance.acknowledge_ctr(uuid, text) owner to compliance_service;
revoke all on function compliance.acknowledge_ctr(uuid, text) from public;
grant execute on function compliance.acknowledge_ctr(uuid, text) to pit_staff;

comment on function compliance.acknowledge_ctr(uuid, text) is
  'Records the BSA identifier of a filed case. Capability ctr:file. Errors: IDUNA, IDFRB, MTCNF, '
  'MTBSA, MTCAS.';
