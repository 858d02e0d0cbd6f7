-- For ingestion, which names the open visit and slip by the player and tables by their labels. An
-- ingestion holds its locks over many events, so it takes visit and slip before anything else of
-- a player, in the order in which commands take them.

create or replace function floor._whereabouts(
  player_id uuid,
  table_label text,
  out visit_id uuid,
  out rating_slip_id uuid,
  out table_id uuid
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  select v.visit_id into visit_id
  from floor.visit as v
  where v.casino_id = identity._casino()
    and v.player_id = _whereabouts.player_id
    and v.closed_at is null
  for no key update;

  select s.rating_slip_id into rating_slip_id
  from floor.rating_slip as s
  where s.casino_id = identity._casino()
    and s.player_id = _whereabouts.player_id
    and s.state <> 'closed'
  for no key update;

  select t.table_id into table_id
  from floor.gaming_table as t
  where t.casino_id = identity._casino() and t.label = table_label;
end
$$;

alter function floor._whereabouts(uuid, text) owner to floor_service;
revoke all on function floor._whereabouts(uuid, text) from public;
grant execute on function floor._whereabouts(uuid, text) to ops_service;

comment on function floor._whereabouts(uuid, text) is
  'Open visit and open slip of a player, both locked, and the id of a table''s label; nulls where '
  'unknown.';
