-- Last step of every keyed command of compliance: remembers what its key did, in the command's own
-- transaction, so that a key is known exactly when its effect is.

create or replace function compliance._remember(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb,
  patron_id uuid default null,
  entry_id uuid default null,
  link_id uuid default null,
  note_id uuid default null,
  gaming_day date default null,
  recorded_amount numeric default null
) returns compliance.mtl_command
language sql
volatile
begin atomic
  insert into compliance.mtl_command as c (
    casino_id, idempotency_key, command, request_fingerprint,
    patron_id, entry_id, link_id, note_id, gaming_day, recorded_amount,
    staff_id, correlation_id
  )
  values (
    actor.casino_id, idempotency_key, command,
    ops._fingerprint(jsonb_build_array(command, request)),
    patron_id, entry_id, link_id, note_id, gaming_day, recorded_amount,
    actor.staff_id, actor.correlation_id
  )
  returning c;
end;

alter function compliance._remember(
  identity.actor, text, text, jsonb, uuid, uuid, uuid, uuid, date, numeric
) owner to compliance_service;
revoke all on function compliance._remember(
  identity.actor, text, text, jsonb, uuid, uuid, uuid, uuid, date, numeric
) from public;

comment on function compliance._remember(
  identity.actor, text, text, jsonb, uuid, uuid, uuid, uuid, date, numeric
) is 'Records what a key''s command made or changed, and gives that.';
