-- The job behind expiry: one batch of the running gaming day's run. The task calls it until the run
-- is finished; a day that is done is done, however often the job comes.

create or replace function loyalty.expire_points_job(ticket text) returns loyalty.expiry_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/expire_points', ticket);
begin
  return loyalty._expire_points(v_actor, now());
end
$$;

alter function loyalty.expire_points_job(text) owner to loyalty_service;
revoke all on function loyalty.expire_points_job(text) from public;
grant execute on function loyalty.expire_points_job(text) to pit_worker;

comment on function loyalty.expire_points_job(text) is
  'For the task loyalty/expire_points: the next batch of today''s expiry. Error: OPTKT.';
