-- Ends a slip with its last event and has loyalty say what it earned, in one transaction. moved
-- ends it as well as closed; it accrues on its own.

create or replace function floor._close_slip(
  actor identity.actor,
  slip floor.rating_slip,
  event_type text,
  at timestamptz
) returns floor.rating_slip_completion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
begin
  v_slip := floor._append_event(
    actor, slip, _close_slip.event_type, at, slip.current_bet, 'closed'
  );
  return floor._completion(
    v_slip, loyalty.accrue_rating_slip(actor, floor._slip_telemetry(v_slip.rating_slip_id))
  );
end
$$;

alter function floor._close_slip(identity.actor, floor.rating_slip, text, timestamptz)
owner to floor_service;
revoke all on function floor._close_slip(identity.actor, floor.rating_slip, text, timestamptz)
from public;

comment on function floor._close_slip(identity.actor, floor.rating_slip, text, timestamptz) is
  'Closes a locked slip and accrues it: awarded, or pending when the award failed.';
