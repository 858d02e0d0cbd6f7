-- For ingestion, which names players by their cards: other contexts don't read floor's tables,
-- they ask.

create or replace function floor._player_by_card(card_no text) returns uuid
language sql
stable
security definer
set search_path = ''
return (
  select p.player_id
  from floor.player as p
  where p.casino_id = identity._casino() and p.card_no = btrim(_player_by_card.card_no)
);

alter function floor._player_by_card(text) owner to floor_service;
revoke all on function floor._player_by_card(text) from public;
grant execute on function floor._player_by_card(text) to ops_service;

comment on function floor._player_by_card(text) is 'Player of a card; null when unknown.';
