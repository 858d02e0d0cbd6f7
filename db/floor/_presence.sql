-- For the cash log, which notes the visit and the slip of whoever stands there: what was open at
-- that moment, not what is open now, so that cash entered late is noted as cash entered at once.

create or replace function floor._presence(
  player_id uuid,
  at timestamptz,
  out is_enrolled boolean,
  out visit_id uuid,
  out rating_slip_id uuid,
  out table_id uuid
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    exists (
      select
      from floor.player as p
      where p.casino_id = identity._casino() and p.player_id = _presence.player_id
    ),
    case when coalesce(v.closed_at, 'infinity') > at then v.visit_id end,
    case when coalesce(s.closed_at, 'infinity') > at then s.rating_slip_id end,
    case when coalesce(s.closed_at, 'infinity') > at then s.table_id end
  from (values (true)) as always
  left join lateral (
    select w.visit_id, w.closed_at
    from floor.visit as w
    where w.casino_id = identity._casino()
      and w.player_id = _presence.player_id
      and w.opened_at <= at
    order by w.opened_at desc, w.visit_id desc
    limit 1
  ) as v on true
  left join lateral (
    select r.rating_slip_id, r.table_id, r.closed_at
    from floor.rating_slip as r
    where r.casino_id = identity._casino()
      and r.player_id = _presence.player_id
      and r.opened_at <= at
    order by r.opened_at desc, r.rating_slip_id desc
    limit 1
  ) as s on true;
end;

alter function floor._presence(uuid, timestamptz) owner to floor_service;
revoke all on function floor._presence(uuid, timestamptz) from public;
grant execute on function floor._presence(uuid, timestamptz) to compliance_service;

comment on function floor._presence(uuid, timestamptz) is
  'Whether a player is enrolled, and the visit, slip and table that were open at a moment.';
