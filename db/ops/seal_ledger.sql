-- Seals a gaming day by hand, for whoever answers for the books; the worker does the same every
-- night.

create or replace function ops.seal_ledger(gaming_day date default null)
returns ops.seal_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('audit:view');
begin
  return ops._seal_ledger(v_actor, seal_ledger.gaming_day);
end
$$;

alter function ops.seal_ledger(date) owner to ops_service;
revoke all on function ops.seal_ledger(date) from public;
grant execute on function ops.seal_ledger(date) to pit_staff;

comment on function ops.seal_ledger(date) is
  'Seals the ledger at the end of a gaming day (default: the last one that is over). A sealed day '
  'gives its seal again. Capability audit:view. Errors: IDUNA, IDFRB, OPSEA.';
