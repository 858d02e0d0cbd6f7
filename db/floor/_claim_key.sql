-- First step of every floor command: takes the key's lock, so that calls with one key come one
-- after the other, and looks whether the key was used.

create or replace function floor._claim_key(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb
) returns floor.command
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_command floor.command;
begin
  perform identity._check_key(idempotency_key);
  perform pg_advisory_xact_lock(hashtextextended('floor:' || idempotency_key, actor.casino_id));
  select * into v_command
  from floor.command as c
  where c.casino_id = actor.casino_id and c.idempotency_key = _claim_key.idempotency_key;
  if not found then
    return null;
  end if;
  if v_command.request_fingerprint
    <> ops._fingerprint(jsonb_build_array(_claim_key.command, request))
  then
    perform ops._refuse('LYIDM');
  end if;
  return v_command;
end
$$;

alter function floor._claim_key(identity.actor, text, text, jsonb) owner to floor_service;
revoke all on function floor._claim_key(identity.actor, text, text, jsonb) from public;

comment on function floor._claim_key(identity.actor, text, text, jsonb) is
  'Locks a key until the transaction ends and gives the command that used it, or null when it is '
  'new. Errors: IDKEY, LYIDM.';
