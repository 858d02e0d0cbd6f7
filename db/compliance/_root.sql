-- Who a patron is: the player as whom an unknown person was identified, else the patron. Sums,
-- cases and alerts are about that person.

create or replace function compliance._root(patron_id uuid) returns uuid
language sql
stable
return coalesce(
  (
    select l.player_patron_id
    from compliance.patron_link as l
    where l.casino_id = identity._casino()
      and l.unknown_patron_id = _root.patron_id
      and l.undone_at is null
  ),
  patron_id
);

alter function compliance._root(uuid) owner to compliance_service;
revoke all on function compliance._root(uuid) from public;

comment on function compliance._root(uuid) is
  'The patron under whom a person''s entries are summed.';
