-- The permission decision, in one place: a person's own permission beats what the role brings;
-- neither means no.

create function identity._has_capability(staff identity.staff, capability text) returns boolean
language sql
stable
return coalesce(
  (
    select p.granted
    from identity.staff_permission as p
    where p.casino_id = staff.casino_id
      and p.staff_id = staff.staff_id
      and p.capability = _has_capability.capability
  ),
  exists (
    select
    from identity.role_capability as r
    where r.casino_id = staff.casino_id
      and r.role = staff.role
      and r.capability = _has_capability.capability
  )
);

alter function identity._has_capability(identity.staff, text) owner to identity_service;
revoke all on function identity._has_capability(identity.staff, text) from public;

comment on function identity._has_capability(identity.staff, text) is
  'Whether this person has the capability: by own permission, else by role, else no.';
