-- ops.roll_back_import for the command line, which works over the owner's connection and takes the
-- steps itself (ops.advance_import).

create or replace function ops.undo_import(casino_code text, import_batch_id uuid, reason text)
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
  return ops._begin_undoing(v_actor, import_batch_id, reason);
end
$$;

alter function ops.undo_import(text, uuid, text) owner to ops_service;
revoke all on function ops.undo_import(text, uuid, text) from public;
grant execute on function ops.undo_import(text, uuid, text) to pit_owner;

comment on function ops.undo_import(text, uuid, text) is
  'For the command line: begins to roll an import back. Errors: IDCAS, OPIMP, OPIST, LYRSN.';
