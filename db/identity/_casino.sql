-- The one place where the casino of the running call is read. Entry points wipe the setting and
-- identity._enter sets it from the session; the policies of the service roles compare with it.
-- Kept behind one function so that a cluster can replace it. Settings travel to parallel workers.

create or replace function identity._casino() returns integer
language sql
stable
parallel safe
return nullif(current_setting('pit.casino', true), '')::integer;

alter function identity._casino() owner to identity_service;
revoke all on function identity._casino() from public;
grant execute on function identity._casino()
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._casino() is
  'Casino of the running call, null outside one. Policies of the service roles use it.';
