-- For what leaves the house: a statement is headed with the property's name, which other contexts
-- ask for because they don't read identity's tables.

create or replace function identity._casino_name() returns text
language sql
stable
security definer
set search_path = ''
return (
  select c.name from identity.casino as c where c.casino_id = identity._casino()
);

alter function identity._casino_name() owner to identity_service;
revoke all on function identity._casino_name() from public;
grant execute on function identity._casino_name() to loyalty_service;

comment on function identity._casino_name() is 'Name of the running call''s casino.';
