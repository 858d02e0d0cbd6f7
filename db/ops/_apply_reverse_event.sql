-- Undoes the entry of an earlier event: a reward, a redemption, or what closed a slip. The feed
-- knows its own keys only, so the entry is found by what that key did.

create or replace function ops._apply_reverse_event(
  actor identity.actor,
  event jsonb,
  at timestamptz
) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_event ops.ingested_event;
  v_entry_no bigint;
  v_reversal loyalty.loyalty_ledger;
  v_done ops.ingestion;
begin
  select * into v_event
  from ops.ingested_event as i
  where i.casino_id = actor.casino_id
    and i.event_key = event ->> 'ref'
    and i.outcome = 'applied';
  v_entry_no := coalesce(
    v_event.entry_no,
    case when v_event.event_type in ('slip_closed', 'moved', 'visit_closed')
      then loyalty._slip_entry_no(v_event.rating_slip_id)
    end
  );
  if v_entry_no is null then
    perform ops._refuse('LYENT');
  end if;

  v_done.player_id := v_event.player_id;
  perform floor._whereabouts(v_event.player_id, null);
  v_reversal := (
    loyalty._reverse_entry(
      actor, v_event.player_id, v_entry_no, event ->> 'reason', event ->> 'key', at
    )
  ).ledger_entry;
  v_done.entry_no := v_reversal.entry_no;
  v_done.told := loyalty._told(v_reversal);
  return v_done;
end
$$;

alter function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) owner to ops_service;
revoke all on function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) from public;

comment on function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) is
  'Applies a reverse event. Errors: LYENT, LYREV, LYRSN, LYBAL.';
