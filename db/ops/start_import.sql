-- Closes the staging: enrols the players, judges every row and queues the job that posts what can
-- be posted. In one transaction, so that a crash leaves the staged rows and nothing half judged.

create or replace function ops.start_import(casino_code text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_enrolled integer;
  v_judged record;
  v_halfway bigint;
begin
  if v_batch.state <> 'staging' then
    return v_batch;
  end if;
  -- What is being taken back stands and doesn't stand: whether a row is known can't be said yet.
  if exists (
    select
    from ops.import_batch as b
    where b.casino_id = identity._casino() and b.state = 'undoing'
  ) then
    perform ops._refuse('OPIST', array['waiting for a rollback to end']);
  end if;
  v_actor.correlation_id := v_batch.correlation_id;
  perform ops._log(
    v_actor, 'import started', details => jsonb_build_object('import_batch_id', import_batch_id)
  );
  v_enrolled := ops._enroll_import(v_actor, import_batch_id);
  v_judged := ops._judge_import(import_batch_id);
  v_halfway := ops._halfway(import_batch_id, v_judged.to_post);

  update ops.import_batch as b
  set state = case when v_judged.to_post = 0 then 'finished' else 'posting' end,
    players_enrolled = v_enrolled,
    rows_to_post = v_judged.to_post,
    halfway = v_halfway,
    second_half_through = v_halfway,
    replayed = v_judged.replayed,
    skipped = v_judged.skipped,
    staged_at = now(),
    finished_at = case when v_judged.to_post = 0 then now() end
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = start_import.import_batch_id
  returning b.* into v_batch;
  if v_batch.state = 'posting' then
    perform ops._queue_import(v_batch);
  end if;
  return v_batch;
end
$$;

alter function ops.start_import(text, uuid) owner to ops_service;
revoke all on function ops.start_import(text, uuid) from public;
grant execute on function ops.start_import(text, uuid) to pit_owner;

comment on function ops.start_import(text, uuid) is
  'For the command line: ends the staging of a batch and gives its row, with the number of rows to '
  'post. Errors: IDCAS, OPIMP, OPIST, LYPOL.';
