-- Writes loyalty.terms_in_force anew whenever a version of the policy or the tiers is added,
-- whoever adds it. A version that begins later ends the copy's validity then; the calls after that
-- ask the versions until the copy is renewed.

create or replace function loyalty._renew_terms() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', new.casino_id::text, true);
  insert into loyalty.terms_in_force
  select t.* from loyalty._terms_at(new.casino_id, now()) as t
  on conflict (casino_id) do update
  set (
    valid_from, valid_until, loyalty_policy_id, reward_limit, reward_reason_length,
    rewards_per_minute, approval_threshold, free_limit, tiers, tier_floors
  ) = row(
    excluded.valid_from, excluded.valid_until, excluded.loyalty_policy_id,
    excluded.reward_limit, excluded.reward_reason_length, excluded.rewards_per_minute,
    excluded.approval_threshold, excluded.free_limit, excluded.tiers, excluded.tier_floors
  );
  return null;
end
$$;

alter function loyalty._renew_terms() owner to loyalty_service;
revoke all on function loyalty._renew_terms() from public;

create or replace trigger a_new_policy_renews_the_terms
after insert or update on loyalty.loyalty_policy
for each row execute function loyalty._renew_terms();
create or replace trigger new_tiers_renew_the_terms
after insert or update on loyalty.loyalty_tier
for each row execute function loyalty._renew_terms();

comment on function loyalty._renew_terms() is
  'Trigger of loyalty_policy and loyalty_tier: copies what is in force to terms_in_force.';
