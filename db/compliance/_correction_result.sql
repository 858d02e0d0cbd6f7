-- What a correction gives back, the first time and every time its key comes again: the offset that
-- it wrote and the replacement with the same number, if there is one.

create or replace function compliance._correction_result(
  actor identity.actor,
  command compliance.mtl_command,
  replayed boolean
) returns compliance.correction_result
language sql
stable
return (
  select row(
    o,
    (
      select r
      from compliance.mtl_entry as r
      where r.casino_id = identity._casino()
        and r.corrects_entry_id = o.corrects_entry_id
        and r.correction_no = o.correction_no
        and r.entry_role = 'replacement'
    ),
    replayed,
    compliance._identification_needed(
      actor, compliance._root(command.patron_id), command.gaming_day
    )
  )::compliance.correction_result
  from compliance.mtl_entry as o
  where o.casino_id = identity._casino() and o.entry_id = command.entry_id
);

alter function compliance._correction_result(identity.actor, compliance.mtl_command, boolean)
owner to compliance_service;
revoke all on function compliance._correction_result(
  identity.actor, compliance.mtl_command, boolean
) from public;

comment on function compliance._correction_result(
  identity.actor, compliance.mtl_command, boolean
) is
  'Result of a remembered correction.';
