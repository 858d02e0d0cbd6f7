-- A proof that an entry is in the sealed ledger, for whoever audits, with a session or a login of
-- their own; the command line asks ops._prove_entry the same.

create or replace function ops.prove_entry(player_id uuid, entry_no bigint) returns json
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return ops._prove_entry(prove_entry.player_id, prove_entry.entry_no);
end
$$;

alter function ops.prove_entry(uuid, bigint) owner to ops_service;
revoke all on function ops.prove_entry(uuid, bigint) from public;
grant execute on function ops.prove_entry(uuid, bigint) to pit_staff, pit_auditor;

comment on function ops.prove_entry(uuid, bigint) is
  'A proof that an entry is part of the sealed ledger, for somebody without access to it. '
  'Capability audit:view, or an auditor''s login. Errors: IDUNA, IDFRB, LYENT, OPNSL.';
