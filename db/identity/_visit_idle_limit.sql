-- floor asks how long a visit may lie idle: the house decides that, and floor does not read its
-- row.

create or replace function identity._visit_idle_limit() returns interval
language sql
stable
security definer
set search_path = ''
return (
  select c.visit_idle_limit from identity.casino as c where c.casino_id = identity._casino()
);

alter function identity._visit_idle_limit() owner to identity_service;
revoke all on function identity._visit_idle_limit() from public;
grant execute on function identity._visit_idle_limit() to floor_service;

comment on function identity._visit_idle_limit() is
  'How long nothing may be recorded in a visit of the running casino before it is closed.';
