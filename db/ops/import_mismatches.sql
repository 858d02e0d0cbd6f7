-- The mismatch report of an import: balances that the old system claimed and that its history
-- doesn't lead to.

create or replace function ops.import_mismatches(import_batch_id uuid)
returns setof ops.import_mismatch
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set enable_nestloop = off
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  perform identity._refuse_sender(v_actor);
  return query select m.* from ops._import_mismatches(import_batch_id) as m;
end
$$;

alter function ops.import_mismatches(uuid) owner to ops_service;
revoke all on function ops.import_mismatches(uuid) from public;
grant execute on function ops.import_mismatches(uuid) to pit_staff;

comment on function ops.import_mismatches(uuid) is
  'Claimed balances that differ from the imported ones, with the difference. Capability '
  'import:run. Errors: IDUNA, IDFRB.';
