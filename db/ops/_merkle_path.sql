-- What a proof of one leaf needs besides the leaf: the neighbour on each level, from the bottom up,
-- where there is one.

create or replace function ops._merkle_path(leaves bytea[], leaf_no bigint) returns bytea[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_nodes bytea[] := leaves;
  v_place integer := leaf_no + 1;
  v_path bytea[] := '{}';
  v_neighbour integer;
begin
  while cardinality(v_nodes) > 1 loop
    v_neighbour := v_place + case when v_place % 2 = 1 then 1 else -1 end;
    if v_neighbour <= cardinality(v_nodes) then
      v_path := v_path || v_nodes[v_neighbour];
    end if;
    v_nodes := ops._merkle_level(v_nodes);
    v_place := (v_place + 1) / 2;
  end loop;
  return v_path;
end
$$;

alter function ops._merkle_path(bytea[], bigint) owner to ops_service;
revoke all on function ops._merkle_path(bytea[], bigint) from public;

comment on function ops._merkle_path(bytea[], bigint) is
  'The hashes that lead from a leaf (numbered from 0) to the root (RFC 9162 inclusion proof).';
