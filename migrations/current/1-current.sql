-- by hand
drop function loyalty._post_entries(identity.actor, loyalty.entry_draft[]);
-- end by hand

--! include loyalty/_post_entries.sql
--! include loyalty/_priced_slips.sql
--! include ops/_legacy_time.sql
--! include ops/_legacy_row.sql
--! include ops/_judge_import.sql
--! include ops/_post_import.sql
--! include ops/_import_mismatches.sql
--! include ops/_retry_import.sql
--! include ops/import_report.sql
