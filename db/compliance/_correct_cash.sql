-- The rules of a correction, for a person and for a floor system's feed. Checked in this order:
-- key, entry, amount, who may, reason (not a feed's). One's own entry of the running gaming day is
-- a slip of the pen; anything else is for who reviews the log.

create or replace function compliance._correct_cash(
  actor identity.actor,
  entry_id uuid,
  amount numeric,
  reason text,
  idempotency_key text
) returns compliance.correction_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request jsonb := jsonb_build_array(
    _correct_cash.entry_id, trim_scale(_correct_cash.amount), _correct_cash.reason
  );
  v_reason text := nullif(btrim(_correct_cash.reason, E' \t\r\n'), '');
  v_command compliance.mtl_command;
  v_entry compliance.mtl_entry;
  v_root uuid;
  v_done record;
begin
  v_command := compliance._claim_key(
    actor, 'correct_mtl_entry', _correct_cash.idempotency_key, v_request
  );
  if v_command.command is not null then
    return compliance._correction_result(actor, v_command, true);
  end if;

  select * into v_entry
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino() and e.entry_id = _correct_cash.entry_id;
  if v_entry.entry_id is null or v_entry.entry_role = 'offset' then
    perform ops._refuse('MTENT');
  end if;
  v_root := compliance._lock_person(actor, v_entry.patron_id);
  v_entry := compliance._live_entry(coalesce(v_entry.corrects_entry_id, v_entry.entry_id));
  if v_entry.entry_id is null then
    perform ops._refuse('MTENT');
  end if;
  if _correct_cash.amount is distinct from 0 then
    perform compliance._check_amount(_correct_cash.amount);
  end if;
  if actor.ingesting is not true then
    if (
        v_entry.staff_id <> actor.staff_id
        or v_entry.gaming_day
        <> identity._gaming_day(actor.timezone, actor.gaming_day_start, now())
      )
      and not identity._may(actor, 'mtl:review')
    then
      perform ops._refuse('IDFRB', array['mtl:review']);
    end if;
    if v_reason is null then
      perform ops._refuse('LYRSN', array['1']);
    end if;
  end if;

  v_done := compliance._replace_entry(
    actor, v_entry, _correct_cash.amount, v_reason, _correct_cash.idempotency_key
  );
  perform compliance._settle_day(
    actor, v_root, v_entry.gaming_day, (v_done.replacement).entry_id
  );
  v_command := compliance._remember(
    actor, 'correct_mtl_entry', _correct_cash.idempotency_key, v_request,
    patron_id => v_entry.patron_id, entry_id => (v_done.offset_entry).entry_id,
    gaming_day => v_entry.gaming_day, recorded_amount => _correct_cash.amount
  );
  return compliance._correction_result(actor, v_command, false);
end
$$;

alter function compliance._correct_cash(identity.actor, uuid, numeric, text, text)
owner to compliance_service;
revoke all on function compliance._correct_cash(identity.actor, uuid, numeric, text, text)
from public;
grant execute on function compliance._correct_cash(identity.actor, uuid, numeric, text, text)
to ops_service;

comment on function compliance._correct_cash(identity.actor, uuid, numeric, text, text) is
  'Checks and writes a correction of an entry or of its replacement; 0 voids it. Errors: IDKEY, '
  'LYIDM, MTENT, MTAMT, IDFRB, LYRSN.';
