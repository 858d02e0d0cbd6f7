-- The root that a seal commits to: one hash that no other list of newest entries has, or another
-- order of them.

create or replace function ops._merkle_root(leaves bytea[]) returns bytea
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_nodes bytea[] := leaves;
begin
  while cardinality(v_nodes) > 1 loop
    v_nodes := ops._merkle_level(v_nodes);
  end loop;
  return coalesce(v_nodes[1], sha256(''));
end
$$;

alter function ops._merkle_root(bytea[]) owner to ops_service;
revoke all on function ops._merkle_root(bytea[]) from public;

comment on function ops._merkle_root(bytea[]) is
  'Root of the tree over these leaves; SHA-256 of nothing when there are none.';
