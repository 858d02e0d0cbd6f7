-- The queue of one's own casino, for whoever looks after it: what needs somebody comes first. The
-- list is short, as what succeeded leaves it.

create or replace function ops.jobs() returns setof ops.job
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('audit:view');
begin
  return query
  select j.*
  from ops._jobs(v_actor.casino_id) as j
  order by array_position('{given_up, failed, running, waiting}', j.state), j.run_at, j.job_id;
end
$$;

alter function ops.jobs() owner to ops_service;
revoke all on function ops.jobs() from public;
grant execute on function ops.jobs() to pit_staff;

comment on function ops.jobs() is
  'Jobs in the queue, given up and failed ones first; what succeeded is gone. Capability '
  'audit:view. Errors: IDUNA, IDFRB.';
