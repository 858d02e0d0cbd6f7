-- Reads a number that a feed may give as a JSON number or as text; null when it is none, so that
-- the rule it is for can refuse it with its own code.

create or replace function ops._number(value text) returns numeric
language sql
immutable
return case when value ~ '^-?[0-9]{1,15}(\.[0-9]{1,10})?$' then value::numeric end;

alter function ops._number(text) owner to ops_service;
revoke all on function ops._number(text) from public;

comment on function ops._number(text) is 'The text as a number; null when it isn''t one.';
