-- The rules of completing a slip. The slip itself is the key: a closed one gives its first
-- result again (a floor system's feed asks for an open one, and is refused). Without a time it
-- is completed now, or at its last event where a clock ran ahead.

create or replace function floor._complete_rating_slip(
  actor identity.actor,
  rating_slip_id uuid,
  at timestamptz
) returns floor.rating_slip_completion
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
  v_at timestamptz;
begin
  select * into v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id
    and s.rating_slip_id = _complete_rating_slip.rating_slip_id
  for no key update;
  if not found then
    perform ops._refuse('RSNFD');
  end if;
  if v_slip.state = 'closed' then
    return floor._completion(
      v_slip,
      loyalty._closed_slip_outcome(floor._slip_telemetry(v_slip.rating_slip_id))
    );
  end if;
  v_at := coalesce(at, greatest(now(), v_slip.last_event_at));
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  return floor._close_slip(actor, v_slip, 'closed', v_at);
end
$$;

alter function floor._complete_rating_slip(identity.actor, uuid, timestamptz)
owner to floor_service;
revoke all on function floor._complete_rating_slip(identity.actor, uuid, timestamptz) from public;
grant execute on function floor._complete_rating_slip(identity.actor, uuid, timestamptz)
to ops_service;

comment on function floor._complete_rating_slip(identity.actor, uuid, timestamptz) is
  'Closes and accrues a slip, or gives a closed one''s first result. Errors: RSNFD, RSTIM.';
