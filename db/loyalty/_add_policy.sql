-- Adds a version of a policy: the parameters given, the next number for its name. Versions are
-- never changed; the terms in force follow by trigger.

create or replace function loyalty._add_policy(
  settings jsonb,
  effective_from timestamptz,
  loyalty_draft_id uuid default null
) returns loyalty.loyalty_policy
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_policy loyalty.loyalty_policy := jsonb_populate_record(
    null::loyalty.loyalty_policy, settings
  );
begin
  v_policy.casino_id := v_casino_id;
  v_policy.loyalty_policy_id := uuidv7();
  v_policy.version := (
    select coalesce(max(p.version), 0) + 1
    from loyalty.loyalty_policy as p
    where p.casino_id = v_casino_id and p.name = v_policy.name
  );
  v_policy.effective_from := _add_policy.effective_from;
  v_policy.created_at := now();
  v_policy.loyalty_draft_id := _add_policy.loyalty_draft_id;
  insert into loyalty.loyalty_policy select v_policy.*;
  return v_policy;
end
$$;

alter function loyalty._add_policy(jsonb, timestamptz, uuid) owner to loyalty_service;
revoke all on function loyalty._add_policy(jsonb, timestamptz, uuid) from public;

comment on function loyalty._add_policy(jsonb, timestamptz, uuid) is
  'Writes the next version of the policy that the settings name, in force from a moment on.';
