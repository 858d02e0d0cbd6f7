-- Finds players by card or name while somebody types, also as lists show them: last name, comma,
-- first name. Runs with the reader's own rights, so row-level security decides what can be found.

create or replace function floor.find_players(search text) returns setof floor.player
language sql
stable
begin atomic
  select p.*
  from floor.player as p
  where btrim(search) <> ''
    and (
      starts_with(lower(p.card_no), lower(btrim(search)))
      or starts_with(lower(p.last_name), lower(btrim(search)))
      or starts_with(lower(p.first_name), lower(btrim(search)))
      or starts_with(lower(p.first_name || ' ' || p.last_name), lower(btrim(search)))
      or starts_with(
        lower(p.last_name || ' ' || p.first_name),
        (select regexp_replace(lower(btrim(search)), '[\s,]+', ' ', 'g'))
      )
    )
  order by lower(p.last_name), lower(p.first_name), p.player_id
  limit 50;
end;

alter function floor.find_players(text) owner to floor_service;
revoke all on function floor.find_players(text) from public;
grant execute on function floor.find_players(text) to pit_staff;

comment on function floor.find_players(text) is
  'Players whose card number, first name, last name or full name begins with the text, also with '
  'the last name first, with a comma or without; at most 50, by name.';
