-- Corrects an entry that is in force: takes it back with an offset and, unless the right amount is
-- 0, writes what is right. Everything but the amount stays as it was, the gaming day too; who
-- corrected it and why is on both. What rides of a money play moves along, unless the bet was
-- lowered since: then what was told last stands, and only a reduction still lowers it. The caller
-- holds the person's lock, and settles the day.

create or replace function compliance._replace_entry(
  actor identity.actor,
  live compliance.mtl_entry,
  amount numeric,
  reason text,
  idempotency_key text,
  out offset_entry compliance.mtl_entry,
  out replacement compliance.mtl_entry
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_entry compliance.mtl_entry := live;
begin
  v_entry.corrects_entry_id := coalesce(live.corrects_entry_id, live.entry_id);
  v_entry.correction_no := live.correction_no + 1;
  v_entry.reason := _replace_entry.reason;
  v_entry.idempotency_key := _replace_entry.idempotency_key;

  v_entry.entry_role := 'offset';
  v_entry.cash_in := -live.cash_in;
  v_entry.cash_out := -live.cash_out;
  offset_entry := compliance._append_entry(actor, v_entry);

  if _replace_entry.amount > 0 then
    v_entry.entry_role := 'replacement';
    v_entry.amount := _replace_entry.amount;
    v_entry.cash_in := case when live.cash_in <> 0 then _replace_entry.amount else 0 end;
    v_entry.cash_out := case when live.cash_out <> 0 then _replace_entry.amount else 0 end;
    replacement := compliance._append_entry(actor, v_entry);
  end if;

  update compliance.money_play as m
  set amount = greatest(
      m.amount
      + case when _replace_entry.amount < live.amount or m.amount = m.counted
        then _replace_entry.amount - live.amount
        else 0
      end,
      0
    ),
    counted = m.counted + _replace_entry.amount - live.amount
  where m.casino_id = identity._casino() and m.money_play_id = live.money_play_id;
end
$$;

alter function compliance._replace_entry(
  identity.actor, compliance.mtl_entry, numeric, text, text
) owner to compliance_service;
revoke all on function compliance._replace_entry(
  identity.actor, compliance.mtl_entry, numeric, text, text
) from public;

comment on function compliance._replace_entry(
  identity.actor, compliance.mtl_entry, numeric, text, text
) is 'Writes the offset and the replacement of an entry in force.';
