-- Ids that may be in a file twice, by their hashes: cheap to tell, and nearly always none. Rows are
-- returned because a query that fills a variable isn't shared by parallel workers.

create or replace function ops._repeated_ids(import_batch_id uuid) returns setof bigint
language plpgsql
stable
set search_path = ''
set work_mem = '64MB'
set enable_hashagg = off
set jit = off
set max_parallel_workers_per_gather = 2
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
begin
  return query
  select ops._id_hash(r.file, r.raw, r.fields)
  from ops.import_row as r
  where r.casino_id = identity._casino()
    and r.import_batch_id = _repeated_ids.import_batch_id
    and r.file in ('history', 'slips')
  group by 1
  having count(*) > 1;
end
$$;

alter function ops._repeated_ids(uuid) owner to ops_service;
revoke all on function ops._repeated_ids(uuid) from public;

comment on function ops._repeated_ids(uuid) is
  'Hashes (ops._id_hash) that more than one row of history and slips has.';
