-- Retries the award of a closed slip, any number of times with one effect; for whoever sees a
-- pending award and doesn't want to wait for the job.

create or replace function loyalty.recover_slip_loyalty(rating_slip_id uuid)
returns loyalty.slip_outcome
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
begin
  return loyalty._recover_slip(v_actor, recover_slip_loyalty.rating_slip_id);
end
$$;

alter function loyalty.recover_slip_loyalty(uuid) owner to loyalty_service;
revoke all on function loyalty.recover_slip_loyalty(uuid) from public;
grant execute on function loyalty.recover_slip_loyalty(uuid) to pit_staff;

comment on function loyalty.recover_slip_loyalty(uuid) is
  'Posts a completed slip''s points if that has not succeeded yet; otherwise gives the first '
  'result. Capability floor:rate. Errors: IDUNA, IDFRB, RSNFD, RSSTA while the slip is open.';
