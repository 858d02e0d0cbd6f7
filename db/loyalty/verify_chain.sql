-- Is the ledger what was written? For whoever audits, with a session or a login of their own; the
-- command line asks loyalty._verify_chain the same.

create or replace function loyalty.verify_chain(player_id uuid default null)
returns loyalty.chain_verification
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return loyalty._verify_chain(verify_chain.player_id);
end
$$;

alter function loyalty.verify_chain(uuid) owner to loyalty_service;
revoke all on function loyalty.verify_chain(uuid) from public;
grant execute on function loyalty.verify_chain(uuid) to pit_staff, pit_auditor;

comment on function loyalty.verify_chain(uuid) is
  'Recomputes the ledger of one player, or of all: every hash, every link, every sum, and the '
  'standings. Capability audit:view, or an auditor''s login. Errors: IDUNA, IDFRB, RSPLR.';
