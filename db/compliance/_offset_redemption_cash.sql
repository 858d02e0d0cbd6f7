-- Reversing a redemption takes its cash out back too, in the same transaction. What was corrected
-- meanwhile is taken back as it is now; what was voided, or never paid in currency, needs nothing.

create or replace function compliance._offset_redemption_cash(
  actor identity.actor,
  ledger_key text,
  reason text,
  reversal_key text
) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_key text := 'pit:reverse:' || reversal_key;
  v_paid compliance.mtl_command;
  v_live compliance.mtl_entry;
  v_root uuid;
  v_offset_id uuid;
begin
  select * into v_paid
  from compliance.mtl_command as c
  where c.casino_id = identity._casino() and c.idempotency_key = 'pit:redeem:' || ledger_key;
  if v_paid.entry_id is null then
    return null;
  end if;
  v_root := compliance._lock_person(actor, v_paid.patron_id);
  v_live := compliance._live_entry(v_paid.entry_id);
  if v_live.entry_id is null then
    return null;
  end if;

  v_offset_id := (
    (
      compliance._replace_entry(
        actor, v_live, 0, nullif(btrim(_offset_redemption_cash.reason, E' \t\r\n'), ''), v_key
      )
    ).offset_entry
  ).entry_id;
  perform compliance._settle_day(actor, v_root, v_live.gaming_day);
  perform compliance._remember(
    actor, 'offset_redemption_cash', v_key, 'null',
    patron_id => v_live.patron_id, entry_id => v_offset_id,
    gaming_day => v_live.gaming_day, recorded_amount => 0
  );
  return v_offset_id;
end
$$;

alter function compliance._offset_redemption_cash(identity.actor, text, text, text)
owner to compliance_service;
revoke all on function compliance._offset_redemption_cash(identity.actor, text, text, text)
from public;
grant execute on function compliance._offset_redemption_cash(identity.actor, text, text, text)
to loyalty_service;

comment on function compliance._offset_redemption_cash(identity.actor, text, text, text) is
  'Takes back the cash out of a redemption, by the redemption''s key; gives the offset''s id, or '
  'null when there was nothing to take back.';
