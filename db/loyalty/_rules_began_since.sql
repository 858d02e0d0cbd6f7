-- Whether other rules were put in force since a moment: since the call began that is asking, while
-- it waited for its turn, that is. What it would put in force now would be the older version.

create or replace function loyalty._rules_began_since(at timestamptz) returns boolean
language sql
volatile
return exists (
  select
  from loyalty.loyalty_policy as p
  where p.casino_id = identity._casino()
    and p.effective_from > at
    and p.effective_from <= clock_timestamp()
) or exists (
  select
  from loyalty.loyalty_tier as t
  where t.casino_id = identity._casino()
    and t.effective_from > at
    and t.effective_from <= clock_timestamp()
);

alter function loyalty._rules_began_since(timestamptz) owner to loyalty_service;
revoke all on function loyalty._rules_began_since(timestamptz) from public;

comment on function loyalty._rules_began_since(timestamptz) is
  'Whether a version of the policy or the tiers began after a moment and before this one.';
