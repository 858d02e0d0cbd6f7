-- For records that name their witness's gaming licence as it was at that time, whatever becomes of
-- it later.

create or replace function identity._licence_no(actor identity.actor) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.licence_no
  from identity.staff as p
  where p.casino_id = identity._casino() and p.staff_id = actor.staff_id
);

alter function identity._licence_no(identity.actor) owner to identity_service;
revoke all on function identity._licence_no(identity.actor) from public;
grant execute on function identity._licence_no(identity.actor) to compliance_service;

comment on function identity._licence_no(identity.actor) is
  'Licence number of the caller; null where none is on file.';
