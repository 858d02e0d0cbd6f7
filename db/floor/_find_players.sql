-- The search for players, for other contexts: the cash log looks for enrolled and unknown people
-- at once and reads no floor table.

create or replace function floor._find_players(search text) returns setof floor.player
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.* from floor.find_players(search) as p;
end;

alter function floor._find_players(text) owner to floor_service;
revoke all on function floor._find_players(text) from public;
grant execute on function floor._find_players(text) to compliance_service;

comment on function floor._find_players(text) is
  'floor.find_players for the casino of the running call.';
