-- Copies what is in force at the running casino now into loyalty.terms_in_force, which the write
-- path reads: when a version is added, and when a planned one has begun.

create or replace function loyalty._copy_terms() returns void
language sql
volatile
begin atomic
  insert into loyalty.terms_in_force
  select t.* from loyalty._terms_at(identity._casino(), now()) as t
  on conflict (casino_id) do update
  set (
    valid_from, valid_until, loyalty_policy_id, reward_limit, reward_reason_length,
    rewards_per_minute, approval_threshold, free_limit, tiers, tier_floors, staff_day_limit,
    player_day_limit, request_hours
  ) = row(
    excluded.valid_from, excluded.valid_until, excluded.loyalty_policy_id,
    excluded.reward_limit, excluded.reward_reason_length, excluded.rewards_per_minute,
    excluded.approval_threshold, excluded.free_limit, excluded.tiers, excluded.tier_floors,
    excluded.staff_day_limit, excluded.player_day_limit, excluded.request_hours
  );
end;

alter function loyalty._copy_terms() owner to loyalty_service;
revoke all on function loyalty._copy_terms() from public;

comment on function loyalty._copy_terms() is 'Renews the running casino''s row of terms_in_force.';
