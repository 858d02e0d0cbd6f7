-- Every casino's id, for what recurs at all of them. Sign-in's way of finding casinos before one is
-- known is used here too; whoever asks still has to enter each casino on its own.

create or replace function identity._casinos() returns setof integer
language sql
stable
security definer
set search_path = ''
begin atomic
  select c.casino_id from identity.casino as c order by c.casino_id;
end;

alter function identity._casinos() owner to identity_service;
revoke all on function identity._casinos() from public;
grant execute on function identity._casinos() to ops_service;

comment on function identity._casinos() is 'The ids of all casinos.';
