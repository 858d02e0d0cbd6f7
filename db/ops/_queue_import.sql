-- Queues the job that takes a batch further, should nobody else do it: the command line does the
-- same steps, and whoever comes second finds nothing left.

create or replace function ops._queue_import(batch ops.import_batch) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform ops._queue_job(
    'ops/advance_import',
    jsonb_build_object(
      'import_batch_id', batch.import_batch_id,
      'correlation_id', case batch.state
        when 'undoing' then coalesce(batch.undo_correlation_id, batch.correlation_id)
        else batch.correlation_id
      end
    ),
    format('pit:ops/advance_import:%s', batch.import_batch_id)
  );
end
$$;

alter function ops._queue_import(ops.import_batch) owner to ops_service;
revoke all on function ops._queue_import(ops.import_batch) from public;

comment on function ops._queue_import(ops.import_batch) is
  'Queues the task ops/advance_import for a batch, once. Error: OPJOB.';
