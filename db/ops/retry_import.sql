-- Tries everything again that an import has in quarantine, as it is: when its players were
-- enrolled meanwhile, or its balances have grown.

create or replace function ops.retry_import(import_batch_id uuid) returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return ops._retry_whole_import(v_actor, import_batch_id);
end
$$;

alter function ops.retry_import(uuid) owner to ops_service;
revoke all on function ops.retry_import(uuid) from public;
grant execute on function ops.retry_import(uuid) to pit_staff;

comment on function ops.retry_import(uuid) is
  'Tries every quarantined row of a finished batch again and gives its row. Capability import:run. '
  'Errors: IDUNA, IDFRB, OPIMP, OPIST, LYPOL.';
