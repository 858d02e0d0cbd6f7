-- All rows of one person: their own and those of unknown persons identified as them. A set, so
-- that it becomes part of the query that asks.

create or replace function compliance._person_patrons(root uuid) returns setof uuid
language sql
stable
begin atomic
  select root
  union all
  select l.unknown_patron_id
  from compliance.patron_link as l
  where l.casino_id = identity._casino()
    and l.player_patron_id = root
    and l.undone_at is null;
end;

alter function compliance._person_patrons(uuid) owner to compliance_service;
revoke all on function compliance._person_patrons(uuid) from public;

comment on function compliance._person_patrons(uuid) is
  'The patron itself and every unknown patron identified as it.';
