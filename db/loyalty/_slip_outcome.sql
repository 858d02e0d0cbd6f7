-- Describes where a closed slip's award stands: awarded, replayed or pending. While it is pending
-- there are no points to tell, not even 0.

create or replace function loyalty._slip_outcome(
  slip floor.slip_telemetry,
  outcome text,
  entry loyalty.loyalty_ledger,
  theoretical_win numeric,
  correlation_id text
) returns loyalty.slip_outcome
language plpgsql
stable
set search_path = ''
as $$
declare
  v_result loyalty.slip_outcome;
begin
  v_result.outcome := _slip_outcome.outcome;
  v_result.replayed := _slip_outcome.outcome = 'replayed';
  v_result.ledger_entry := entry;
  v_result.correlation_id := coalesce(entry.correlation_id, _slip_outcome.correlation_id);
  if _slip_outcome.outcome <> 'pending' then
    v_result.points := coalesce(entry.points_change, 0);
  end if;
  v_result.theoretical_win := round(_slip_outcome.theoretical_win, 2);
  select
    p.current_balance, p.lifetime_points, p.tier, p.tier_progress,
    case
      when entry.entry_no is null then v_result.points
      else (
        select coalesce(sum(a.points), 0)
        from loyalty.promotion_award as a
        where a.casino_id = identity._casino() and a.rating_slip_id = slip.rating_slip_id
      )
    end
  into
    v_result.current_balance, v_result.lifetime_points, v_result.tier, v_result.tier_progress,
    v_result.promotion_points
  from loyalty.player_loyalty as p
  where p.casino_id = slip.casino_id and p.player_id = slip.player_id;
  return v_result;
end
$$;

alter function loyalty._slip_outcome(
  floor.slip_telemetry, text, loyalty.loyalty_ledger, numeric, text
) owner to loyalty_service;
revoke all on function loyalty._slip_outcome(
  floor.slip_telemetry, text, loyalty.loyalty_ledger, numeric, text
) from public;

comment on function loyalty._slip_outcome(
  floor.slip_telemetry, text, loyalty.loyalty_ledger, numeric, text
) is 'The result of completing or recovering a slip.';
