-- The policy version in force at a moment: the newest that had begun. Versions without a date are
-- known but never in force.

create or replace function loyalty._policy_in_force(casino_id integer, at timestamptz)
returns setof loyalty.loyalty_policy
language sql
stable
rows 1
begin atomic
  select p.*
  from loyalty.loyalty_policy as p
  where p.casino_id = _policy_in_force.casino_id and p.effective_from <= at
  order by p.effective_from desc
  limit 1;
end;

alter function loyalty._policy_in_force(integer, timestamptz) owner to loyalty_service;
revoke all on function loyalty._policy_in_force(integer, timestamptz) from public;

comment on function loyalty._policy_in_force(integer, timestamptz) is
  'The policy version in force at a moment; no row when there is none.';
