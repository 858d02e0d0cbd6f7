-- floor._player_by_card for a list of cards, for imports: other contexts don't read floor's
-- tables, they ask.

create or replace function floor._players_by_card(cards text[])
returns table (card_no text, player_id uuid)
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.card_no, p.player_id
  from floor.player as p
  join (select distinct c.card from unnest(_players_by_card.cards) as c (card)) as c
    on c.card = p.card_no
  where p.casino_id = identity._casino();
end;

alter function floor._players_by_card(text[]) owner to floor_service;
revoke all on function floor._players_by_card(text[]) from public;
grant execute on function floor._players_by_card(text[]) to ops_service;

comment on function floor._players_by_card(text[]) is
  'Players of these cards; unknown cards are left out.';
