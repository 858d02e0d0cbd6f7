-- What a person may do: the role's capabilities, plus those added, less those withdrawn. The one
-- place that says so; identity.staff keeps the answer, because every call asks.

create or replace function identity._capabilities_of(casino_id integer, staff_id uuid, role text)
returns text[]
language sql
stable
begin atomic
  select array(
    select c.capability
    from (
      select r.capability::text
      from identity.role_capability as r
      where r.casino_id = _capabilities_of.casino_id and r.role = _capabilities_of.role
      union
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = _capabilities_of.casino_id
        and p.staff_id = _capabilities_of.staff_id
        and p.granted
      except
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = _capabilities_of.casino_id
        and p.staff_id = _capabilities_of.staff_id
        and not p.granted
    ) as c
    order by c.capability
  );
end;

alter function identity._capabilities_of(integer, uuid, text) owner to identity_service;
revoke all on function identity._capabilities_of(integer, uuid, text) from public;

comment on function identity._capabilities_of(integer, uuid, text) is
  'Capabilities of a person with this role, in alphabetical order.';
