-- Puts an entry or a request together with the player's standing now, so that a screen can show
-- both without asking again.

create or replace function loyalty._ledger_result(
  entry loyalty.loyalty_ledger,
  request loyalty.reward_request,
  replayed boolean
) returns loyalty.ledger_result
language plpgsql
stable
set search_path = ''
as $$
declare
  v_result loyalty.ledger_result;
begin
  v_result.ledger_entry := entry;
  v_result.reward_request := request;
  v_result.replayed := replayed;
  select p.current_balance, p.tier, p.tier_progress
  into v_result.current_balance, v_result.tier, v_result.tier_progress
  from loyalty.player_loyalty as p
  where p.casino_id = coalesce(entry.casino_id, request.casino_id)
    and p.player_id = coalesce(entry.player_id, request.player_id);
  return v_result;
end
$$;

alter function loyalty._ledger_result(
  loyalty.loyalty_ledger, loyalty.reward_request, boolean
) owner to loyalty_service;
revoke all on function loyalty._ledger_result(
  loyalty.loyalty_ledger, loyalty.reward_request, boolean
) from public;

comment on function loyalty._ledger_result(
  loyalty.loyalty_ledger, loyalty.reward_request, boolean
) is 'The result of a command on points.';
