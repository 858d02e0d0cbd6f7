-- Rebuilds balances, tiers and chain heads from the ledger where they differ; a look, unless it is
-- told otherwise. For who operates the system, not for who gives points: docs/decisions/0017.

create or replace function loyalty.rebuild_loyalty(dry_run boolean default true)
returns loyalty.loyalty_rebuild
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
  return loyalty._rebuild_loyalty(v_actor, coalesce(rebuild_loyalty.dry_run, true));
end
$$;

alter function loyalty.rebuild_loyalty(boolean) owner to loyalty_service;
revoke all on function loyalty.rebuild_loyalty(boolean) from public;
grant execute on function loyalty.rebuild_loyalty(boolean) to pit_staff;

comment on function loyalty.rebuild_loyalty(boolean) is
  'Every difference between standings and ledger, and with dry_run => false the standings as the '
  'ledger says, before and after in the audit log. Capability import:run. Errors: IDUNA, IDFRB, '
  'LYBRK when a ledger itself is broken.';
