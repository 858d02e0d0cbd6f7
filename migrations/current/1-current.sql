-- Enter migration here

-- Verifying a ledger reads the casino once, not for each entry.
alter policy serve_own_casino on loyalty.loyalty_ledger
using (casino_id = (select identity._casino()));
--! include loyalty/_chain_totals.sql
-- An import's rows are read and sorted by parallel workers.
--! include loyalty/_move_balance.sql
--! include loyalty/_add_link.sql
--! include loyalty/_request_of_key.sql
--! include floor/_cards.sql
--! include ops/judged_row.sql
--! include ops/_whole_number.sql
--! include ops/_legacy_time.sql
--! include ops/_legacy_texts.sql
--! include ops/_legacy_meaning.sql
--! include ops/_legacy_row.sql
--! include ops/_import_values.sql
--! include ops/_used_import_keys.sql
--! include ops/_next_import_key.sql
--! include ops/_earlier_verdicts.sql
--! include ops/_id_hash.sql
--! include ops/_repeated_ids.sql
--! include ops/_repeated_rows.sql
--! include ops/_judged_rows.sql
--! include ops/_judge_import.sql
--! include ops/stage_import_rows.sql
