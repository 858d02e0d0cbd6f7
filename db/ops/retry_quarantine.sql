-- ops.retry_import for the command line, which works over the owner's connection and has no
-- session.

create or replace function ops.retry_quarantine(casino_code text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
begin
  return ops._retry_whole_import(v_actor, import_batch_id);
end
$$;

alter function ops.retry_quarantine(text, uuid) owner to ops_service;
revoke all on function ops.retry_quarantine(text, uuid) from public;
grant execute on function ops.retry_quarantine(text, uuid) to pit_owner;

comment on function ops.retry_quarantine(text, uuid) is
  'For the command line: tries every quarantined row of a batch again. Errors: IDCAS, OPIMP, '
  'OPIST, LYPOL.';
