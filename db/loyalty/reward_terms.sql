-- Tells a reward dialog the limits in force and the caller's pace, so that it asks for what will
-- be accepted. The command itself decides again.

create or replace function loyalty.reward_terms() returns loyalty.reward_limits
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:award');
  v_policy loyalty.loyalty_policy;
  v_pace record;
begin
  select p.* into v_policy from loyalty._policy_in_force(v_actor.casino_id, now()) as p;
  if v_policy.loyalty_policy_id is null then
    perform ops._refuse('LYPOL', array[now()::text]);
  end if;
  v_pace := loyalty._reward_pace(v_actor, v_policy.rewards_per_minute);
  return row(
    v_policy.reward_limit, v_policy.reward_reason_length, v_policy.rewards_per_minute,
    v_policy.approval_threshold, v_pace.rewards_left, v_pace.retry_after_seconds,
    v_policy.staff_day_limit,
    case
      when v_policy.staff_day_limit is not null
        then greatest(v_policy.staff_day_limit - loyalty._given_today(v_actor), 0)::bigint
    end,
    v_policy.player_day_limit, v_policy.request_hours
  );
end
$$;

alter function loyalty.reward_terms() owner to loyalty_service;
revoke all on function loyalty.reward_terms() from public;
grant execute on function loyalty.reward_terms() to pit_staff;

comment on function loyalty.reward_terms() is
  'Limits of manual rewards and the caller''s pace. Capability loyalty:award. Errors: IDUNA, '
  'IDFRB, LYPOL.';
