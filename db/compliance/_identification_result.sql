-- What identifying and undoing give back, the first time and every time their key comes again: the
-- link as it is now.

create or replace function compliance._identification_result(
  command compliance.mtl_command,
  replayed boolean
) returns compliance.identification_result
language sql
stable
return (
  select row(l, replayed)::compliance.identification_result
  from compliance.patron_link as l
  where l.casino_id = identity._casino() and l.link_id = command.link_id
);

alter function compliance._identification_result(compliance.mtl_command, boolean)
owner to compliance_service;
revoke all on function compliance._identification_result(compliance.mtl_command, boolean)
from public;

comment on function compliance._identification_result(compliance.mtl_command, boolean) is
  'Result of a remembered identification or of its undoing.';
