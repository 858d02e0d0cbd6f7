-- The permission decision, in one place: a person's own permission beats what the role brings;
-- neither means no. It gives one row, so that it can stand in a FROM, where PostgreSQL makes it
-- part of the query that asks.

create or replace function identity._has_capability(
  casino_id integer,
  staff_id uuid,
  role text,
  capability text
) returns table (has boolean)
language sql
stable
rows 1
begin atomic
  select coalesce(
    (
      select p.granted
      from identity.staff_permission as p
      where p.casino_id = _has_capability.casino_id
        and p.staff_id = _has_capability.staff_id
        and p.capability = _has_capability.capability
    ),
    (
      select true
      from identity.role_capability as r
      where r.casino_id = _has_capability.casino_id
        and r.role = _has_capability.role
        and r.capability = _has_capability.capability
    ),
    false
  );
end;

alter function identity._has_capability(integer, uuid, text, text) owner to identity_service;
revoke all on function identity._has_capability(integer, uuid, text, text) from public;

comment on function identity._has_capability(integer, uuid, text, text) is
  'Whether a person of this role has the capability: by own permission, else by role, else no.';
