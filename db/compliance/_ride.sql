-- Money plays. What is told is the total riding; what counts is what came on top of what this
-- person already has riding at this table. Each linked patron keeps their own part, so that
-- undoing an identification leaves each with what was told of them. A total told late (before the
-- last one) can add to what rides, never lower it. The caller holds the person's lock.

create or replace function compliance._ride(
  actor identity.actor,
  root uuid,
  patron_id uuid,
  player_id uuid,
  table_id uuid,
  amount numeric,
  at timestamptz,
  out money_play_id uuid,
  out increase numeric
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_patrons uuid[] := array(select compliance._person_patrons(root));
  v_plays compliance.money_play[];
  v_riding numeric;
  v_last_at timestamptz;
  v_left_at timestamptz;
  v_lowered numeric;
  v_play compliance.money_play;
begin
  perform compliance._end_play_elsewhere(root, _ride.table_id, at);

  -- A slip that ended after the last bet ended the ride, whenever that became known.
  for v_play in
    select m.*
    from compliance.money_play as m
    where m.casino_id = identity._casino()
      and m.patron_id = any (v_patrons)
      and m.table_id = _ride.table_id
      and m.ended_at is null
      and m.last_at < at
  loop
    v_left_at := floor._left_table(_ride.player_id, _ride.table_id, v_play.last_at, at);
    update compliance.money_play as m
    set ended_at = v_left_at, ended_by = 'slip'
    where m.casino_id = identity._casino()
      and m.money_play_id = v_play.money_play_id
      and v_left_at is not null;
  end loop;

  -- What rode at that moment; failing that, what began to ride later and still does.
  select array_agg(m order by m.patron_id = _ride.patron_id desc, m.money_play_id)
  into v_plays
  from compliance.money_play as m
  where m.casino_id = identity._casino()
    and m.patron_id = any (v_patrons)
    and m.table_id = _ride.table_id
    and m.started_at <= at
    and coalesce(m.ended_at, 'infinity') > at;
  if v_plays is null then
    select array_agg(m order by m.patron_id = _ride.patron_id desc, m.money_play_id)
    into v_plays
    from compliance.money_play as m
    where m.casino_id = identity._casino()
      and m.patron_id = any (v_patrons)
      and m.table_id = _ride.table_id
      and m.ended_at is null;
  end if;

  select coalesce(sum(m.amount), 0), coalesce(max(m.last_at), at)
  into v_riding, v_last_at
  from unnest(v_plays) as m;
  increase := greatest(_ride.amount - v_riding, 0);
  v_lowered := case when at >= v_last_at then greatest(v_riding - _ride.amount, 0) else 0 end;

  if v_plays is null or increase > 0 and v_plays[1].patron_id <> _ride.patron_id then
    insert into compliance.money_play (
      casino_id, patron_id, table_id, amount, counted, started_at, last_at,
      ended_at, ended_by, correlation_id
    )
    select
      actor.casino_id, _ride.patron_id, _ride.table_id, increase, increase, at, at,
      e.ended_at, case when e.ended_at is not null then 'table' end, actor.correlation_id
    from (
      -- Told late, after the person was seen elsewhere: it has ended already.
      select min(m.started_at) as ended_at
      from compliance.money_play as m
      where m.casino_id = identity._casino()
        and m.patron_id = any (v_patrons)
        and m.ended_at is null
        and m.started_at > at
        and v_plays is null
    ) as e
    returning money_play.money_play_id into money_play_id;
  else
    money_play_id := v_plays[1].money_play_id;
    update compliance.money_play as m
    set amount = m.amount + increase, counted = m.counted + increase
    where m.casino_id = identity._casino()
      and m.money_play_id = _ride.money_play_id
      and increase > 0;
  end if;

  foreach v_play in array coalesce(v_plays, '{}') loop
    update compliance.money_play as m
    set amount = m.amount - least(v_play.amount, v_lowered),
      started_at = least(m.started_at, at),
      last_at = greatest(m.last_at, at)
    where m.casino_id = identity._casino() and m.money_play_id = v_play.money_play_id;
    v_lowered := v_lowered - least(v_play.amount, v_lowered);
  end loop;
end
$$;

alter function compliance._ride(
  identity.actor, uuid, uuid, uuid, uuid, numeric, timestamptz
) owner to compliance_service;
revoke all on function compliance._ride(
  identity.actor, uuid, uuid, uuid, uuid, numeric, timestamptz
) from public;

comment on function compliance._ride(
  identity.actor, uuid, uuid, uuid, uuid, numeric, timestamptz
) is
  'Takes note of the total that rides for a person at a table; gives what came on top and under '
  'which money play.';
