-- Whether the signed-in person may roll an import back now, a second time too when players were
-- left; a field of it, so that nobody is offered what roll_back_import refuses.

create function ops.import_batch_undoable(batch ops.import_batch) returns boolean
language sql
stable
return batch.state in ('finished', 'partly_undone')
  and identity.session_may('import:run');

alter function ops.import_batch_undoable(ops.import_batch) owner to ops_service;
revoke all on function ops.import_batch_undoable(ops.import_batch) from public;
grant execute on function ops.import_batch_undoable(ops.import_batch) to pit_staff;

comment on function ops.import_batch_undoable(ops.import_batch) is
  'Finished or rolled back in part, and the signed-in person may roll it back: import:run.';
