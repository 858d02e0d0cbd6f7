-- Points paid in currency are cash out. Loyalty calls this in the transaction of the redemption,
-- so that neither is written without the other. The ledger's key is claimed already; the entry's
-- own is made from it, so that the reversal finds it.

create or replace function compliance._record_redemption_cash(
  actor identity.actor,
  player_id uuid,
  amount numeric,
  ledger_key text,
  occurred_at timestamptz
) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_here record := floor._presence(
    _record_redemption_cash.player_id, _record_redemption_cash.occurred_at
  );
  v_entry compliance.mtl_entry;
  v_root uuid;
  v_kind compliance.mtl_kind;
begin
  perform compliance._check_amount(_record_redemption_cash.amount);
  v_entry.patron_id := compliance._player_patron(actor, _record_redemption_cash.player_id);
  v_root := compliance._lock_person(actor, v_entry.patron_id);
  v_kind := compliance._check_kind('out', 'comp_or_incentive', 'cage', 'currency', null);
  v_entry.entry_role := 'original';
  v_entry.correction_no := 0;
  v_entry.direction := 'out';
  v_entry.kind := v_kind.kind;
  v_entry.area := 'cage';
  v_entry.tender := 'currency';
  v_entry.amount := _record_redemption_cash.amount;
  v_entry.cash_in := 0;
  v_entry.cash_out := compliance._cash(v_kind, 'out', v_entry.tender, v_entry.amount);
  v_entry.visit_id := v_here.visit_id;
  v_entry.rating_slip_id := v_here.rating_slip_id;
  v_entry.idempotency_key := 'pit:redeem:' || ledger_key;
  v_entry.gaming_day := identity._gaming_day(
    actor.timezone, actor.gaming_day_start, _record_redemption_cash.occurred_at
  );
  v_entry.occurred_at := _record_redemption_cash.occurred_at;
  v_entry := compliance._append_entry(actor, v_entry);
  perform compliance._settle_day(actor, v_root, v_entry.gaming_day, v_entry.entry_id);
  perform compliance._remember(
    actor, 'record_redemption_cash', v_entry.idempotency_key, 'null',
    patron_id => v_entry.patron_id, entry_id => v_entry.entry_id,
    gaming_day => v_entry.gaming_day, recorded_amount => v_entry.amount
  );
  return v_entry.entry_id;
end
$$;

alter function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) owner to compliance_service;
revoke all on function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) from public;
grant execute on function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) to loyalty_service;

comment on function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) is 'Writes the cash out of a redemption paid in currency; gives the entry''s id. Error: MTAMT.';
