-- Tries one quarantined row again, with corrected values: an object of column names of its file.
-- What it corrected and why is kept. A row that was settled is left alone.

create or replace function ops.retry_import_row(
  import_quarantine_id uuid,
  correction jsonb default null,
  note text default null
) returns ops.import_retry
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_row ops.import_quarantine;
  v_columns text[];
  v_fields text[];
  v_note text := nullif(btrim(retry_import_row.note, E' \t\r\n'), '');
  v_retry ops.import_retry;
begin
  perform identity._refuse_sender(v_actor);
  select q.* into v_row
  from ops.import_quarantine as q
  where q.casino_id = identity._casino()
    and q.import_quarantine_id = retry_import_row.import_quarantine_id;
  if not found then
    perform ops._refuse('OPIRW');
  end if;
  if correction is not null then
    v_columns := ops._import_columns(v_row.file);
    if jsonb_typeof(correction) <> 'object' then
      perform ops._refuse('OPCOR', array['it must name columns and their values']);
    end if;
    if exists (
      select
      from jsonb_each(correction) as c (name, value)
      where c.name <> all (v_columns) or jsonb_typeof(c.value) not in ('string', 'number')
    ) then
      perform ops._refuse(
        'OPCOR', array[format('the columns are %s', array_to_string(v_columns, ', '))]
      );
    end if;
    if v_note is null then
      perform ops._refuse('OPCOR', array['it needs a note']);
    end if;
    select array_agg(coalesce(correction ->> c.name, r.fields[c.place]) order by c.place)
    into v_fields
    from ops._rows_to_retry(array[v_row.import_quarantine_id], null) as r
    cross join lateral unnest(v_columns) with ordinality as c (name, place);
  end if;

  perform ops._retry_import(
    v_actor, v_row.import_batch_id, array[v_row.import_quarantine_id], v_fields, v_note
  );
  select t.* into strict v_retry
  from ops.import_retry as t
  where t.casino_id = identity._casino()
    and t.import_quarantine_id = v_row.import_quarantine_id
  order by t.retry_no desc
  limit 1;
  return v_retry;
end
$$;

alter function ops.retry_import_row(uuid, jsonb, text) owner to ops_service;
revoke all on function ops.retry_import_row(uuid, jsonb, text) from public;
grant execute on function ops.retry_import_row(uuid, jsonb, text) to pit_staff;

comment on function ops.retry_import_row(uuid, jsonb, text) is
  'Tries a quarantined row again, corrected or as it is, and gives the last attempt. Capability '
  'import:run. Errors: IDUNA, IDFRB, OPIRW, OPCOR, OPIMP, OPIST, LYPOL.';
