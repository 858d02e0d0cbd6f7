-- For the cash log, which shows as whom an unknown person was identified. Other contexts don't
-- read floor's tables, they ask.

create or replace function floor._player_name(player_id uuid) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.first_name || ' ' || p.last_name
  from floor.player as p
  where p.casino_id = identity._casino() and p.player_id = _player_name.player_id
);

alter function floor._player_name(uuid) owner to floor_service;
revoke all on function floor._player_name(uuid) from public;
grant execute on function floor._player_name(uuid) to loyalty_service, compliance_service;

comment on function floor._player_name(uuid) is 'First and last name of a player.';
