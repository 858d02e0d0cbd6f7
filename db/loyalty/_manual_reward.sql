-- The rules of a manual reward, for a person and for a floor system's feed, which passes the time
-- of its event and is bound neither by pace and days nor by the approval threshold. One query asks
-- whether anything stands against it; only when something may, loyalty._check_reward says what, in
-- the order of the refusals.

create or replace function loyalty._manual_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  rating_slip_id uuid,
  occurred_at timestamptz
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_at timestamptz := coalesce(_manual_reward.occurred_at, now());
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'manual_reward', _manual_reward.player_id, points, _manual_reward.reason,
    _manual_reward.rating_slip_id
  ));
  v_reason text := btrim(_manual_reward.reason, E' \t\r\n');
  v_locked boolean := ops._lock(actor.casino_id, _manual_reward.idempotency_key);
  v_limited boolean := actor.ingesting is not true
    and ops._lock(actor.casino_id, 'pit:rewards:' || actor.staff_id);
  v_slip floor.slip_state;
  v_fits boolean := true;
  v_used record;
  v_terms loyalty.terms_in_force;
begin
  select u.entry, u.request into v_used
  from loyalty._used_key(_manual_reward.idempotency_key) as u;
  if v_used.entry is distinct from null or v_used.request is distinct from null then
    return loyalty._first_result(v_used.entry, v_used.request, v_fingerprint);
  end if;

  if _manual_reward.rating_slip_id is not null then
    v_slip := floor._slip_state(_manual_reward.rating_slip_id);
    v_fits := v_slip.player_id = _manual_reward.player_id and v_slip.state <> 'closed';
  end if;
  select t.* into v_terms
  from loyalty.terms_in_force as t
  where t.casino_id = identity._casino()
    and v_at >= t.valid_from and v_at < t.valid_until
    and length(v_reason) >= t.reward_reason_length
    and points between 1 and t.free_limit
    and v_fits
    and not exists (
      select
      from loyalty._recent_awards(actor.staff_id)
      where v_limited
      offset t.rewards_per_minute - 1
    );
  if not found then
    v_terms := loyalty._check_reward(
      actor, _manual_reward.player_id, points, v_reason, _manual_reward.rating_slip_id, v_at
    );
  end if;

  if v_limited and points >= v_terms.approval_threshold then
    return loyalty._request_reward(
      actor, _manual_reward.player_id, points, v_reason, _manual_reward.idempotency_key,
      v_fingerprint, v_at, _manual_reward.rating_slip_id, v_slip.visit_id,
      v_terms.request_hours
    );
  end if;
  return loyalty._post_entry(
    actor, _manual_reward.player_id, points, points,
    'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', v_reason, actor.staff_id,
    _manual_reward.idempotency_key, v_fingerprint, v_at,
    _manual_reward.rating_slip_id, v_slip.visit_id, terms => v_terms
  );
end
$$;

alter function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) from public;
grant execute on function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) to ops_service;

comment on function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) is
  'Checks and posts a manual reward, or asks for approval. Checked in this order: key, player, '
  'policy, reason, points, limit, slip, pace, limits of the gaming day.';
