-- The ledger entry of a slip's accrual, for ingestion (a reversal may name the event that closed
-- the slip).

create or replace function loyalty._slip_entry_no(rating_slip_id uuid) returns bigint
language sql
stable
security definer
set search_path = ''
return (
  select l.entry_no
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = loyalty._slip_key(_slip_entry_no.rating_slip_id)
);

alter function loyalty._slip_entry_no(uuid) owner to loyalty_service;
revoke all on function loyalty._slip_entry_no(uuid) from public;
grant execute on function loyalty._slip_entry_no(uuid) to ops_service;

comment on function loyalty._slip_entry_no(uuid) is
  'Entry number of a slip''s points in its player''s ledger; null when it earned none.';
