-- Takes a slip for a command that needs it to be running. The row's lock makes commands on one
-- slip come one after the other, so each sees the last event of the one before.

create or replace function floor._lock_slip(actor identity.actor, rating_slip_id uuid)
returns floor.rating_slip
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
begin
  select * into v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id and s.rating_slip_id = _lock_slip.rating_slip_id
  for no key update;
  if not found then
    perform ops._refuse('RSNFD');
  end if;
  if v_slip.state = 'closed' then
    perform ops._refuse('RSNOP');
  end if;
  return v_slip;
end
$$;

alter function floor._lock_slip(identity.actor, uuid) owner to floor_service;
revoke all on function floor._lock_slip(identity.actor, uuid) from public;

comment on function floor._lock_slip(identity.actor, uuid) is
  'Locks a slip that is open or paused. Errors: RSNFD no such slip, RSNOP closed.';
