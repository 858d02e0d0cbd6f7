-- The person as a command leaves them: read again at the end, because triggers keep their
-- capabilities.

create or replace function identity._staff_result(person_id uuid, replayed boolean)
returns identity.staff_result
language sql
stable
begin atomic
  select row(s, _staff_result.replayed)::identity.staff_result
  from identity.staff as s
  where s.casino_id = identity._casino() and s.staff_id = _staff_result.person_id;
end;

alter function identity._staff_result(uuid, boolean) owner to identity_service;
revoke all on function identity._staff_result(uuid, boolean) from public;

comment on function identity._staff_result(uuid, boolean) is
  'The result of a command about a member of staff.';
