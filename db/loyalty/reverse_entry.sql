-- Compensates one ledger entry, once. Nothing is removed: the wrong entry and its reversal both
-- stay in the ledger, with who did which.

create or replace function loyalty.reverse_entry(
  player_id uuid,
  entry_no bigint,
  reason text,
  idempotency_key text
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:reverse');
begin
  perform identity._check_key(reverse_entry.idempotency_key);
  return loyalty._reverse_entry(
    v_actor, reverse_entry.player_id, reverse_entry.entry_no, reverse_entry.reason,
    reverse_entry.idempotency_key, null
  );
end
$$;

alter function loyalty.reverse_entry(uuid, bigint, text, text) owner to loyalty_service;
revoke all on function loyalty.reverse_entry(uuid, bigint, text, text) from public;
grant execute on function loyalty.reverse_entry(uuid, bigint, text, text) to pit_staff;

comment on function loyalty.reverse_entry(uuid, bigint, text, text) is
  'Compensates an entry of a player''s ledger. Refused with the shortfall when the balance would '
  'go below 0. Capability loyalty:reverse. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYENT, '
  'LYREV, LYRSN, LYBAL.';
