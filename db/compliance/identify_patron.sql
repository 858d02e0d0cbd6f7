-- A reviewer says which player an unknown person is. Nothing is moved or deleted; the player's
-- sums are over both from now on, for past gaming days too.

create or replace function compliance.identify_patron(
  patron_id uuid,
  player_id uuid,
  idempotency_key text,
  note text default null
) returns compliance.identification_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
begin
  return compliance._identify(v_actor, patron_id, player_id, note, idempotency_key);
end
$$;

alter function compliance.identify_patron(uuid, uuid, text, text) owner to compliance_service;
revoke all on function compliance.identify_patron(uuid, uuid, text, text) from public;
grant execute on function compliance.identify_patron(uuid, uuid, text, text) to pit_staff;

comment on function compliance.identify_patron(uuid, uuid, text, text) is
  'Identifies an unknown patron as a player; their cases become the player''s. Refused while they '
  'are identified already. Capability mtl:review. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, '
  'RSPLR, MTLNK.';
