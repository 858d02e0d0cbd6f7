-- Tells other contexts by which card a player is found, beside the name (floor._player_name): a
-- list of players is of use only when somebody can look them up.

create or replace function floor._player_card(player_id uuid) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.card_no
  from floor.player as p
  where p.casino_id = identity._casino() and p.player_id = _player_card.player_id
);

alter function floor._player_card(uuid) owner to floor_service;
revoke all on function floor._player_card(uuid) from public;
grant execute on function floor._player_card(uuid) to loyalty_service;

comment on function floor._player_card(uuid) is 'Card number of a player.';
