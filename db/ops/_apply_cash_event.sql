-- Applies what a feed says of cash: who paid or was paid, a correction, who an unknown person is.
-- The feed names people by cards or by the key of the event that described them, and entries by
-- the key of theirs; what it names and nobody knows becomes an id that nothing has, so that the
-- rule that needs it refuses it in its turn. Visit and slip are locked before the patron, in the
-- order in which commands take them.

create or replace function ops._apply_cash_event(
  actor identity.actor,
  event jsonb,
  at timestamptz
) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  v_key text := event ->> 'key';
  v_amount numeric := ops._number(event ->> 'amount');
  v_principal uuid;
  v_here record;
  v_entry compliance.mtl_entry;
  v_done ops.ingestion;
begin
  if event ->> 'type' = 'person' then
    v_done.patron_id := (
      (
        compliance._describe_patron(
          actor, event ->> 'description', null, null, null, null, null, null, null, null, v_key
        )
      ).patron
    ).patron_id;
    return v_done;
  end if;

  if event ->> 'type' = 'cash_corrected' then
    select i.player_id, i.patron_id, i.mtl_entry_id into v_done.player_id, v_done.patron_id,
      v_done.mtl_entry_id
    from ops.ingested_event as i
    where i.casino_id = actor.casino_id
      and i.event_key = event ->> 'ref'
      and i.event_type = 'cash'
      and i.outcome = 'applied';
    v_done.mtl_entry_id := (
      (
        compliance._correct_cash(
          actor, coalesce(v_done.mtl_entry_id, c_nobody), v_amount, event ->> 'reason', v_key
        )
      ).mtl_entry
    ).entry_id;
    return v_done;
  end if;

  if event ->> 'person' is not null then
    select i.patron_id into v_done.patron_id
    from ops.ingested_event as i
    where i.casino_id = actor.casino_id
      and i.event_key = event ->> 'person'
      and i.event_type = 'person'
      and i.outcome = 'applied';
    v_done.patron_id := coalesce(v_done.patron_id, c_nobody);
  end if;
  if event ->> 'card' is not null or event ->> 'person' is null then
    v_done.player_id := coalesce(floor._player_by_card(event ->> 'card'), c_nobody);
  end if;

  if event ->> 'type' = 'identified' then
    perform compliance._identify(
      actor, coalesce(v_done.patron_id, c_nobody), coalesce(v_done.player_id, c_nobody),
      event ->> 'reason', v_key
    );
    return v_done;
  end if;

  if event ->> 'agent_for' is not null then
    v_principal := coalesce(floor._player_by_card(event ->> 'agent_for'), c_nobody);
  end if;
  v_here := floor._whereabouts(coalesce(v_principal, v_done.player_id), event ->> 'table');
  v_entry := (
    compliance._record_cash(
      actor, v_done.patron_id, v_done.player_id, event ->> 'direction', event ->> 'kind',
      event ->> 'area', event ->> 'tender', v_amount, v_key, at,
      table_id => case when event ->> 'table' is not null
        then coalesce(v_here.table_id, c_nobody)
      end,
      agent_for_player_id => v_principal,
      note => event ->> 'note'
    )
  ).mtl_entry;
  v_done.patron_id := coalesce(v_entry.patron_id, v_done.patron_id);
  v_done.visit_id := v_entry.visit_id;
  v_done.rating_slip_id := v_entry.rating_slip_id;
  v_done.mtl_entry_id := v_entry.entry_id;
  return v_done;
end
$$;

alter function ops._apply_cash_event(identity.actor, jsonb, timestamptz) owner to ops_service;
revoke all on function ops._apply_cash_event(identity.actor, jsonb, timestamptz) from public;

comment on function ops._apply_cash_event(identity.actor, jsonb, timestamptz) is
  'Applies a person, cash, cash_corrected or identified event. Errors: those of compliance''s '
  'commands, RSPLR, MTPAT, MTENT, RSTNF.';
