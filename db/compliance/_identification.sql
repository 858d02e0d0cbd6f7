-- The identification that counts for a person: the player's own, or else the one that was taken
-- while they were unknown. Identifying somebody doesn't ask them for everything again.

create or replace function compliance._identification(patron_id uuid)
returns compliance.patron_identification
language sql
stable
return (
  select i
  from compliance._root(_identification.patron_id) as r (patron_id)
  cross join lateral compliance._person_patrons(r.patron_id) as p (patron_id)
  join compliance.patron_identification as i
    on i.casino_id = identity._casino() and i.patron_id = p.patron_id
  order by p.patron_id = r.patron_id desc, i.created_at desc, i.version desc
  limit 1
);

alter function compliance._identification(uuid) owner to compliance_service;
revoke all on function compliance._identification(uuid) from public;

comment on function compliance._identification(uuid) is
  'Latest identification of the person whom a patron is; null when there is none.';
