-- The player leaves: closes the slip and posts its points in one call. There is no key to invent
-- and none to lose: the slip itself says whether it was completed before.

create or replace function floor.complete_rating_slip(rating_slip_id uuid)
returns floor.rating_slip_completion
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
begin
  return floor._complete_rating_slip(v_actor, complete_rating_slip.rating_slip_id, null);
end
$$;

alter function floor.complete_rating_slip(uuid) owner to floor_service;
revoke all on function floor.complete_rating_slip(uuid) from public;
grant execute on function floor.complete_rating_slip(uuid) to pit_staff;

comment on function floor.complete_rating_slip(uuid) is
  'Closes a rating slip and accrues its points: outcome awarded, or pending when the award '
  'failed and will be retried, or replayed when the slip was completed before. The slip itself '
  'is the idempotency key. Capability floor:rate. Errors: IDUNA, IDFRB, RSNFD.';
