-- The cash log in plain words, for an auditor with psql. Patrons are ids; compliance.read_patron
-- tells what is known of somebody.

create or replace view compliance.cash_entries with (security_invoker = true) as
select
  e.patron_id,
  p.player_id,
  e.gaming_day,
  e.occurred_at as happened_at,
  e.created_at as written_at,
  e.direction,
  k.label as kind,
  e.area,
  e.tender,
  e.amount,
  e.cash_in,
  e.cash_out,
  e.entry_role,
  e.corrects_entry_id,
  e.reason,
  e.note,
  e.staff_id as witnessed_by,
  e.licence_no,
  e.entry_id
from compliance.mtl_entry as e
join compliance.mtl_kind as k on k.kind = e.kind
join compliance.patron as p on p.casino_id = e.casino_id and p.patron_id = e.patron_id;

alter view compliance.cash_entries owner to pit_owner;
grant select on compliance.cash_entries to pit_auditor;

comment on view compliance.cash_entries is
  'Every entry of the cash log, for auditors'' logins. cash_in and cash_out are what counts toward '
  'a report.';
