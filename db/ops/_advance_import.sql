-- One step of whatever a batch is at: the next rows to post, or the next players to take back. The
-- same for the command line and for the worker, which may take turns.

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
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
begin
  return case v_batch.state
    when 'posting' then ops._post_import(actor, v_batch, most_rows)
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
