-- For the few rules that soften with a capability (backdating): asks for the caller of the
-- running call, after identity._enter.

create or replace function identity._may(actor identity.actor, capability text) returns boolean
language sql
stable
security definer
set search_path = ''
return coalesce(
  (
    select m.has
    from identity.staff as p
    cross join lateral identity._has_capability(
      p.casino_id, p.staff_id, p.role, _may.capability
    ) as m
    where p.casino_id = actor.casino_id and p.staff_id = actor.staff_id
  ),
  false
);

alter function identity._may(identity.actor, text) owner to identity_service;
revoke all on function identity._may(identity.actor, text) from public;
grant execute on function identity._may(identity.actor, text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._may(identity.actor, text) is
  'Whether the caller has a capability; false when that can''t be answered.';
