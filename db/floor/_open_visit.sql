-- The rules of opening a visit. A player who is already here keeps the open visit, also when two
-- people welcome them at once: the unique index decides, the loser reads the winner's.

create or replace function floor._open_visit(actor identity.actor, player_id uuid, at timestamptz)
returns floor.visit
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
begin
  perform
  from floor.player as p
  where p.casino_id = actor.casino_id and p.player_id = _open_visit.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;

  select * into v_visit
  from floor.visit as v
  where v.casino_id = actor.casino_id
    and v.player_id = _open_visit.player_id
    and v.closed_at is null;
  if found then
    return v_visit;
  end if;

  perform floor._check_time(actor, at);
  loop
    insert into floor.visit as v (
      casino_id, player_id, opened_at, gaming_day, opened_by, correlation_id
    )
    values (
      actor.casino_id, _open_visit.player_id, at,
      identity._gaming_day(actor.timezone, actor.gaming_day_start, at),
      actor.staff_id, actor.correlation_id
    )
    on conflict do nothing
    returning * into v_visit;
    if found then
      return v_visit;
    end if;
    select * into v_visit
    from floor.visit as v
    where v.casino_id = actor.casino_id
      and v.player_id = _open_visit.player_id
      and v.closed_at is null;
    if found then
      return v_visit;
    end if;
  end loop;
end
$$;

alter function floor._open_visit(identity.actor, uuid, timestamptz) owner to floor_service;
revoke all on function floor._open_visit(identity.actor, uuid, timestamptz) from public;
grant execute on function floor._open_visit(identity.actor, uuid, timestamptz) to ops_service;

comment on function floor._open_visit(identity.actor, uuid, timestamptz) is
  'Opens a visit, or gives the one that is open. Errors: RSPLR, RSTIM.';
