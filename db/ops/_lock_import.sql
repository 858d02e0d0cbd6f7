-- The row of a batch, locked: what changes an import comes one after the other. The advisory lock
-- is that of the feed, which locks players in an order of its own.

create or replace function ops._lock_import(import_batch_id uuid) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(identity._casino(), 'ops.ingest_events');
  v_batch ops.import_batch;
begin
  select b.* into v_batch
  from ops.import_batch as b
  where b.casino_id = identity._casino()
    and b.import_batch_id = _lock_import.import_batch_id
  for no key update;
  if not found then
    perform ops._refuse('OPIMP');
  end if;
  return v_batch;
end
$$;

alter function ops._lock_import(uuid) owner to ops_service;
revoke all on function ops._lock_import(uuid) from public;

comment on function ops._lock_import(uuid) is
  'Locks a batch and, until the transaction ends, the casino''s ingestion. Error: OPIMP.';
