-- A wrong entry is never changed: it is taken back and written anew with the right amount, on the
-- gaming day that it had, and both stay visible.

create or replace function compliance.correct_mtl_entry(
  entry_id uuid,
  amount numeric,
  reason text,
  idempotency_key text
) returns compliance.correction_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
begin
  return compliance._correct_cash(v_actor, entry_id, amount, reason, idempotency_key);
end
$$;

alter function compliance.correct_mtl_entry(uuid, numeric, text, text)
owner to compliance_service;
revoke all on function compliance.correct_mtl_entry(uuid, numeric, text, text) from public;
grant execute on function compliance.correct_mtl_entry(uuid, numeric, text, text) to pit_staff;

comment on function compliance.correct_mtl_entry(uuid, numeric, text, text) is
  'Corrects an entry, named by the original or any replacement, to the right amount; 0 voids it. '
  'Capability mtl:create for one''s own entries of the running gaming day, else mtl:review too. '
  'Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTENT, MTAMT, LYRSN.';
