-- Whom an import is about: the players of its own list and those whom its history, slips or claims
-- name by their cards.

create or replace function ops._import_players(import_batch_id uuid)
returns table (card_no text, player_id uuid)
language sql
stable
begin atomic
  select p.card_no, p.player_id
  from floor._players_by_card(
    array(
      select distinct btrim(
        (ops._import_values(r.raw, r.fields))[
          case when r.file in ('players', 'balances') then 1 else 2 end
        ]
      )
      from ops.import_row as r
      where r.casino_id = identity._casino()
        and r.import_batch_id = _import_players.import_batch_id
    )
  ) as p;
end;

alter function ops._import_players(uuid) owner to ops_service;
revoke all on function ops._import_players(uuid) from public;

comment on function ops._import_players(uuid) is 'Enrolled players whose cards a batch names.';
