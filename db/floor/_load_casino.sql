-- Floor's part of setting a property up: games as effective versions, tables as they stand now.
-- A table that the file no longer names goes out of service; its history stays.

create or replace function floor._load_casino(property jsonb) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_games integer;
  v_tables integer;
  v_retired integer;
begin
  if jsonb_typeof(property -> 'games') is distinct from 'array'
    or jsonb_typeof(property -> 'tables') is distinct from 'array'
  then
    perform ops._refuse('OPPRP', array['"games" and "tables" must be lists']);
  end if;
  if exists (
    select t.game from jsonb_to_recordset(property -> 'tables') as t (game text)
    except
    select g.code from jsonb_to_recordset(property -> 'games') as g (code text)
  ) then
    perform ops._refuse('OPPRP', array['a table names a game that is not in "games"']);
  end if;

  insert into floor.game_settings (
    casino_id, code, name, house_edge, decisions_per_hour, seats,
    conversion_rate, point_multiplier, effective_from
  )
  select
    v_casino_id, g.code, g.name, g.house_edge, g.decisions_per_hour, g.seats,
    g.conversion_rate, g.point_multiplier,
    case when v.game_settings_id is null then '-infinity' else now() end
  from (
    select
      g.code, g.name, g.house_edge, g.decisions_per_hour, g.seats,
      coalesce(g.conversion_rate, 10) as conversion_rate,
      coalesce(g.point_multiplier, 1) as point_multiplier
    from jsonb_to_recordset(property -> 'games') as g (
      code text, name text, house_edge numeric(7, 4), decisions_per_hour integer, seats integer,
      conversion_rate numeric(10, 4), point_multiplier numeric(10, 4)
    )
  ) as g
  left join lateral floor._game_in_force(v_casino_id, g.code, now()) as v on true
  where (g.name, g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate,
      g.point_multiplier)
    is distinct from (v.name, v.house_edge, v.decisions_per_hour, v.seats, v.conversion_rate,
      v.point_multiplier);
  get diagnostics v_games = row_count;

  insert into floor.gaming_table as t (casino_id, label, pit, game_code, seats)
  select v_casino_id, f.label, f.pit, f.game, f.seats
  from jsonb_to_recordset(property -> 'tables') as f (
    label text, pit text, game text, seats integer
  )
  on conflict (casino_id, label) do update
  set pit = excluded.pit, game_code = excluded.game_code, seats = excluded.seats, active = true
  where (t.pit, t.game_code, t.seats, t.active)
    is distinct from (excluded.pit, excluded.game_code, excluded.seats, true);
  get diagnostics v_tables = row_count;

  update floor.gaming_table as t
  set active = false
  where t.casino_id = v_casino_id
    and t.active
    and not exists (
      select
      from jsonb_to_recordset(property -> 'tables') as f (label text)
      where f.label = t.label
    );
  get diagnostics v_retired = row_count;
  return v_games + v_tables + v_retired > 0;
end
$$;

alter function floor._load_casino(jsonb) owner to floor_service;
revoke all on function floor._load_casino(jsonb) from public;
grant execute on function floor._load_casino(jsonb) to ops_service;

comment on function floor._load_casino(jsonb) is
  'Loads games and tables of a property file for the casino of the running call; true when '
  'something changed. Error: OPPRP.';
