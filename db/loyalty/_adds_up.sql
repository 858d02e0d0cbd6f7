-- What must hold within one ledger entry, whoever writes it. The table's check calls this function,
-- because the text of a check is read anew for every insert, and a call is short.

create or replace function loyalty._adds_up(entry loyalty.loyalty_ledger) returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return entry.entry_no > 0
    and entry.points_change <> 0
    and entry.balance_after = entry.balance_before + entry.points_change
    and entry.balance_after >= 0
    and (entry.transaction_type = 'REVERSAL') = (entry.reverses_entry_no is not null)
    and (entry.approved_by = entry.staff_id) is not true;
end
$$;

alter function loyalty._adds_up(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._adds_up(loyalty.loyalty_ledger) from public;

alter table loyalty.loyalty_ledger
-- squawk-ignore constraint-missing-not-valid
add constraint every_entry_adds_up check (loyalty._adds_up(loyalty_ledger));

comment on function loyalty._adds_up(loyalty.loyalty_ledger) is
  'Entries count from 1; no change is 0; the balance follows from the change and never goes below '
  '0; only a reversal names what it reverses; nobody approves what they gave.';
