-- The games of a property for lists to choose from, each once, called as it is now; one that has
-- not begun yet as it will be. Runs with its reader's rights.

create function floor.games() returns setof floor.game_settings
language sql
stable
rows 20
begin atomic
  select distinct on (g.code) g.*
  from floor.game_settings as g
  where g.casino_id = (select identity.current_casino_id())
  order by
    g.code, g.effective_from > now(),
    case when g.effective_from <= now() then g.effective_from end desc, g.effective_from;
end;

alter function floor.games() owner to floor_service;
revoke all on function floor.games() from public;
grant execute on function floor.games() to pit_staff;

comment on function floor.games() is
  'For each game, by code, the version in force, or else the first that will be. Any signed-in '
  'person.';
