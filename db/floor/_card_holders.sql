-- Names and cards of many players at once, for another context's list of them: one call instead of
-- two for every line.

create or replace function floor._card_holders(player_ids uuid[])
returns table (player_id uuid, card_no text, name text)
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.player_id, p.card_no, p.first_name || ' ' || p.last_name
  from floor.player as p
  where p.casino_id = identity._casino() and p.player_id = any (player_ids);
end;

alter function floor._card_holders(uuid[]) owner to floor_service;
revoke all on function floor._card_holders(uuid[]) from public;
grant execute on function floor._card_holders(uuid[]) to loyalty_service;

comment on function floor._card_holders(uuid[]) is
  'Card number, first and last name of these players.';
