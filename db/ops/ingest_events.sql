-- The door for floor systems: applies a list of events in order, each exactly once by its key,
-- each in its own subtransaction. One ingestion per casino at a time, so that two senders can't
-- overtake each other.

create or replace function ops.ingest_events(events jsonb) returns setof ops.ingested_outcome
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_event jsonb;
begin
  if jsonb_typeof(events) is distinct from 'array' then
    perform ops._refuse('OPMAL', array['a list of events is expected']);
  end if;
  if jsonb_array_length(events) > 30 then
    perform ops._refuse('OPBAT', array['30']);
  end if;
  v_actor.ingesting := true;
  perform pg_advisory_xact_lock(hashtextextended('ops.ingest_events', v_actor.casino_id));
  for v_event in select e from jsonb_array_elements(events) with ordinality as l (e, n) order by n
  loop
    return next ops._ingest_event(v_actor, v_event);
  end loop;
end
$$;

alter function ops.ingest_events(jsonb) owner to ops_service;
revoke all on function ops.ingest_events(jsonb) from public;
grant execute on function ops.ingest_events(jsonb) to pit_staff;

comment on function ops.ingest_events(jsonb) is
  'Applies at most 30 events of a floor system''s feed in order and gives the outcome of each. '
  'Capability import:run. Errors: IDUNA, IDFRB, OPMAL no list, OPBAT. Errors of classes 40, 53, '
  '57 and XX are raised and nothing of the call is kept: send it again.';
