-- For the few rules that soften with a capability (backdating): asks for the caller of the
-- running call, after identity._enter.

create or replace function identity._may(actor identity.actor, capability text) returns boolean
language sql
stable
security definer
set search_path = ''
return exists (
  select
  from identity.staff as p
  where p.casino_id = actor.casino_id
    and p.staff_id = actor.staff_id
    and _may.capability = any (p.capabilities)
);

alter function identity._may(identity.actor, text) owner to identity_service;
revoke all on function identity._may(identity.actor, text) from public;
grant execute on function identity._may(identity.actor, text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._may(identity.actor, text) is
  'Whether the caller has a capability; false when that can''t be answered.';
