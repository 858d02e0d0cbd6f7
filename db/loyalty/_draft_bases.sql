-- The policy versions from which a draft may start, each known name once: of the policy in force at
-- a moment the version in force, of every other its newest.

create function loyalty._draft_bases(at timestamptz) returns setof loyalty.loyalty_policy
language sql
stable
rows 5
begin atomic
  select distinct on (p.name) p.*
  from loyalty.loyalty_policy as p
  where p.casino_id = identity._casino()
  order by
    p.name,
    p.loyalty_policy_id = (
      select f.loyalty_policy_id from loyalty._policy_in_force(identity._casino(), at) as f
    ) desc nulls last,
    p.version desc;
end;

alter function loyalty._draft_bases(timestamptz) owner to loyalty_service;
revoke all on function loyalty._draft_bases(timestamptz) from public;

comment on function loyalty._draft_bases(timestamptz) is
  'For each policy name of the running call''s casino the version that a draft would change.';
