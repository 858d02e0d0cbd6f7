-- Gives an error its public name, for results that report a refusal instead of raising it. The
-- same names as over GraphQL, from the same registry.

create or replace function ops._error_name(code text) returns text
language sql
stable
set search_path = ''
return (select r.name from ops.error_registry as r where r.sqlstate = code);

alter function ops._error_name(text) owner to ops_service;
revoke all on function ops._error_name(text) from public;

comment on function ops._error_name(text) is
  'Name of a registered SQLSTATE (RSSEA gives SEAT_OCCUPIED), null when it is not registered.';
