-- For a player's statement, which names the card. Other contexts don't read floor's tables, they
-- ask.

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

comment on function floor._player_card(uuid) is 'Number of a player''s card.';
