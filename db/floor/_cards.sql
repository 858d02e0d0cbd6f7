-- floor._player_by_card for whole imports, which look up more cards than a list should hold: other
-- contexts don't read floor's tables, they ask.

create or replace function floor._cards() returns table (card_no text, player_id uuid)
language sql
stable
parallel safe
security definer
set search_path = ''
begin atomic
  select p.card_no, p.player_id
  from floor.player as p
  where p.casino_id = identity._casino();
end;

alter function floor._cards() owner to floor_service;
revoke all on function floor._cards() from public;
grant execute on function floor._cards() to ops_service;

comment on function floor._cards() is 'Every enrolled player''s card.';
