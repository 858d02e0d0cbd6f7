-- Answers loyalty's question "in which pit is this table?", for what is summed by pit. A slip may
-- outlive its table's service.

create or replace function floor._pits() returns table (table_id uuid, pit text)
language sql
stable
security definer
set search_path = ''
begin atomic
  select t.table_id, t.pit
  from floor.gaming_table as t
  where t.casino_id = identity._casino();
end;

alter function floor._pits() owner to floor_service;
revoke all on function floor._pits() from public;
grant execute on function floor._pits() to loyalty_service;

comment on function floor._pits() is 'Every table of the casino, in service or not, with its pit.';
