-- For the cash log: a bet of currency rides until the player leaves the table. Asked by times, so
-- the answer is the same whether the cash was entered before or after the slip was closed.

create or replace function floor._left_table(
  player_id uuid,
  table_id uuid,
  after timestamptz,
  until timestamptz
) returns timestamptz
language sql
stable
security definer
set search_path = ''
return (
  select min(case when s.table_id = _left_table.table_id then s.closed_at else s.opened_at end)
  from floor.rating_slip as s
  where s.casino_id = identity._casino()
    and s.player_id = _left_table.player_id
    and s.opened_at <= until
    and case when s.table_id = _left_table.table_id
      then s.closed_at > after and s.closed_at <= until
      else s.opened_at > after
    end
);

alter function floor._left_table(uuid, uuid, timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._left_table(uuid, uuid, timestamptz, timestamptz) from public;
grant execute on function floor._left_table(uuid, uuid, timestamptz, timestamptz)
to compliance_service;

comment on function floor._left_table(uuid, uuid, timestamptz, timestamptz) is
  'When a player''s slip at a table first ended, or one at another table began, between two '
  'moments; null when neither did.';
