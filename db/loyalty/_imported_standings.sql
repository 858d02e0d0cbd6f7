-- Reads an import's result back from ledger and standings, for a list of players at once: loyalty's
-- tables are read by loyalty alone.

create or replace function loyalty._imported_standings(player_ids uuid[])
returns setof loyalty.imported_standing
language sql
stable
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
begin atomic
  select
    p.player_id, p.current_balance, p.lifetime_points, p.tier, coalesce(e.entries, 0),
    coalesce(e.points, 0), coalesce(e.imported_points, 0)
  from unnest(_imported_standings.player_ids) as i (player_id)
  join loyalty.player_loyalty as p
    on p.casino_id = identity._casino() and p.player_id = i.player_id
  left join (
    select
      l.player_id, count(*) as entries, sum(l.points_change) as points,
      sum(l.points_change) filter (
        where l.event_type = 'LEGACY_IMPORTED' and r.player_id is null
      ) as imported_points
    from loyalty.loyalty_ledger as l
    left join loyalty.loyalty_ledger as r
      on r.casino_id = identity._casino()
      and r.player_id = l.player_id
      and r.reverses_entry_no = l.entry_no
    where l.casino_id = identity._casino()
    group by l.player_id
  ) as e on e.player_id = i.player_id;
end;

alter function loyalty._imported_standings(uuid[]) owner to loyalty_service;
revoke all on function loyalty._imported_standings(uuid[]) from public;
grant execute on function loyalty._imported_standings(uuid[]) to ops_service;

comment on function loyalty._imported_standings(uuid[]) is
  'Standing, number and sum of entries and imported points of each of these players.';
