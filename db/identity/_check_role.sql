-- A role that a person may be given. The account of a floor system is made with its property and
-- is no person's.

create or replace function identity._check_role(role text) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if _check_role.role is null or _check_role.role <> all ((identity._staff_terms()).roles) then
    perform ops._refuse('IDROL', array[coalesce(_check_role.role, 'nothing')]);
  end if;
end
$$;

alter function identity._check_role(text) owner to identity_service;
revoke all on function identity._check_role(text) from public;

comment on function identity._check_role(text) is
  'Refuses what is no role for a person. Error: IDROL.';
