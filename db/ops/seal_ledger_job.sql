-- The nightly seal: asked every hour, it seals the last gaming day that is over, once. It fails,
-- and is retried, while a standing doesn't fit the ledger.

create or replace function ops.seal_ledger_job(ticket text) returns ops.seal_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/seal_gaming_day', ticket);
begin
  return ops._seal_ledger(v_actor, null);
end
$$;

alter function ops.seal_ledger_job(text) owner to ops_service;
revoke all on function ops.seal_ledger_job(text) from public;
grant execute on function ops.seal_ledger_job(text) to pit_worker;

comment on function ops.seal_ledger_job(text) is
  'For the task ops/seal_gaming_day: seals the last gaming day that is over. Errors: OPTKT, OPSEA.';
