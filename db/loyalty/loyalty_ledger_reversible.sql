-- Whether the signed-in person can still reverse an entry, as a field of it: a reversal can't be,
-- nor what was reversed already.

create or replace function loyalty.loyalty_ledger_reversible(entry loyalty.loyalty_ledger)
returns boolean
language sql
stable
return entry.transaction_type <> 'REVERSAL'
  and identity.session_may('loyalty:reverse')
  and loyalty.loyalty_ledger_reversed_by(entry) is null;

alter function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) from public;
grant execute on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) to pit_staff;

comment on function loyalty.loyalty_ledger_reversible(loyalty.loyalty_ledger) is
  'Neither a reversal nor reversed, and the signed-in person may reverse it: with loyalty:reverse. '
  'Whether the balance suffices is told by reverse_entry.';
