-- Why does this entry have these points? Everything that led to the number, taken from the record
-- and calculated anew, so that a player, a manager or an auditor needn't redo the sum.

create or replace function loyalty.explain_entry(player_id uuid, entry_no bigint)
returns loyalty.entry_explanation
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader();
  v_entry loyalty.loyalty_ledger;
  v_result loyalty.entry_explanation;
begin
  select l.* into v_entry
  from loyalty.loyalty_ledger as l
  where l.casino_id = v_actor.casino_id
    and l.player_id = explain_entry.player_id
    and l.entry_no = explain_entry.entry_no;
  if not found then
    perform ops._refuse('LYENT');
  end if;

  v_result := case
    when v_entry.transaction_type = 'GAMEPLAY' and v_entry.event_type = 'RATING_SLIP_COMPLETED'
    then loyalty._explain_play(v_actor, v_entry)
    when v_entry.transaction_type = 'PROMOTION' and v_entry.event_type = 'RATING_SLIP_COMPLETED'
    then loyalty._explain_promotion(v_entry)
    when v_entry.transaction_type = 'EXPIRATION' and v_entry.event_type = 'POINTS_EXPIRED'
    then loyalty._explain_expiry(v_entry)
    else loyalty._explain_decision(v_entry)
  end;
  v_result.ledger_entry := v_entry;
  v_result.agrees := v_result.recalculated_points is not distinct from v_entry.points_change;
  v_result.summary := concat(
    v_result.summary,
    format(
      ' The balance went from %s to %s', loyalty._points_text(v_entry.balance_before),
      loyalty._points_text(v_entry.balance_after)
    ),
    case
      when v_entry.tier_after <> v_entry.tier_before
      then format(' and the tier from %s to %s', v_entry.tier_before, v_entry.tier_after)
      else format('; the tier is still %s', v_entry.tier_after)
    end,
    '.',
    case when not v_result.agrees then format(
      ' Calculated anew it would be %s points: the entry does not agree with the record.',
      coalesce(loyalty._points_text(v_result.recalculated_points), 'no')
    ) end
  );
  return v_result;
end
$$;

alter function loyalty.explain_entry(uuid, bigint) owner to loyalty_service;
revoke all on function loyalty.explain_entry(uuid, bigint) from public;
grant execute on function loyalty.explain_entry(uuid, bigint) to pit_staff, pit_auditor;

comment on function loyalty.explain_entry(uuid, bigint) is
  'Which policy version, telemetry and steps gave an entry its points, as a table and as a '
  'paragraph. For everybody signed in and auditors'' logins. Errors: IDUNA, LYENT.';
