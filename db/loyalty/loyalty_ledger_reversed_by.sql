-- Which later entry took an entry back, as a field of it: a list that is narrowed down has the
-- entry without its reversal.

create function loyalty.loyalty_ledger_reversed_by(entry loyalty.loyalty_ledger) returns bigint
language sql
stable
return (
  select l.entry_no
  from loyalty.loyalty_ledger as l
  where l.casino_id = entry.casino_id
    and l.player_id = entry.player_id
    and l.reverses_entry_no = entry.entry_no
);

alter function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) from public;
grant execute on function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) to pit_staff;

comment on function loyalty.loyalty_ledger_reversed_by(loyalty.loyalty_ledger) is
  'Number of the reversal of this entry; null as long as there is none.';
