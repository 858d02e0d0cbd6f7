-- For an import, which may not read the ledger: under which keys a rollback has taken entries back.
-- The ledger keeps those keys for ever, so their rows are posted anew under others. Only the ledger
-- knows: a batch may have found a row posted by an earlier one, and one may be half rolled back.

create or replace function loyalty._undone_import_keys() returns setof text
language sql
stable
parallel safe
security definer
rows 1
set search_path = ''
begin atomic
  select substr(l.idempotency_key, length('pit:undo:') + 1)
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.reverses_entry_no is not null
    and l.source = 'import'
    and l.idempotency_key like 'pit:undo:pit:import:%';
end;

alter function loyalty._undone_import_keys() owner to loyalty_service;
revoke all on function loyalty._undone_import_keys() from public;
grant execute on function loyalty._undone_import_keys() to ops_service;

comment on function loyalty._undone_import_keys() is
  'Keys of imported entries of the running call''s casino that a rollback has reversed.';
