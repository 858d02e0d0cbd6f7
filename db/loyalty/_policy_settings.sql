-- The parameters of a policy version, without what makes it a version: what a draft holds and the
-- next version is made of. Made from the row, so that a new parameter is in it by itself.

create or replace function loyalty._policy_settings(policy loyalty.loyalty_policy) returns jsonb
language sql
stable
return to_jsonb(policy) - '{
  casino_id, loyalty_policy_id, version, effective_from, created_at, loyalty_draft_id
}'::text[];

alter function loyalty._policy_settings(loyalty.loyalty_policy) owner to loyalty_service;
revoke all on function loyalty._policy_settings(loyalty.loyalty_policy) from public;

comment on function loyalty._policy_settings(loyalty.loyalty_policy) is
  'Parameters of a policy version as a JSON object.';
