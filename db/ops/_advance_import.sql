-- One step of whatever a batch is at: the next rows to post, or the next players to take back. The
-- same for the command line and for the worker, which post side by side and otherwise take turns.

create or replace function ops._advance_import(
  actor identity.actor,
  import_batch_id uuid,
  most_rows integer default 20000
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch;
begin
  if exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino()
      and b.import_batch_id = _advance_import.import_batch_id
      and b.state = 'posting'
  ) then
    return ops._post_import(actor, import_batch_id, most_rows);
  end if;
  v_batch := ops._lock_import(import_batch_id);
  return case v_batch.state
    when 'undoing' then ops._undo_import(actor, v_batch, most_rows)
    else v_batch
  end;
end
$$;

alter function ops._advance_import(identity.actor, uuid, integer) owner to ops_service;
revoke all on function ops._advance_import(identity.actor, uuid, integer) from public;

comment on function ops._advance_import(identity.actor, uuid, integer) is
  'Takes a batch a step further and gives its row; when there is nothing to do, just that. '
  'Errors: OPIMP, LYPOL.';
