-- How far the staging of a file is, so that one that was cut off needn't send again what is
-- there.

create or replace function ops.staged_import_rows(
  casino_code text,
  import_batch_id uuid,
  file text
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
begin
  return (
    select coalesce(max(r.row_no), 0)
    from ops.import_row as r
    where r.casino_id = v_actor.casino_id
      and r.import_batch_id = staged_import_rows.import_batch_id
      and r.file = staged_import_rows.file
  );
end
$$;

alter function ops.staged_import_rows(text, uuid, text) owner to ops_service;
revoke all on function ops.staged_import_rows(text, uuid, text) from public;
grant execute on function ops.staged_import_rows(text, uuid, text) to pit_owner;

comment on function ops.staged_import_rows(text, uuid, text) is
  'For the command line: the number of the last staged row of a file. Error: IDCAS.';
