-- For the cash log, which may name a table that is out of service by now, but none that never
-- was.

create or replace function floor._table_exists(table_id uuid) returns boolean
language sql
stable
security definer
set search_path = ''
return exists (
  select
  from floor.gaming_table as t
  where t.casino_id = identity._casino() and t.table_id = _table_exists.table_id
);

alter function floor._table_exists(uuid) owner to floor_service;
revoke all on function floor._table_exists(uuid) from public;
grant execute on function floor._table_exists(uuid) to loyalty_service, compliance_service;

comment on function floor._table_exists(uuid) is 'Whether a table belongs to the casino.';
