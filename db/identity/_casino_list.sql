-- What monitoring says of every casino: the code by which people know it, its calendar, and since
-- when it exists, which is how old its first seal can be at most.

create or replace function identity._casino_list()
returns table (casino_id integer, code text, timezone text, created_at timestamptz)
language sql
stable
security definer
set search_path = ''
begin atomic
  select c.casino_id, c.code, c.timezone, c.created_at
  from identity.casino as c
  order by c.casino_id;
end;

alter function identity._casino_list() owner to identity_service;
revoke all on function identity._casino_list() from public;
grant execute on function identity._casino_list() to ops_service;

comment on function identity._casino_list() is 'Every casino with its code, zone and age.';
