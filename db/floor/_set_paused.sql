-- The rules of pausing and resuming: two names for one change of state, so that their checks can't
-- drift apart.

create or replace function floor._set_paused(
  actor identity.actor,
  rating_slip_id uuid,
  paused boolean,
  at timestamptz
) returns floor.rating_slip
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_slip floor.rating_slip := floor._lock_slip(actor, rating_slip_id);
  v_at timestamptz := coalesce(at, greatest(now(), v_slip.last_event_at));
begin
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  if paused = (v_slip.state = 'paused') then
    perform ops._refuse('RSSTA', array[case when paused then 'paused' else 'running' end]);
  end if;
  return floor._append_event(
    actor, v_slip, case when paused then 'paused' else 'resumed' end, v_at, v_slip.current_bet,
    case when paused then 'paused' else 'open' end
  );
end
$$;

alter function floor._set_paused(identity.actor, uuid, boolean, timestamptz)
owner to floor_service;
revoke all on function floor._set_paused(identity.actor, uuid, boolean, timestamptz) from public;
grant execute on function floor._set_paused(identity.actor, uuid, boolean, timestamptz)
to ops_service;

comment on function floor._set_paused(identity.actor, uuid, boolean, timestamptz) is
  'Pauses or resumes a slip. Checked in this order: slip, time, not already so (RSSTA).';
