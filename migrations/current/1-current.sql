-- Enter migration here

-- Verifying a ledger reads the casino once, not for each entry.
alter policy serve_own_casino on loyalty.loyalty_ledger
using (casino_id = (select identity._casino()));
--! include loyalty/_chain_totals.sql
