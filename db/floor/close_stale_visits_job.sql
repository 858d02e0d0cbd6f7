-- The job behind visits that nobody closed. Visits are floor's, so the job is too; its name says
-- ops, for whoever operates the house. The task calls it until it gives nothing more.

create or replace function floor.close_stale_visits_job(ticket text, after uuid default null)
returns floor.stale_visit
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/close_stale_visits', ticket);
begin
  return floor._close_stale_visit(v_actor, now(), close_stale_visits_job.after);
end
$$;

alter function floor.close_stale_visits_job(text, uuid) owner to floor_service;
revoke all on function floor.close_stale_visits_job(text, uuid) from public;
grant execute on function floor.close_stale_visits_job(text, uuid) to pit_worker;

comment on function floor.close_stale_visits_job(text, uuid) is
  'For the task ops/close_stale_visits: closes the next stale visit after the given one; null when '
  'there is none. Error: OPTKT.';
