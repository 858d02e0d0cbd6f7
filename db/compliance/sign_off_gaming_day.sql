-- A compliance officer's signature under a gaming day that is over: once, and only when none of
-- its cases waits to be prepared or filed. The refusal says what blocks it.

create or replace function compliance.sign_off_gaming_day(
  gaming_day date,
  note text default null
) returns compliance.sign_off_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_blocking jsonb;
  v_signed compliance.gaming_day_sign_off;
begin
  if not identity._may(v_actor, 'mtl:review') then
    perform ops._refuse('IDFRB', array['mtl:review']);
  end if;
  if coalesce(
    sign_off_gaming_day.gaming_day
      >= identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now()),
    true
  ) then
    perform ops._refuse(
      'MTSGN', array[sign_off_gaming_day.gaming_day::text, 'it isn''t over yet']
    );
  end if;

  select jsonb_agg(
    jsonb_build_object('caseId', c.case_id, 'state', c.state) order by c.due_on, c.case_id
  )
  into v_blocking
  from compliance.ctr_case as c
  where c.casino_id = v_actor.casino_id
    and c.gaming_day = sign_off_gaming_day.gaming_day
    and c.state in ('open', 'ready');
  if v_blocking is not null then
    perform ops._refuse(
      'MTSGN',
      array[sign_off_gaming_day.gaming_day::text, 'it has cases that are open or ready'],
      jsonb_build_object('blocking', v_blocking)
    );
  end if;

  insert into compliance.gaming_day_sign_off as s (
    casino_id, gaming_day, note, signed_off_by, correlation_id
  )
  values (
    v_actor.casino_id, sign_off_gaming_day.gaming_day,
    nullif(btrim(sign_off_gaming_day.note, E' \t\r\n'), ''),
    v_actor.staff_id, v_actor.correlation_id
  )
  on conflict on constraint gaming_day_sign_off_pkey do nothing
  returning * into v_signed;
  if not found then
    perform ops._refuse(
      'MTSGN', array[sign_off_gaming_day.gaming_day::text, 'it was signed off already']
    );
  end if;
  return row(v_signed, false);
end
$$;

alter function compliance.sign_off_gaming_day(date, text) owner to compliance_service;
revoke all on function compliance.sign_off_gaming_day(date, text) from public;
grant execute on function compliance.sign_off_gaming_day(date, text) to pit_staff;

comment on function compliance.sign_off_gaming_day(date, text) is
  'Signs a gaming day off. Capabilities ctr:file and mtl:review. Errors: IDUNA, IDFRB, MTSGN with '
  'the blocking cases in its details.';
