-- For contexts that are told the code of a game, a campaign's scope for example, and must not keep
-- one that isn't the casino's.

create or replace function floor._game_exists(code text) returns boolean
language sql
stable
security definer
set search_path = ''
return exists (
  select
  from floor.game_settings as g
  where g.casino_id = identity._casino() and g.code = _game_exists.code
);

alter function floor._game_exists(text) owner to floor_service;
revoke all on function floor._game_exists(text) from public;
grant execute on function floor._game_exists(text) to loyalty_service;

comment on function floor._game_exists(text) is 'Whether the casino deals a game of this code.';
