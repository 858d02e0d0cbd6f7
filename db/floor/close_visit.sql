-- A player goes home: closes the visit and completes the slip that is still open. A repeated call
-- gives the same visit and completion again.

create or replace function floor.close_visit(
  visit_id uuid,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.visit_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    close_visit.visit_id, extract(epoch from close_visit.occurred_at)
  );
  v_command floor.command := floor._claim_key(v_actor, 'close_visit', idempotency_key, v_request);
  v_result floor.visit_result;
begin
  if v_command.command is not null then
    select v into strict v_result.visit
    from floor.visit as v
    where v.casino_id = v_actor.casino_id and v.visit_id = v_command.visit_id;
    if v_command.rating_slip_id is not null then
      v_result.completion := floor._complete_rating_slip(
        v_actor, v_command.rating_slip_id, null
      );
    end if;
    v_result.replayed := true;
    return v_result;
  end if;

  v_result := floor._close_visit(v_actor, close_visit.visit_id, close_visit.occurred_at);
  perform floor._remember(
    v_actor, 'close_visit', idempotency_key, v_request,
    visit_id => close_visit.visit_id,
    rating_slip_id => ((v_result.completion).rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.close_visit(uuid, timestamptz, text) owner to floor_service;
revoke all on function floor.close_visit(uuid, timestamptz, text) from public;
grant execute on function floor.close_visit(uuid, timestamptz, text) to pit_staff;

comment on function floor.close_visit(uuid, timestamptz, text) is
  'Closes a visit; its open slip is completed with it. Capability floor:rate. Errors: IDUNA, '
  'IDFRB, IDKEY, LYIDM, RSVIS, RSTIM.';
