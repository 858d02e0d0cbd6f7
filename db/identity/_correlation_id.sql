-- One id follows a request through every row it writes. It comes with the request
-- (x-correlation-id); where none came, a fresh one is made.

create or replace function identity._correlation_id() returns text
language sql
volatile
return coalesce(
  nullif(left(current_setting('pit.correlation_id', true), 64), ''), uuidv7()::text
);

alter function identity._correlation_id() owner to identity_service;
revoke all on function identity._correlation_id() from public;

comment on function identity._correlation_id() is
  'Correlation id of the running request: the setting pit.correlation_id, or a fresh UUID.';
