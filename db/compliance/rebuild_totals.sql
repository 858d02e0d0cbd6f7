-- Rebuilds the cash totals of gaming days from the log where they differ, and the cases that follow
-- from them; a look, unless it is told otherwise. For who operates the system: docs/decisions/0017.

create or replace function compliance.rebuild_totals(dry_run boolean default true)
returns compliance.totals_rebuild
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
  return compliance._rebuild_totals(v_actor, coalesce(rebuild_totals.dry_run, true));
end
$$;

alter function compliance.rebuild_totals(boolean) owner to compliance_service;
revoke all on function compliance.rebuild_totals(boolean) from public;
grant execute on function compliance.rebuild_totals(boolean) to pit_staff;

comment on function compliance.rebuild_totals(boolean) is
  'Every difference between cash totals and the log, and with dry_run => false the totals as the '
  'log says, before and after in the audit log. Capability import:run. Errors: IDUNA, IDFRB, '
  'MTBRK when the log itself is broken.';
