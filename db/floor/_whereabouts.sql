-- For ingestion, which names the open visit and slip by the player and tables by their labels.

create function floor._whereabouts(
  player_id uuid,
  table_label text,
  out visit_id uuid,
  out rating_slip_id uuid,
  out table_id uuid
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    (
      select v.visit_id
      from floor.visit as v
      where v.casino_id = identity._casino()
        and v.player_id = _whereabouts.player_id
        and v.closed_at is null
    ),
    (
      select s.rating_slip_id
      from floor.rating_slip as s
      where s.casino_id = identity._casino()
        and s.player_id = _whereabouts.player_id
        and s.state <> 'closed'
    ),
    (
      select t.table_id
      from floor.gaming_table as t
      where t.casino_id = identity._casino() and t.label = table_label
    );
end;

alter function floor._whereabouts(uuid, text) owner to floor_service;
revoke all on function floor._whereabouts(uuid, text) from public;
grant execute on function floor._whereabouts(uuid, text) to ops_service;

comment on function floor._whereabouts(uuid, text) is
  'Open visit and open slip of a player, and the id of a table''s label; nulls where unknown.';
