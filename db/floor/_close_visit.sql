-- The rules of closing a visit: its open slip is completed at the same moment and in the same
-- transaction, so that nobody leaves with a slip still running.

create or replace function floor._close_visit(actor identity.actor, visit_id uuid, at timestamptz)
returns floor.visit_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
  v_slip floor.rating_slip;
  v_not_before timestamptz;
  v_at timestamptz;
  v_completion floor.rating_slip_completion;
begin
  select * into v_visit
  from floor.visit as v
  where v.casino_id = actor.casino_id and v.visit_id = _close_visit.visit_id
  for no key update;
  if not found or v_visit.closed_at is not null then
    perform ops._refuse('RSVIS');
  end if;
  select * into v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id
    and s.visit_id = _close_visit.visit_id
    and s.state <> 'closed'
  for no key update;

  v_not_before := greatest(v_visit.opened_at, v_slip.last_event_at);
  if actor.ingesting is not true then
    v_not_before := greatest(
      v_not_before,
      (
        select max(s.closed_at)
        from floor.rating_slip as s
        where s.casino_id = actor.casino_id and s.visit_id = _close_visit.visit_id
      )
    );
  end if;
  v_at := coalesce(at, greatest(now(), v_not_before));
  perform floor._check_time(actor, v_at, v_not_before);
  if v_slip.rating_slip_id is not null then
    v_completion := floor._close_slip(actor, v_slip, 'closed', v_at);
  end if;

  update floor.visit as v
  set closed_at = v_at, closed_by = actor.staff_id
  where v.casino_id = v_visit.casino_id and v.visit_id = v_visit.visit_id
  returning * into v_visit;
  return row(v_visit, v_completion, false);
end
$$;

alter function floor._close_visit(identity.actor, uuid, timestamptz) owner to floor_service;
revoke all on function floor._close_visit(identity.actor, uuid, timestamptz) from public;
grant execute on function floor._close_visit(identity.actor, uuid, timestamptz) to ops_service;

comment on function floor._close_visit(identity.actor, uuid, timestamptz) is
  'Closes a visit and completes its open slip. Errors: RSVIS, RSTIM.';
