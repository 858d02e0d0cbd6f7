-- How often the key of a legacy row was posted by batches that were rolled back since: its next
-- posting needs another key, because the ledger keeps the first one for ever.

create or replace function ops._used_import_keys()
returns table (idempotency_key text, rounds bigint)
language sql
stable
parallel safe
rows 1
set search_path = ''
begin atomic
  select regexp_replace(k.key, '^pit:import:\d+:', 'pit:import:'), count(*)
  from (
    select p.idempotency_key
    from ops.import_batch as b
    join ops.import_posting as p
      on p.casino_id = b.casino_id and p.import_batch_id = b.import_batch_id
    where b.casino_id = identity._casino() and b.state = 'undone'
    union all
    select t.idempotency_key
    from ops.import_batch as b
    join ops.import_quarantine as q
      on q.casino_id = b.casino_id and q.import_batch_id = b.import_batch_id
    join ops.import_retry as t
      on t.casino_id = q.casino_id
      and t.import_quarantine_id = q.import_quarantine_id
      and t.outcome = 'settled'
    where b.casino_id = identity._casino()
      and b.state = 'undone'
      and t.idempotency_key is not null
  ) as k (key)
  group by 1;
end;

alter function ops._used_import_keys() owner to ops_service;
revoke all on function ops._used_import_keys() from public;

comment on function ops._used_import_keys() is
  'Keys of legacy rows that rolled back batches have used, and how often.';
