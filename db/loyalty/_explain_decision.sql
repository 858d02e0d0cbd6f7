-- Why somebody's decision moved points: who it was, who agreed, what they said, and for a reversal
-- what it takes back.

create or replace function loyalty._explain_decision(entry loyalty.loyalty_ledger)
returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_by text := coalesce(identity._display_name(entry.staff_id), 'The system');
  v_points text := loyalty._points_text(abs(entry.points_change));
  v_reversed loyalty.loyalty_ledger;
  v_result loyalty.entry_explanation;
begin
  if entry.transaction_type = 'REVERSAL' then
    select l.* into v_reversed
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id = entry.player_id
      and l.entry_no = entry.reverses_entry_no;
    v_result.recalculated_points := -v_reversed.points_change;
    v_result.steps := array[
      row(1, 'Points of the reversed entry', v_reversed.points_change,
        format('entry %s, %s', v_reversed.entry_no, v_reversed.transaction_type)
      )::loyalty.explanation_step,
      row(2, 'Points', v_result.recalculated_points, 'the opposite')::loyalty.explanation_step
    ];
  else
    v_result.recalculated_points := entry.points_change;
    v_result.steps := array[
      row(1, 'Points', entry.points_change, 'as decided')::loyalty.explanation_step
    ];
  end if;

  v_result.summary := concat(
    case
      when entry.event_type = 'LEGACY_IMPORTED'
      then format('%s points were taken over from the system before this one', v_points)
      when entry.transaction_type = 'MANUAL_BONUS'
      then format('%s gave the player %s points', v_by, v_points)
      when entry.transaction_type = 'REDEMPTION'
      then format('%s redeemed %s points for the player', v_by, v_points)
      when entry.transaction_type = 'REVERSAL' then format(
        '%s reversed entry %s (%s of %s points)', v_by, v_reversed.entry_no,
        v_reversed.transaction_type, loyalty._points_text(v_reversed.points_change)
      )
      when entry.points_change > 0
      then format('%s adjusted the balance by adding %s points', v_by, v_points)
      else format('%s adjusted the balance by taking %s points', v_by, v_points)
    end,
    case when entry.rating_slip_id is not null and entry.transaction_type = 'MANUAL_BONUS'
      then ' while a rating slip was running'
    end,
    case when entry.approved_by is not null
      then format(', approved by %s', coalesce(identity._display_name(entry.approved_by), '?'))
    end,
    case when entry.reason is not null then format(', for this reason: "%s"', entry.reason) end,
    '.'
  );
  return v_result;
end
$$;

alter function loyalty._explain_decision(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._explain_decision(loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_decision(loyalty.loyalty_ledger) is
  'Explains a reward, redemption, adjustment, reversal or imported entry: who, why and how much.';
