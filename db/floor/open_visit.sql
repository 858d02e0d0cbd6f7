-- A player arrives. Opening a visit for somebody who is already here gives the open visit, so
-- nobody has to look first.

create or replace function floor.open_visit(
  player_id uuid,
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
    open_visit.player_id, extract(epoch from open_visit.occurred_at)
  );
  v_command floor.command := floor._claim_key(v_actor, 'open_visit', idempotency_key, v_request);
  v_visit floor.visit;
begin
  if v_command.command is not null then
    select * into strict v_visit
    from floor.visit as v
    where v.casino_id = v_actor.casino_id and v.visit_id = v_command.visit_id;
    return row(v_visit, null::floor.rating_slip_completion, true);
  end if;
  v_visit := floor._open_visit(
    v_actor, open_visit.player_id, coalesce(open_visit.occurred_at, now())
  );
  perform floor._remember(
    v_actor, 'open_visit', idempotency_key, v_request, visit_id => v_visit.visit_id
  );
  return row(v_visit, null::floor.rating_slip_completion, false);
end
$$;

alter function floor.open_visit(uuid, timestamptz, text) owner to floor_service;
revoke all on function floor.open_visit(uuid, timestamptz, text) from public;
grant execute on function floor.open_visit(uuid, timestamptz, text) to pit_staff;

comment on function floor.open_visit(uuid, timestamptz, text) is
  'Opens a player''s visit, or gives the open one. Capability floor:rate. Errors: IDUNA, IDFRB, '
  'IDKEY, LYIDM, RSPLR, RSTIM.';
