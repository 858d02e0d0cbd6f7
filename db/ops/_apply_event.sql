-- Applies one event of a feed through the same internal functions that staff commands use, with
-- the checks in the order of feed.md. Raises where the event is refused.

create or replace function ops._apply_event(actor identity.actor, event jsonb) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_type text := event ->> 'type';
  v_at timestamptz := ops._event_time(event ->> 'at');
  v_bet numeric := ops._number(event ->> 'average_bet');
  v_points bigint := ops._whole_number(event ->> 'points');
  v_seat integer := case
    when abs(ops._whole_number(event ->> 'seat')) < 1000000
      then ops._whole_number(event ->> 'seat')
  end;
  v_here record;
  v_entry loyalty.loyalty_ledger;
  v_done ops.ingestion;
begin
  if v_type not in (
    'player', 'visit_opened', 'visit_closed', 'slip_opened', 'bet_observed', 'slip_paused',
    'slip_resumed', 'slip_closed', 'moved', 'reward', 'redeem', 'reverse',
    'person', 'cash', 'cash_corrected', 'identified'
  ) then
    perform ops._refuse('OPEVT', array[v_type]);
  end if;

  if v_type in ('reward', 'redeem', 'reverse') and v_at > now() + interval '1 minute' then
    perform ops._refuse('RSTIM', array[v_at::text, 'it lies in the future']);
  end if;

  if v_type = 'player' then
    v_done.player_id := ops._apply_player_event(actor, event, v_at);
    return v_done;
  end if;
  if v_type = 'reverse' then
    return ops._apply_reverse_event(actor, event, v_at);
  end if;
  if v_type in ('person', 'cash', 'cash_corrected', 'identified') then
    return ops._apply_cash_event(actor, event, v_at);
  end if;

  v_done.player_id := floor._player_by_card(event ->> 'card');
  v_here := floor._whereabouts(v_done.player_id, event ->> 'table');

  if v_type in ('visit_opened', 'slip_opened', 'reward', 'redeem') and v_done.player_id is null
  then
    perform ops._refuse('RSPLR');
  end if;
  if v_type in ('visit_closed', 'slip_opened') and v_here.visit_id is null then
    perform ops._refuse('RSVIS');
  end if;
  if v_type in ('bet_observed', 'slip_paused', 'slip_resumed', 'moved', 'slip_closed')
    and v_here.rating_slip_id is null
  then
    perform ops._refuse('RSNOP');
  end if;
  v_done.visit_id := v_here.visit_id;
  v_done.rating_slip_id := v_here.rating_slip_id;

  case v_type
    when 'visit_opened' then
      v_done.visit_id := (floor._open_visit(actor, v_done.player_id, v_at)).visit_id;
      v_done.rating_slip_id := null;
    when 'visit_closed' then
      v_done.told := floor._told((floor._close_visit(actor, v_here.visit_id, v_at)).completion);
    when 'slip_opened' then
      v_done.rating_slip_id := (
        floor._start_rating_slip(actor, v_here.visit_id, v_here.table_id, v_seat, v_bet, v_at)
      ).rating_slip_id;
    when 'bet_observed' then
      perform floor._record_bet(actor, v_here.rating_slip_id, v_bet, v_at);
    when 'slip_paused' then
      perform floor._set_paused(actor, v_here.rating_slip_id, true, v_at);
    when 'slip_resumed' then
      perform floor._set_paused(actor, v_here.rating_slip_id, false, v_at);
    when 'moved' then
      v_done.told := floor._told((
        floor._move_player(
          actor, v_here.rating_slip_id, v_here.table_id, v_seat, v_bet, v_at
        )
      ).completion);
    when 'slip_closed' then
      v_done.told := floor._told(
        floor._complete_rating_slip(actor, v_here.rating_slip_id, v_at)
      );
    when 'reward' then
      v_done.visit_id := null;
      v_done.rating_slip_id := null;
      v_entry := (
        loyalty._manual_reward(
          actor, v_done.player_id, v_points, event ->> 'reason', event ->> 'key', null, v_at
        )
      ).ledger_entry;
    when 'redeem' then
      v_done.visit_id := null;
      v_done.rating_slip_id := null;
      v_entry := (
        loyalty._redeem(
          actor, v_done.player_id, v_points, event ->> 'reason', event ->> 'key',
          case when event ->> 'cash_amount' is not null
            then coalesce(ops._number(event ->> 'cash_amount'), 0)
          end,
          v_at
        )
      ).ledger_entry;
  end case;
  if v_entry.entry_no is not null then
    v_done.entry_no := v_entry.entry_no;
    v_done.told := loyalty._told(v_entry);
  end if;
  return v_done;
end
$$;

alter function ops._apply_event(identity.actor, jsonb) owner to ops_service;
revoke all on function ops._apply_event(identity.actor, jsonb) from public;

comment on function ops._apply_event(identity.actor, jsonb) is
  'Applies one well-formed event and says which rows it touched. Errors: those of the commands, '
  'OPEVT unknown type, OPMAL.';
