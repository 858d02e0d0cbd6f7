-- Tells floor which policy version a slip takes its snapshot of. Floor keeps the id and never
-- reads the rules behind it.

create or replace function loyalty._policy_for_slip(at timestamptz) returns uuid
language sql
stable
security definer
set search_path = ''
return (
  select p.loyalty_policy_id
  from loyalty._policy_in_force(identity._casino(), at) as p
);

alter function loyalty._policy_for_slip(timestamptz) owner to loyalty_service;
revoke all on function loyalty._policy_for_slip(timestamptz) from public;
grant execute on function loyalty._policy_for_slip(timestamptz) to floor_service;

comment on function loyalty._policy_for_slip(timestamptz) is
  'Id of the policy version in force at a moment; null when there is none.';
