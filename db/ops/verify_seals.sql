-- Does the ledger still fit what was sealed? For whoever audits, with a session or a login of their
-- own; the command line asks ops._verify_seals the same.

create or replace function ops.verify_seals(file jsonb default null)
returns ops.seal_verification
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return ops._verify_seals(verify_seals.file);
end
$$;

alter function ops.verify_seals(jsonb) owner to ops_service;
revoke all on function ops.verify_seals(jsonb) from public;
grant execute on function ops.verify_seals(jsonb) to pit_staff, pit_auditor;

comment on function ops.verify_seals(jsonb) is
  'Compares the ledger with the seals, and with a file of seals kept elsewhere. Capability '
  'audit:view, or an auditor''s login. Errors: IDUNA, IDFRB, OPSFL.';
