-- Calls that name the same thing come one after the other: holds a lock on a name until the
-- transaction ends. As an expression it costs no statement of its own.

create or replace function ops._lock(casino_id integer, name text) returns boolean
language sql
volatile
return pg_advisory_xact_lock(hashtextextended(name, casino_id)) is not null;

alter function ops._lock(integer, text) owner to ops_service;
revoke all on function ops._lock(integer, text) from public;
grant execute on function ops._lock(integer, text)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._lock(integer, text) is
  'Takes the advisory lock of a casino''s name until the transaction ends; always true.';
