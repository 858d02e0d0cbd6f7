-- All quarantined rows of a batch, those of players too: rows of
-- history may be waiting for them.

create or replace function ops._retry_whole_import(actor identity.actor, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
begin
  perform ops._retry_import(
    actor, v_batch.import_batch_id,
    array(
      select q.import_quarantine_id
      from ops._quarantined_rows(v_batch.import_batch_id) as q
    )
  );
  return ops._lock_import(import_batch_id);
end
$$;

alter function ops._retry_whole_import(identity.actor, uuid) owner to ops_service;
revoke all on function ops._retry_whole_import(identity.actor, uuid) from public;

comment on function ops._retry_whole_import(identity.actor, uuid) is
  'Tries what a finished batch has in quarantine and gives its row. Errors: OPIMP, OPIST, LYPOL.';
