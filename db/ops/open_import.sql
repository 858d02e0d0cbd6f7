-- The beginning of an import, over the owner's connection: finds the batch of an export by its
-- fingerprint, or begins one. So the same export again goes on where it was, or finds itself done.

create or replace function ops.open_import(
  casino_code text,
  export_fingerprint bytea,
  folder text
) returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch;
begin
  insert into ops.import_batch (casino_id, export_fingerprint, folder, correlation_id)
  values (
    v_actor.casino_id, open_import.export_fingerprint, open_import.folder, v_actor.correlation_id
  )
  on conflict do nothing;
  select b.* into strict v_batch
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.export_fingerprint = open_import.export_fingerprint
    and b.state <> 'undone';
  return v_batch;
end
$$;

alter function ops.open_import(text, bytea, text) owner to ops_service;
revoke all on function ops.open_import(text, bytea, text) from public;
grant execute on function ops.open_import(text, bytea, text) to pit_owner;

comment on function ops.open_import(text, bytea, text) is
  'For the command line: the batch of a legacy export, a new one when it is not known. Error: '
  'IDCAS.';
