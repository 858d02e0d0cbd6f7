-- Rolls an import back: every entry that it posted is compensated by a reversal, in the background.
-- Nothing is removed; the export can be imported anew afterwards.

create or replace function ops.roll_back_import(import_batch_id uuid, reason text)
returns ops.import_batch
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
  return ops._begin_undoing(v_actor, import_batch_id, reason);
end
$$;

alter function ops.roll_back_import(uuid, text) owner to ops_service;
revoke all on function ops.roll_back_import(uuid, text) from public;
grant execute on function ops.roll_back_import(uuid, text) to pit_staff;

comment on function ops.roll_back_import(uuid, text) is
  'Begins to roll a finished import back and gives its row; the worker does the rest. Capability '
  'import:run. Errors: IDUNA, IDFRB, OPIMP, OPIST, LYRSN.';
