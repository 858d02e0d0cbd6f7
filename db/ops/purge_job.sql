-- The job behind the purge. The task calls it until it is finished; killed in between, the next
-- call goes on with what is left.

create or replace function ops.purge_job(ticket text) returns ops.purge_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/purge', ticket);
begin
  return ops._purge(v_actor, now());
end
$$;

alter function ops.purge_job(text) owner to ops_service;
revoke all on function ops.purge_job(text) from public;
grant execute on function ops.purge_job(text) to pit_worker;

comment on function ops.purge_job(text) is
  'For the task ops/purge: removes a batch of old sessions and jobs. Error: OPTKT.';
