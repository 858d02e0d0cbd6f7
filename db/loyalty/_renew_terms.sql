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
  perform loyalty._copy_terms();
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
