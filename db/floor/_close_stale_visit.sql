-- Closes the next visit that nobody closed. It ends with the last thing that somebody saw, its open
-- slip too: what went on afterwards, or didn't, isn't rated. One visit a call and a transaction, so
-- that no two players' rows are held together; one that can't be closed is told of and passed by.

create or replace function floor._close_stale_visit(
  actor identity.actor,
  at timestamptz,
  after uuid default null
) returns floor.stale_visit
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before timestamptz := at - identity._visit_idle_limit();
  v_visit floor.visit;
  v_slip floor.rating_slip;
  v_completion floor.rating_slip_completion;
  v_stale floor.stale_visit;
begin
  -- Whoever wrote something meanwhile is seen under the locks, and the visit is left alone.
  loop
    select v.* into v_visit
    from floor.visit as v
    where v.casino_id = identity._casino()
      and v.closed_at is null
      and (after is null or v.visit_id > after)
      and floor._last_recorded(v) < v_before
    order by v.visit_id
    limit 1
    for no key update;
    if not found then
      return null;
    end if;
    select s.* into v_slip
    from floor.rating_slip as s
    where s.casino_id = v_visit.casino_id
      and s.visit_id = v_visit.visit_id
      and s.state <> 'closed'
    for no key update;
    exit when floor._last_recorded(v_visit) < v_before;
    after := v_visit.visit_id;
  end loop;

  v_stale.visit_id := v_visit.visit_id;
  v_stale.player_id := v_visit.player_id;
  v_stale.rating_slip_id := v_slip.rating_slip_id;
  v_stale.closed_at := greatest(
    v_visit.opened_at,
    (
      select max(s.last_event_at)
      from floor.rating_slip as s
      where s.casino_id = v_visit.casino_id and s.visit_id = v_visit.visit_id
    )
  );
  -- As the feed's, these times lie in the past by right.
  actor.ingesting := true;
  begin
    if v_slip.rating_slip_id is not null then
      v_completion := floor._complete_rating_slip(
        actor, v_slip.rating_slip_id, v_slip.last_event_at
      );
      v_stale.outcome := v_completion.outcome;
      v_stale.told := floor._told(v_completion);
    end if;
    perform floor._close_visit(actor, v_visit.visit_id, v_stale.closed_at);
  exception when others then
    get stacked diagnostics v_stale.code = returned_sqlstate;
    if left(v_stale.code, 2) in ('40', '53', '55', '57', '58', 'XX') then
      raise;
    end if;
    v_stale.closed_at := null;
    v_stale.outcome := null;
    v_stale.told := null;
  end;
  perform ops._log(
    actor,
    case when v_stale.code is null then 'stale visit closed' else 'stale visit not closed' end,
    v_stale.player_id,
    jsonb_strip_nulls(jsonb_build_object(
      'visit_id', v_stale.visit_id, 'closed_at', v_stale.closed_at,
      'rating_slip_id', v_stale.rating_slip_id, 'outcome', v_stale.outcome, 'code', v_stale.code
    ))
  );
  return v_stale;
end
$$;

alter function floor._close_stale_visit(identity.actor, timestamptz, uuid) owner to floor_service;
revoke all on function floor._close_stale_visit(identity.actor, timestamptz, uuid) from public;

comment on function floor._close_stale_visit(identity.actor, timestamptz, uuid) is
  'Closes the next visit, in the order of their ids, that lay idle for longer than '
  'casino.visit_idle_limit, at its last event; null when there is none.';
