-- What a recorded entry gives back, the first time and every time its key comes again. Whether the
-- person must be identified is asked anew: it may have been done meanwhile.

create or replace function compliance._mtl_result(
  actor identity.actor,
  command compliance.mtl_command,
  replayed boolean
) returns compliance.mtl_result
language sql
stable
return row(
  (
    select e
    from compliance.mtl_entry as e
    where e.casino_id = identity._casino() and e.entry_id = command.entry_id
  ),
  replayed,
  compliance._identification_needed(
    actor, compliance._root(command.patron_id), command.gaming_day
  ),
  command.recorded_amount
)::compliance.mtl_result;

alter function compliance._mtl_result(identity.actor, compliance.mtl_command, boolean)
owner to compliance_service;
revoke all on function compliance._mtl_result(identity.actor, compliance.mtl_command, boolean)
from public;

comment on function compliance._mtl_result(identity.actor, compliance.mtl_command, boolean) is
  'Result of a remembered command that recorded cash.';
