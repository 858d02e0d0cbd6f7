-- The key under which a legacy row is posted: its own, and after a rollback one that names the
-- round.

create or replace function ops._next_import_key(idempotency_key text, rounds bigint) returns text
language sql
immutable
parallel safe
return case
  when rounds > 0
    then 'pit:import:' || (rounds + 1)::text || ':' || substr(idempotency_key, 12)
  else idempotency_key
end;

alter function ops._next_import_key(text, bigint) owner to ops_service;
revoke all on function ops._next_import_key(text, bigint) from public;

comment on function ops._next_import_key(text, bigint) is
  'pit:import:history:H1, and after one rollback pit:import:2:history:H1.';
