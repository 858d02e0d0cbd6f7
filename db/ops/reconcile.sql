-- Reconciles now, for whoever answers for the books; the worker does the same every quarter of an
-- hour.

create or replace function ops.reconcile() returns ops.reconciliation_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('audit:view');
begin
  return ops._reconcile(v_actor, 'person');
end
$$;

alter function ops.reconcile() owner to ops_service;
revoke all on function ops.reconcile() from public;
grant execute on function ops.reconcile() to pit_staff;

comment on function ops.reconcile() is
  'Compares balances, chains and cash totals with their entries and records every difference; '
  'repairs nothing. Capability audit:view. Errors: IDUNA, IDFRB.';
