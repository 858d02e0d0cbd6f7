-- The beginning of a rollback: from now on the batch is taken back, by whoever takes the next step.
-- One that was rolled back in part is tried again from its first player.

create or replace function ops._begin_undoing(
  actor identity.actor,
  import_batch_id uuid,
  reason text
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_reason text := nullif(btrim(reason, E' \t\r\n'), '');
begin
  if v_batch.state in ('undoing', 'undone') then
    return v_batch;
  end if;
  if v_batch.state not in ('finished', 'partly_undone') then
    perform ops._refuse('OPIST', array[v_batch.state]);
  end if;
  if coalesce(length(v_reason), 0) < 10 then
    perform ops._refuse('LYRSN', array['10']);
  end if;
  update ops.import_batch as b
  set state = 'undoing',
    undone_through = 0,
    players_left = 0,
    undo_reason = v_reason,
    undone_by = actor.staff_id,
    undo_correlation_id = actor.correlation_id
  where b.casino_id = identity._casino() and b.import_batch_id = v_batch.import_batch_id
  returning b.* into v_batch;
  perform ops._log(
    actor, 'import rollback begun',
    details => jsonb_build_object('import_batch_id', v_batch.import_batch_id)
  );
  perform ops._queue_import(v_batch);
  return v_batch;
end
$$;

alter function ops._begin_undoing(identity.actor, uuid, text) owner to ops_service;
revoke all on function ops._begin_undoing(identity.actor, uuid, text) from public;

comment on function ops._begin_undoing(identity.actor, uuid, text) is
  'Marks a finished batch to be rolled back and queues the job. Errors: OPIMP, OPIST, LYRSN.';
