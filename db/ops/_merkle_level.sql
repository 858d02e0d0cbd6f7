-- One step up the tree: neighbours are hashed together; the last one of an odd number goes up as
-- it is. That is the tree of RFC 9162, level by level.

create or replace function ops._merkle_level(nodes bytea[]) returns bytea[]
language sql
immutable
set search_path = ''
begin atomic
  select array_agg(
    case
      when n.neighbour is null then n.node
      else sha256('\x01' || n.node || n.neighbour)
    end
    order by n.place
  )
  from (
    select u.node, u.place, lead(u.node) over (order by u.place) as neighbour
    from unnest(nodes) with ordinality as u (node, place)
  ) as n
  where n.place % 2 = 1;
end;

alter function ops._merkle_level(bytea[]) owner to ops_service;
revoke all on function ops._merkle_level(bytea[]) from public;

comment on function ops._merkle_level(bytea[]) is
  'The level above these nodes: SHA-256 of 01 and two neighbours; a lone last one stays.';
