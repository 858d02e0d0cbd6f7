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
  return ops._last_import_row(import_batch_id, file);
end
$$;

alter function ops.staged_import_rows(text, uuid, text) owner to ops_service;
revoke all on function ops.staged_import_rows(text, uuid, text) from public;
grant execute on function ops.staged_import_rows(text, uuid, text) to pit_owner;

comment on function ops.staged_import_rows(text, uuid, text) is
  'For the command line: the number of the last staged row of a file. Error: IDCAS.';
