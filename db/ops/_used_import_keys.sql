-- How often the entry of a legacy row was rolled back: its next posting needs another key, because
-- the ledger keeps the used ones for ever.

create or replace function ops._used_import_keys()
returns table (idempotency_key text, rounds bigint)
language sql
stable
parallel safe
rows 1
set search_path = ''
begin atomic
  select regexp_replace(k.key, '^pit:import:\d+:', 'pit:import:'), count(*)
  from loyalty._undone_import_keys() as k (key)
  group by 1;
end;

alter function ops._used_import_keys() owner to ops_service;
revoke all on function ops._used_import_keys() from public;

comment on function ops._used_import_keys() is
  'Keys of legacy rows whose entries were rolled back, and how often.';
