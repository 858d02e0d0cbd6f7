-- The second person agrees: the request becomes a ledger entry, under the request's key, given by
-- who asked and approved by who agreed, at the time of the approval.

create or replace function loyalty.approve_reward(request_id uuid) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:approve');
  v_request loyalty.reward_request := loyalty._lock_request(v_actor, request_id);
  v_entry loyalty.loyalty_ledger;
  v_result loyalty.ledger_result;
begin
  if v_request.status = 'approved' and v_request.decided_by = v_actor.staff_id then
    select l.* into v_entry
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id = v_request.player_id
      and l.entry_no = v_request.entry_no;
    return loyalty._ledger_result(v_entry, v_request, true);
  end if;
  perform loyalty._refuse_decided(v_request);

  v_result := case v_request.kind
    when 'adjustment' then loyalty._post_entry(
      v_actor, v_request.player_id, v_request.points, greatest(v_request.points, 0),
      'ADJUSTMENT', 'POINTS_ADJUSTED', 'adjustment', v_request.reason, v_request.requested_by,
      v_request.idempotency_key, v_request.request_fingerprint, now(),
      approved_by => v_actor.staff_id
    )
    else loyalty._post_entry(
      v_actor, v_request.player_id, v_request.points, v_request.points,
      'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', v_request.reason,
      v_request.requested_by, v_request.idempotency_key, v_request.request_fingerprint, now(),
      v_request.rating_slip_id, v_request.visit_id, approved_by => v_actor.staff_id
    )
  end;
  update loyalty.reward_request as r
  set status = 'approved', decided_by = v_actor.staff_id, decided_at = now(),
    decision_correlation_id = v_actor.correlation_id,
    entry_no = (v_result.ledger_entry).entry_no
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  returning r.* into v_request;
  v_result.reward_request := v_request;
  perform ops._log(
    v_actor, 'request approved', v_request.player_id,
    jsonb_build_object('reward_request_id', v_request.reward_request_id)
  );
  return v_result;
end
$$;

alter function loyalty.approve_reward(uuid) owner to loyalty_service;
revoke all on function loyalty.approve_reward(uuid) from public;
grant execute on function loyalty.approve_reward(uuid) to pit_staff;

comment on function loyalty.approve_reward(uuid) is
  'Approves somebody else''s request, a reward or an adjustment, and posts it. Approving it again '
  'gives the first result. Capability loyalty:approve. Errors: IDUNA, IDFRB, LYREQ, LYSLF, LYDEC, '
  'LYBAL, LYPOL.';
