-- Enter migration here
set local role pit_owner;
alter type identity.staff_account add attribute signs_in boolean, add attribute changeable boolean;
alter type loyalty.tier_movement add attribute same_way integer;
reset role;
comment on type identity.staff_account is
  'A member of staff with role, capabilities, exceptions from the role, and the account''s state. '
  'signs_in: false for dealers. changeable: not the signed-in person''s own account.';
comment on type loyalty.tier_movement is
  'On a gaming day, so many players went from one tier to another by an entry in the ledger. '
  'same_way: all moves of the day that lead up, or that lead down, added up.';
--! include identity/staff_signs_in.sql
--! include identity/sign_in_challenge.sql
--! include identity/complete_sign_in.sql
--! include identity/_keep_administrator.sql
--! include identity/change_role.sql
--! include identity/reset_password.sql
--! include identity/staff_accounts.sql
--! include loyalty/promotion_publishable.sql
--! include loyalty/promotion_endable.sql
--! include loyalty/loyalty_draft_publishable.sql
--! include loyalty/loyalty_draft_withdrawable.sql
--! include loyalty/policy_in_force.sql
--! include loyalty/tiers_in_force.sql
--! include loyalty/theoretical_win.sql
--! include loyalty/tier_movements.sql
--! include loyalty/preview_rules.sql
--! include compliance/mtl_log.sql
--! include compliance/ctr_case_summary.sql
--! include compliance/sign_off_standing.sql
--! include loyalty/loyalty_ledger_reversed_by.sql
--! include loyalty/loyalty_ledger_reversible.sql
--! include ops/import_batch_undoable.sql
--! include ops/import_batch_retryable.sql
--! include ops/job_retryable.sql
