-- Takes rows of an export as they are. A row that is there already is left alone, so a staging that
-- was cut off begins again with any row.

create or replace function ops.stage_import_rows(
  casino_code text,
  import_batch_id uuid,
  file text,
  staged json
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_state text;
  v_rows integer;
begin
  select b.state into v_state
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = stage_import_rows.import_batch_id
  for key share;
  if not found then
    perform ops._refuse('OPIMP');
  end if;
  if v_state <> 'staging' then
    return 0;
  end if;
  insert into ops.import_row
  select
    v_actor.casino_id, stage_import_rows.import_batch_id, stage_import_rows.file, r.row_no,
    r.raw, r.fields
  from json_to_recordset(staged) as r (row_no integer, raw text, fields text[])
  on conflict on constraint row_is_staged_once do nothing;
  get diagnostics v_rows = row_count;
  return v_rows;
end
$$;

alter function ops.stage_import_rows(text, uuid, text, json) owner to ops_service;
revoke all on function ops.stage_import_rows(text, uuid, text, json) from public;
grant execute on function ops.stage_import_rows(text, uuid, text, json) to pit_owner;

comment on function ops.stage_import_rows(text, uuid, text, json) is
  'For the command line: stores rows ({row_no, raw, fields}) of an export and gives how many were '
  'new. After the staging is closed it does nothing. Errors: IDCAS, OPIMP.';
