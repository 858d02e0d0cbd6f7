-- The player steps away: time stops counting until the slip is resumed. The seat stays theirs, and
-- so does the slip: nobody else can sit down there meanwhile.

create or replace function floor.pause_rating_slip(
  rating_slip_id uuid,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    pause_rating_slip.rating_slip_id, extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'pause_rating_slip', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result.rating_slip := floor._set_paused(
    v_actor, pause_rating_slip.rating_slip_id, true, occurred_at
  );
  v_result.replayed := false;
  perform floor._remember(
    v_actor, 'pause_rating_slip', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.pause_rating_slip(uuid, timestamptz, text) owner to floor_service;
revoke all on function floor.pause_rating_slip(uuid, timestamptz, text) from public;
grant execute on function floor.pause_rating_slip(uuid, timestamptz, text) to pit_staff;

comment on function floor.pause_rating_slip(uuid, timestamptz, text) is
  'Pauses a slip. Capability floor:rate. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSNFD, RSNOP, '
  'RSTIM, RSSTA when it is paused already.';
