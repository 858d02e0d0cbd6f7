-- Takes one event of a feed: recognises what it has seen, applies the rest in a subtransaction of
-- its own, and remembers the outcome. Refusals of the registry are outcomes; so that no event can
-- block a feed, so are values that can't be stored. Conflicts between transactions, lack of
-- resources, shutdowns and faults of our own are raised: the sender repeats the whole call.

create or replace function ops._ingest_event(
  actor identity.actor,
  event jsonb
) returns ops.ingested_outcome
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text;
  v_fingerprint bytea;
  v_before ops.ingested_event;
  v_done ops.ingestion;
  v_state text;
  v_code text;
begin
  if jsonb_typeof(event) is distinct from 'object' then
    return row(null, 'refused', ops._error_name('OPMAL'), null)::ops.ingested_outcome;
  end if;
  v_key := case when jsonb_typeof(event -> 'key') = 'string' then event ->> 'key' end;
  v_fingerprint := ops._fingerprint(event);
  begin
    perform identity._check_key(v_key);
    if jsonb_typeof(event -> 'type') is distinct from 'string'
      or ops._event_time(event ->> 'at') is null
    then
      perform ops._refuse('OPMAL', array['key, at or type is missing']);
    end if;
  exception when sqlstate 'IDKEY' or sqlstate 'OPMAL' then
    return row(v_key, 'refused', ops._error_name('OPMAL'), null)::ops.ingested_outcome;
  end;

  select * into v_before
  from ops.ingested_event as i
  where i.casino_id = actor.casino_id
    and i.event_key = v_key
    and i.request_fingerprint = v_fingerprint;
  if found then
    return row(
      v_key,
      case v_before.outcome when 'applied' then 'replayed' else 'refused' end,
      v_before.code,
      null::jsonb
    );
  end if;

  begin
    if exists (
      select
      from ops.ingested_event as i
      where i.casino_id = actor.casino_id and i.event_key = v_key and i.outcome = 'applied'
    ) then
      perform ops._refuse('LYIDM');
    end if;
    v_done := ops._apply_event(actor, event);
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate;
    v_code := ops._error_name(
      case when left(v_state, 2) = '22' or v_state in ('23502', '23514', '54000') then 'OPMAL'
        else v_state
      end
    );
    if v_code is null then
      raise;
    end if;
  end;

  insert into ops.ingested_event (
    casino_id, event_key, request_fingerprint, event_type, outcome, code,
    player_id, visit_id, rating_slip_id, entry_no, correlation_id, patron_id, mtl_entry_id
  )
  values (
    actor.casino_id, v_key, v_fingerprint, event ->> 'type',
    case when v_code is null then 'applied' else 'refused' end, v_code,
    v_done.player_id, v_done.visit_id, v_done.rating_slip_id, v_done.entry_no,
    actor.correlation_id, v_done.patron_id, v_done.mtl_entry_id
  );
  return row(
    v_key, case when v_code is null then 'applied' else 'refused' end, v_code, v_done.told
  );
end
$$;

alter function ops._ingest_event(identity.actor, jsonb) owner to ops_service;
revoke all on function ops._ingest_event(identity.actor, jsonb) from public;

comment on function ops._ingest_event(identity.actor, jsonb) is
  'Outcome of one event: applied, replayed or refused with the name of the error.';
