-- The second person doesn't agree and says why. The request stays, with who asked and who declined;
-- the ledger never hears of it.

create or replace function loyalty.decline_reward(request_id uuid, reason text)
returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:approve');
  v_request loyalty.reward_request := loyalty._lock_request(v_actor, request_id);
  v_reason text := nullif(btrim(decline_reward.reason, E' \t\r\n'), '');
begin
  if v_request.status = 'declined'
    and v_request.decided_by = v_actor.staff_id
    and v_request.decision_reason = v_reason
  then
    return loyalty._ledger_result(null, v_request, true);
  end if;
  perform loyalty._refuse_decided(v_request);
  if v_reason is null then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  update loyalty.reward_request as r
  set status = 'declined', decided_by = v_actor.staff_id, decided_at = now(),
    decision_reason = v_reason, decision_correlation_id = v_actor.correlation_id
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  returning r.* into v_request;
  perform ops._log(
    v_actor, 'request declined', v_request.player_id,
    jsonb_build_object('reward_request_id', v_request.reward_request_id)
  );
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty.decline_reward(uuid, text) owner to loyalty_service;
revoke all on function loyalty.decline_reward(uuid, text) from public;
grant execute on function loyalty.decline_reward(uuid, text) to pit_staff;

comment on function loyalty.decline_reward(uuid, text) is
  'Declines somebody else''s request, with a reason. Capability loyalty:approve. Errors: IDUNA, '
  'IDFRB, LYREQ, LYSLF, LYDEC, LYRSN.';
