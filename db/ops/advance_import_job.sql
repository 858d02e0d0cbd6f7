-- The job behind an import or its rollback: one step with the job's ticket. The task calls it until
-- the batch is through.

create or replace function ops.advance_import_job(ticket text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/advance_import', ticket);
begin
  return ops._advance_import(v_actor, import_batch_id);
end
$$;

alter function ops.advance_import_job(text, uuid) owner to ops_service;
revoke all on function ops.advance_import_job(text, uuid) from public;
grant execute on function ops.advance_import_job(text, uuid) to pit_worker;

comment on function ops.advance_import_job(text, uuid) is
  'For the task ops/advance_import: one step, and the batch''s row after it. Errors: OPTKT, OPIMP, '
  'LYPOL.';
