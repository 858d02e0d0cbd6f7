-- What stands against a manual reward, the first thing in the order of the refusals: player,
-- policy, reason, points, limit, slip, pace, limits of the gaming day. The rules are those of
-- loyalty._manual_reward's one query, asked one by one; requests for approval count for the pace
-- and the gaming day too.

create or replace function loyalty._check_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  rating_slip_id uuid,
  at timestamptz
) returns loyalty.terms_in_force
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_terms loyalty.terms_in_force;
  v_slip floor.slip_state;
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = _check_reward.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  v_terms := loyalty._terms(at);
  if reason is null or length(reason) < v_terms.reward_reason_length then
    perform ops._refuse('LYRSN', array[v_terms.reward_reason_length::text]);
  elsif points is null or points < 1 then
    perform ops._refuse('LYPTS');
  elsif points > v_terms.reward_limit then
    perform ops._refuse(
      'LYLIM', array[v_terms.reward_limit::text],
      jsonb_build_object('limit', v_terms.reward_limit)
    );
  end if;
  if _check_reward.rating_slip_id is not null then
    v_slip := floor._slip_state(_check_reward.rating_slip_id);
    if v_slip.player_id is distinct from _check_reward.player_id then
      perform ops._refuse('RSNFD');
    elsif v_slip.state = 'closed' then
      perform ops._refuse('RSNOP');
    end if;
  end if;
  if actor.ingesting is not true
    and (loyalty._reward_pace(actor, v_terms.rewards_per_minute)).rewards_left = 0
  then
    perform loyalty._refuse_pace(actor, v_terms.rewards_per_minute);
  end if;
  if actor.ingesting is not true and v_terms.staff_day_limit is not null then
    perform loyalty._check_day_limit(
      actor, 'LYSDL', v_terms.staff_day_limit, points,
      loyalty._given_today(actor)
    );
  end if;
  if actor.ingesting is not true and v_terms.player_day_limit is not null then
    perform
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = _check_reward.player_id
    for no key update;
    perform loyalty._check_day_limit(
      actor, 'LYPDL', v_terms.player_day_limit, points,
      loyalty._received_today(actor, _check_reward.player_id)
    );
  end if;
  return v_terms;
end
$$;

alter function loyalty._check_reward(identity.actor, uuid, bigint, text, uuid, timestamptz)
owner to loyalty_service;
revoke all on function loyalty._check_reward(identity.actor, uuid, bigint, text, uuid, timestamptz)
from public;

comment on function loyalty._check_reward(identity.actor, uuid, bigint, text, uuid, timestamptz) is
  'Raises what stands against a reward, or gives the terms it is given under. Errors: RSPLR, '
  'LYPOL, LYRSN, LYPTS, LYLIM, RSNFD, RSNOP, LYRTE, LYSDL, LYPDL.';
