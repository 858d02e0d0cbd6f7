-- A player spends points. Payment in currency is written to the cash log in the same
-- transaction, so that no cash leaves without its record.

create or replace function loyalty.redeem(
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  cash_amount numeric default null
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:redeem');
begin
  perform identity._check_key(redeem.idempotency_key);
  return loyalty._redeem(
    v_actor, redeem.player_id, points, redeem.reason, redeem.idempotency_key, cash_amount, null
  );
end
$$;

alter function loyalty.redeem(uuid, bigint, text, text, numeric) owner to loyalty_service;
revoke all on function loyalty.redeem(uuid, bigint, text, text, numeric) from public;
grant execute on function loyalty.redeem(uuid, bigint, text, text, numeric) to pit_staff;

comment on function loyalty.redeem(uuid, bigint, text, text, numeric) is
  'Takes points from a player''s balance. cash_amount is in dollars when paid in currency. '
  'Capability loyalty:redeem. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYPTS, LYBAL, MTAMT.';
