-- The policy by which play is awarded now, for screens: which of the versions holds is decided here
-- and by this clock. Runs with its reader's rights.

create function loyalty.policy_in_force() returns setof loyalty.loyalty_policy
language sql
stable
rows 1
begin atomic
  select p.*
  from loyalty.loyalty_policy as p
  where p.casino_id = (select identity.current_casino_id()) and p.effective_from <= now()
  order by p.effective_from desc
  limit 1;
end;

alter function loyalty.policy_in_force() owner to loyalty_service;
revoke all on function loyalty.policy_in_force() from public;
grant execute on function loyalty.policy_in_force() to pit_staff;

comment on function loyalty.policy_in_force() is
  'The newest policy version that has begun; none before the first.';
