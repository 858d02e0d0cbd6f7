-- The settings of a game in force at a moment: the newest version that had begun. The moment is
-- that of play, not of typing, so an event told late gets the settings of its time.

create or replace function floor._game_in_force(casino_id integer, code text, at timestamptz)
returns floor.game_settings
language plpgsql
stable
set search_path = ''
as $$
declare
  v_game floor.game_settings;
begin
  select g.* into v_game
  from floor.game_settings as g
  where g.casino_id = _game_in_force.casino_id
    and g.code = _game_in_force.code
    and g.effective_from <= at
  order by g.effective_from desc
  limit 1;
  return v_game;
end
$$;

alter function floor._game_in_force(integer, text, timestamptz) owner to floor_service;
revoke all on function floor._game_in_force(integer, text, timestamptz) from public;

comment on function floor._game_in_force(integer, text, timestamptz) is
  'Version of a game''s settings in force at a moment; nulls when there is none.';
