-- The one function that writes entries. It stamps what is the same for all of them and moves the
-- patron's sums of the gaming day in the same breath. The caller holds the person's lock, has
-- filled in the rest, and settles the day afterwards.

create or replace function compliance._append_entry(
  actor identity.actor,
  entry compliance.mtl_entry
) returns compliance.mtl_entry
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_live integer := case entry.entry_role when 'offset' then -1 else 1 end;
begin
  entry.casino_id := actor.casino_id;
  entry.entry_id := uuidv7();
  entry.staff_id := actor.staff_id;
  entry.licence_no := identity._licence_no(actor);
  entry.correlation_id := actor.correlation_id;
  entry.created_at := now();
  insert into compliance.mtl_entry values (entry.*);

  if entry.cash_in = 0 and entry.cash_out = 0 then
    return entry;
  end if;
  update compliance.patron_gaming_day as d
  set cash_in = d.cash_in + entry.cash_in,
    cash_out = d.cash_out + entry.cash_out,
    entries_in = d.entries_in + case when entry.cash_in <> 0 then v_live else 0 end,
    entries_out = d.entries_out + case when entry.cash_out <> 0 then v_live else 0 end,
    updated_at = now()
  where d.casino_id = identity._casino()
    and d.patron_id = entry.patron_id
    and d.gaming_day = entry.gaming_day;
  if not found then
    insert into compliance.patron_gaming_day (
      casino_id, patron_id, gaming_day, cash_in, cash_out, entries_in, entries_out
    )
    values (
      actor.casino_id, entry.patron_id, entry.gaming_day, entry.cash_in, entry.cash_out,
      case when entry.cash_in <> 0 then 1 else 0 end,
      case when entry.cash_out <> 0 then 1 else 0 end
    );
  end if;
  return entry;
end
$$;

alter function compliance._append_entry(identity.actor, compliance.mtl_entry)
owner to compliance_service;
revoke all on function compliance._append_entry(identity.actor, compliance.mtl_entry)
from public;

comment on function compliance._append_entry(identity.actor, compliance.mtl_entry) is
  'Appends an entry and adds its cash to its patron''s sums of the gaming day.';
