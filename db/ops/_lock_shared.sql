-- ops._lock for calls that may go side by side, but not beside one that holds the lock alone: both
-- halves of an import, which the feed waits for.

create or replace function ops._lock_shared(casino_id integer, name text) returns boolean
language sql
volatile
return pg_advisory_xact_lock_shared(hashtextextended(name, casino_id)) is not null;

alter function ops._lock_shared(integer, text) owner to ops_service;
revoke all on function ops._lock_shared(integer, text) from public;

comment on function ops._lock_shared(integer, text) is
  'Shares the advisory lock of a casino''s name until the transaction ends; always true.';
