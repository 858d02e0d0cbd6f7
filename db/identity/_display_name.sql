-- Who somebody is, for texts that people read: an explanation of a ledger entry names who gave the
-- points and who approved them.

create or replace function identity._display_name(staff_id uuid) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.display_name
  from identity.staff as p
  where p.casino_id = identity._casino() and p.staff_id = _display_name.staff_id
);

alter function identity._display_name(uuid) owner to identity_service;
revoke all on function identity._display_name(uuid) from public;
grant execute on function identity._display_name(uuid) to loyalty_service, ops_service;

comment on function identity._display_name(uuid) is
  'Name of a member of staff of the running call''s casino; null when there is none.';
