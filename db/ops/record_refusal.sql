-- What was refused leaves no row, because its transaction is rolled back; so the gateway tells it
-- afterwards, with the claim of the session that was refused. Casino and person come from that
-- session, the code's name from the registry: whoever calls this can only ever write that the
-- owner of a session was refused something. Refusals that came in numbers are one row with a count.

create or replace function ops.record_refusal(
  session text,
  operation text,
  refusal text,
  correlation_id text,
  times integer default 1,
  since timestamptz default null
) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._claimed_session(session);
  -- A privilege that the database denies has no row in the registry: it is no rule of ours.
  v_code text := coalesce(
    ops._error_name(refusal), case when refusal = '42501' then 'FORBIDDEN' end
  );
begin
  if v_actor.staff_id is null or v_code is null then
    return false;
  end if;
  v_actor.correlation_id := coalesce(nullif(left(correlation_id, 64), ''), uuidv7()::text);
  perform ops._log(
    v_actor, 'refused',
    details => jsonb_strip_nulls(jsonb_build_object(
      'operation', coalesce(substring(operation from '^[A-Za-z][A-Za-z0-9_./-]{0,63}$'), 'other'),
      'code', v_code,
      'sqlstate', refusal,
      'times', case when times > 1 then times end,
      'since', case when times > 1 then since end
    ))
  );
  return true;
end
$$;

alter function ops.record_refusal(text, text, text, text, integer, timestamptz)
owner to ops_service;
revoke all on function ops.record_refusal(text, text, text, text, integer, timestamptz)
from public;
grant execute on function ops.record_refusal(text, text, text, text, integer, timestamptz)
to pit_gateway;

comment on function ops.record_refusal(text, text, text, text, integer, timestamptz) is
  'For the gateway alone: writes into the audit log that the session''s person was refused an '
  'operation with a registered error, also when the session has ended. times: how many refusals '
  'this row stands for, since when. False when there is no such session or error.';
