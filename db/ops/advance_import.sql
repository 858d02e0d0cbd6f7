-- The next step of an import or of its rollback, over the owner's connection: a transaction of its
-- own each time, so that progress is seen and a crash costs one step.

create or replace function ops.advance_import(casino_code text, import_batch_id uuid)
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
  return ops._advance_import(v_actor, import_batch_id);
end
$$;

alter function ops.advance_import(text, uuid) owner to ops_service;
revoke all on function ops.advance_import(text, uuid) from public;
grant execute on function ops.advance_import(text, uuid) to pit_owner;

comment on function ops.advance_import(text, uuid) is
  'For the command line: one step, and the batch''s row after it. Errors: IDCAS, OPIMP, LYPOL.';
