-- First step of every keyed command of compliance: takes the key's lock, so that calls with one
-- key come one after the other, and looks whether the key was used.

create or replace function compliance._claim_key(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb
) returns compliance.mtl_command
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := identity._check_key(_claim_key.idempotency_key);
  v_locked boolean := ops._lock(actor.casino_id, 'compliance:' || v_key);
  v_command compliance.mtl_command;
begin
  select * into v_command
  from compliance.mtl_command as c
  where c.casino_id = identity._casino() and c.idempotency_key = v_key;
  if v_command.request_fingerprint
    <> ops._fingerprint(jsonb_build_array(_claim_key.command, request))
  then
    perform ops._refuse('LYIDM');
  end if;
  return v_command;
end
$$;

alter function compliance._claim_key(identity.actor, text, text, jsonb)
owner to compliance_service;
revoke all on function compliance._claim_key(identity.actor, text, text, jsonb) from public;

comment on function compliance._claim_key(identity.actor, text, text, jsonb) is
  'Locks a key until the transaction ends and gives the command that used it, or a row of nulls '
  'when it is new. Errors: IDKEY, LYIDM.';
