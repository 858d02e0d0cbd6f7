-- The reconciliation that nobody has to think of: every quarter of an hour, at each casino. It is
-- as safe to run twice as to look twice.

create or replace function ops.reconcile_job(ticket text) returns ops.reconciliation_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/reconcile', ticket);
begin
  return ops._reconcile(v_actor, 'job');
end
$$;

alter function ops.reconcile_job(text) owner to ops_service;
revoke all on function ops.reconcile_job(text) from public;
grant execute on function ops.reconcile_job(text) to pit_worker;

comment on function ops.reconcile_job(text) is
  'For the task ops/reconcile: a reconciliation of the ticket''s casino. Error: OPTKT.';
