-- Whether the signed-in person may try an import's quarantined rows again now; a field of it, so
-- that nobody is offered what retry_import and retry_import_row refuse.

create function ops.import_batch_retryable(batch ops.import_batch) returns boolean
language sql
stable
return batch.state = 'finished' and identity.session_may('import:run');

alter function ops.import_batch_retryable(ops.import_batch) owner to ops_service;
revoke all on function ops.import_batch_retryable(ops.import_batch) from public;
grant execute on function ops.import_batch_retryable(ops.import_batch) to pit_staff;

comment on function ops.import_batch_retryable(ops.import_batch) is
  'Finished, and the signed-in person may try its quarantined rows again: import:run.';
