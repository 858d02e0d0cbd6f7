-- Last step of every floor command: remembers what its key did, in the command's own transaction,
-- so that a key is known exactly when its effect is.

create or replace function floor._remember(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb,
  player_id uuid default null,
  visit_id uuid default null,
  rating_slip_id uuid default null
) returns void
language sql
volatile
begin atomic
  insert into floor.command (
    casino_id, idempotency_key, command, request_fingerprint,
    player_id, visit_id, rating_slip_id, staff_id, correlation_id
  )
  values (
    actor.casino_id, idempotency_key, command,
    ops._fingerprint(jsonb_build_array(command, request)),
    player_id, visit_id, rating_slip_id, actor.staff_id, actor.correlation_id
  );
end;

alter function floor._remember(identity.actor, text, text, jsonb, uuid, uuid, uuid)
owner to floor_service;
revoke all on function floor._remember(identity.actor, text, text, jsonb, uuid, uuid, uuid)
from public;

comment on function floor._remember(identity.actor, text, text, jsonb, uuid, uuid, uuid) is
  'Records which rows a key''s command made or changed.';
