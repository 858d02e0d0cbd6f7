-- The rules of a manual reward, for a person at a table and for a floor system's feed (to which
-- the pace and the approval threshold don't apply).

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
  v_result loyalty.ledger_result;
  v_locked boolean;
  v_terms record;
  v_slip floor.slip_state;
begin
  v_result := loyalty._claim_key(actor, _manual_reward.idempotency_key, v_fingerprint);
  if v_result.replayed then
    return v_result;
  end if;

  -- The pace is counted under a lock of the person, so that it holds across connections.
  v_locked := actor.ingesting is not true
    and ops._lock(actor.casino_id, 'pit:rewards:' || actor.staff_id);
  select
    p.reward_limit, p.reward_reason_length, p.rewards_per_minute, p.approval_threshold,
    (
      select count(*) from loyalty._recent_rewards(actor.staff_id) where v_locked
    ) as given
  into v_terms
  from loyalty.player_loyalty as l
  left join lateral loyalty._policy_in_force(identity._casino(), v_at) as p on true
  where l.casino_id = identity._casino() and l.player_id = _manual_reward.player_id;

  if not found then
    perform ops._refuse('RSPLR');
  elsif v_terms.reward_limit is null then
    perform ops._refuse('LYPOL', array[v_at::text]);
  elsif v_reason is null or length(v_reason) < v_terms.reward_reason_length then
    perform ops._refuse('LYRSN', array[v_terms.reward_reason_length::text]);
  elsif points is null or points < 1 then
    perform ops._refuse('LYPTS');
  elsif points > v_terms.reward_limit then
    perform ops._refuse(
      'LYLIM', array[v_terms.reward_limit::text],
      jsonb_build_object('limit', v_terms.reward_limit)
    );
  end if;

  if _manual_reward.rating_slip_id is not null then
    v_slip := floor._slip_state(_manual_reward.rating_slip_id);
    if v_slip.player_id is distinct from _manual_reward.player_id then
      perform ops._refuse('RSNFD');
    end if;
    if v_slip.state = 'closed' then
      perform ops._refuse('RSNOP');
    end if;
  end if;

  if v_terms.given >= v_terms.rewards_per_minute then
    perform loyalty._refuse_pace(actor, v_terms.rewards_per_minute);
  end if;
  if v_locked and points >= v_terms.approval_threshold then
    return loyalty._request_reward(
      actor, _manual_reward.player_id, points, v_reason, _manual_reward.idempotency_key,
      v_fingerprint, v_at, _manual_reward.rating_slip_id, v_slip.visit_id
    );
  end if;
  return loyalty._post_entry(
    actor, _manual_reward.player_id, points, points,
    'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', v_reason, actor.staff_id,
    _manual_reward.idempotency_key, v_fingerprint, v_at,
    _manual_reward.rating_slip_id, v_slip.visit_id
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
  'policy, reason, points, limit, slip, pace.';
