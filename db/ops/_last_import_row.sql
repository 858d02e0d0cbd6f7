-- How far the staging of a file is: rows are staged in their order, without gaps, so the last one
-- says it.

create or replace function ops._last_import_row(import_batch_id uuid, file text) returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select r.row_no
      from ops.import_row as r
      where r.casino_id = identity._casino()
        and r.import_batch_id = _last_import_row.import_batch_id
        and r.file = _last_import_row.file
      order by r.row_no desc
      limit 1
    ),
    0
  );
end
$$;

alter function ops._last_import_row(uuid, text) owner to ops_service;
revoke all on function ops._last_import_row(uuid, text) from public;

comment on function ops._last_import_row(uuid, text) is
  'Number of the last staged row of a file; 0 before the first.';
