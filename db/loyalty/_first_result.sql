-- What a key that was used gives again: the entry or request that it made, with the player's
-- standing now. The same key with another request is refused.

create or replace function loyalty._first_result(
  entry loyalty.loyalty_ledger,
  request loyalty.reward_request,
  fingerprint bytea
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result loyalty.ledger_result;
begin
  if coalesce(entry.request_fingerprint, request.request_fingerprint) <> fingerprint then
    perform ops._refuse('LYIDM');
  end if;
  select entry, request, true, p.current_balance, p.tier, p.tier_progress
  into v_result
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
    and p.player_id = coalesce(entry.player_id, request.player_id);
  return v_result;
end
$$;

alter function loyalty._first_result(
  loyalty.loyalty_ledger, loyalty.reward_request, bytea
) owner to loyalty_service;
revoke all on function loyalty._first_result(
  loyalty.loyalty_ledger, loyalty.reward_request, bytea
) from public;

comment on function loyalty._first_result(
  loyalty.loyalty_ledger, loyalty.reward_request, bytea
) is
  'First result of a key, with replayed = true. Error: LYIDM when the request was another.';
