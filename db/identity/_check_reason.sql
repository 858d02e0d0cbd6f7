-- Permissions change for a reason that an auditor can follow a year later, when whoever gave it is
-- no longer there to be asked.

create or replace function identity._check_reason(reason text) returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_reason text := btrim(reason, E' \t\r\n');
begin
  if v_reason is null or length(v_reason) < 10 then
    perform ops._refuse('LYRSN', array['10']);
  end if;
  return left(v_reason, 500);
end
$$;

alter function identity._check_reason(text) owner to identity_service;
revoke all on function identity._check_reason(text) from public;

comment on function identity._check_reason(text) is
  'Refuses reasons of fewer than 10 characters and gives the others back trimmed. Error: LYRSN.';
