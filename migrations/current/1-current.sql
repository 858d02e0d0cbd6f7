-- by hand
set local role pit_owner;
alter table identity.staff add column capabilities text[] not null default '{}';
alter table identity.staff add column licence_no text;
grant update (licence_no) on identity.staff to identity_service;
comment on column identity.staff.licence_no is
  'Number of the gaming licence, stamped on the cash entries that this person witnesses.';
grant update (capabilities) on identity.staff to identity_service;
comment on column identity.staff.capabilities is
  'What this person may do, of role_capability and staff_permission; kept by triggers, never by '
  'hand (identity._keep_capabilities).';
reset role;
drop function identity._session_claim(text);
drop function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, text, text, text, text, uuid, text, bytea, timestamptz,
  uuid, uuid, bigint, text
);
drop function loyalty._recent_rewards(uuid);
drop function loyalty._entry_digest(loyalty.loyalty_ledger);
set local role pit_owner;
alter table identity.session
add column capabilities text[] not null default '{}',
add column timezone text,
add column gaming_day_start interval,
add column token_claim text not null generated always as (encode(token_hash, 'hex')) stored,
drop constraint token_is_unique,
add constraint token_is_unique unique (casino_id, token_claim);
grant update (capabilities, timezone, gaming_day_start) on identity.session to identity_service;
comment on column identity.session.token_claim is
  'token_hash in hex, as a request claims it: so that it is looked up without being decoded.';
comment on column identity.session.capabilities is
  'Copy of staff.capabilities, so that a call asks one row; kept by identity._keep_sessions.';
comment on column identity.session.timezone is 'Copy of casino.timezone, kept likewise.';
comment on column identity.session.gaming_day_start is
  'Copy of casino.gaming_day_start, kept likewise.';
reset role;
--! include loyalty/transaction_type.sql
--! include loyalty/entry_source.sql
set local role pit_owner;
alter table loyalty.loyalty_ledger
drop constraint loyalty_ledger_casino_id_player_id_fkey,
drop constraint entries_count_from_1,
drop constraint transaction_type_is_known,
drop constraint source_is_known,
drop constraint points_change_is_never_zero,
drop constraint balance_never_goes_below_zero,
drop constraint balance_after_follows_from_the_change,
drop constraint only_a_reversal_names_what_it_reverses;
alter table loyalty.loyalty_ledger
alter column transaction_type type loyalty.transaction_type,
alter column source type loyalty.entry_source;
comment on table loyalty.loyalty_ledger is
  E'@foreignKey (casino_id, player_id) references loyalty.player_loyalty (casino_id, player_id)\n'
  'Every change of a player''s points, in order, never changed. Balances are sums of it.';
alter table loyalty.player_loyalty
drop constraint balance_never_goes_below_zero,
drop constraint lifetime_never_goes_below_zero,
drop constraint progress_is_a_percentage,
add constraint balance_never_goes_below_zero check (current_balance >= 0 and lifetime_points >= 0);
reset role;
--! include loyalty/_entry_digest.sql
insert into ops.error_registry (sqlstate, name, message, hint) values
('MTKND', 'MTL_INVALID_KIND', 'This can''t be recorded: %s.',
  'Choose a kind that goes the way the cash went, and a known area and tender.'),
('MTDSC', 'MTL_INVALID_DESCRIPTION',
  'A person needs a description, of at most %s characters in each field.',
  'Say what the person looks like, wears, or is called.'),
('MTLNK', 'MTL_ALREADY_IDENTIFIED', 'This person is already identified as a player.',
  'Undo that identification first if it was wrong.'),
('MTULK', 'MTL_NOT_IDENTIFIED', 'This person is not identified as a player.',
  'Look at the person''s identifications; somebody may have been faster.'),
('MTBAT', 'CTR_BATCH_EMPTY', 'No case from %s to %s waits to be filed.',
  'Choose other days, or prepare the cases first.'),
('MTFIL', 'CTR_INVALID_FILER', 'The casino''s filing data can''t be used: %s.',
  'Correct the filing data; the how-to on filing a CTR lists them.');
delete from ops.error_registry where sqlstate = 'OPCSH';
set local role pit_owner;
alter type ops.ingestion add attribute patron_id uuid, add attribute mtl_entry_id uuid;
alter table ops.ingested_event add column patron_id uuid, add column mtl_entry_id uuid;
comment on column ops.ingested_event.patron_id is
  'The patron whose cash it was, or whom the event described or identified.';
comment on column ops.ingested_event.mtl_entry_id is
  'The cash entry that the event wrote; of a correction the one that now stands, null when voided.';
reset role;
insert into ops.error_registry (sqlstate, name, message, hint) values
('MTCNF', 'CTR_CASE_NOT_FOUND', 'There is no such case.',
  'Check the case''s id; the compliance dashboard lists them.'),
('MTBSA', 'INVALID_BSA_ID', 'A BSA identifier has 14 digits.',
  'Take it from FinCEN''s acknowledgement.'),
('MTALT', 'ALERT_NOT_OPEN', 'There is no such open alert.',
  'Look at the alert queue; somebody may have been faster.'),
('MTSGN', 'SIGN_OFF_REFUSED', 'The gaming day %s can''t be signed off: %s.',
  'Settle what blocks it; the compliance dashboard lists it.');
set local role pit_owner;
create policy select_own_casino on compliance.threshold_policy for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.threshold_policy for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
grant select on compliance.threshold_policy to pit_staff, pit_auditor;
reset role;
insert into ops.error_registry (sqlstate, name, message, hint) values
('LYPNF', 'PROMOTION_NOT_FOUND', 'There is no such promotion.',
  'Check the promotion''s id in the list of campaigns.'),
('LYPIN', 'INVALID_PROMOTION', 'The promotion can''t be used: %s.',
  'Correct its window, multiplier, budget or scope.');
set local role pit_owner;
alter type floor.slip_telemetry add attribute table_id uuid, add attribute game_code text;
alter table loyalty.loyalty_policy
add column points_valid_days integer,
add column cost_per_point numeric(10, 6) not null default 0.01,
add column breakage_rate numeric(5, 4) not null default 0,
add constraint points_are_good_for_a_day_at_least check (points_valid_days > 0),
add constraint cost_and_breakage_make_sense check (
  cost_per_point >= 0 and breakage_rate between 0 and 1
);
comment on column loyalty.loyalty_policy.points_valid_days is
  'Points expire when so many gaming days have passed since the one they were earned on; null: '
  'never.';
comment on column loyalty.loyalty_policy.cost_per_point is
  'Dollars that a redeemed point costs the house.';
comment on column loyalty.loyalty_policy.breakage_rate is
  'Share of the outstanding points that is assumed never to be redeemed: 0.15 is 15 percent.';
reset role;
-- After every change of loyalty_policy: its columns are those of the table when it is created.
--! include loyalty/_policy_in_force.sql
-- end by hand

--! include ops/_lock.sql
--! include identity/_claimed_casino.sql
--! include identity/_claimed_token.sql
--! include identity/_correlation_id.sql
--! include identity/_gaming_day.sql
--! include identity/current_casino_id.sql
--! include identity/session_may.sql
--! include identity/_casinos.sql
--! include identity/_capabilities_of.sql
--! include identity/_keep_capabilities.sql
--! include identity/_keep_sessions.sql
--! include identity/_enter.sql
--! include identity/_may.sql
--! include identity/_licence_no.sql
--! include identity/touch_session.sql
--! include identity/sign_out.sql
--! include identity/me.sql
--! include identity/_load_casino.sql
--! include identity/set_password.sql
--! include ops/_queue_job.sql
--! include ops/queue_recurring_job.sql
--! include floor/_slip_telemetry.sql
--! include floor/_rated_seconds.sql
--! include loyalty/_adds_up.sql
--! include loyalty/promotion.sql
--! include loyalty/promotion_award.sql
--! include loyalty/promotion_result.sql
--! include loyalty/promotion_state.sql
--! include loyalty/expiry_run.sql
--! include loyalty/expiry_batch.sql
--! include loyalty/expiry_notice.sql
--! include loyalty/liability_line.sql
--! include loyalty/liability_totals.sql
--! include loyalty/liability_day.sql
--! include loyalty/terms_in_force.sql
--! include loyalty/_tier_standing.sql
--! include loyalty/_terms_at.sql
--! include loyalty/_renew_terms.sql
--! include loyalty/_terms.sql
--! include loyalty/_tier.sql
--! include loyalty/_tier_progress.sql
--! include loyalty/_post_entry.sql
--! include loyalty/_used_key.sql
--! include loyalty/_first_result.sql
--! include loyalty/_claim_key.sql
--! include loyalty/accrue_rating_slip.sql
--! include loyalty/_recent_awards.sql
--! include loyalty/_recent_rewards.sql
--! include loyalty/_refuse_pace.sql
--! include loyalty/_request_reward.sql
--! include loyalty/_check_reward.sql
--! include loyalty/_manual_reward.sql
--! include loyalty/manual_reward.sql
--! include loyalty/reward_terms.sql
--! include loyalty/_redeem.sql
--! include loyalty/redeem.sql
--! include loyalty/_reverse_entry.sql
--! include loyalty/_load_casino.sql
--! include floor/_presence.sql
--! include floor/_left_table.sql
--! include floor/_table_exists.sql
--! include floor/_find_players.sql
--! include floor/_player_name.sql
--! include compliance/mtl_kind.sql
--! include compliance/patron.sql
--! include compliance/patron_link.sql
--! include compliance/money_play.sql
--! include compliance/mtl_entry.sql
--! include compliance/patron_gaming_day.sql
--! include compliance/ctr_case.sql
--! include compliance/mtl_command.sql
--! include compliance/patron_identification.sql
--! include compliance/mtl_audit_note.sql
--! include compliance/ctr_filing.sql
--! include compliance/compliance_alert.sql
--! include compliance/gaming_day_sign_off.sql
--! include compliance/mtl_result.sql
--! include compliance/correction_result.sql
--! include compliance/patron_result.sql
--! include compliance/identification_result.sql
--! include compliance/patron_match.sql
--! include compliance/saved_identification.sql
--! include compliance/identified_person.sql
--! include compliance/audit_note_result.sql
--! include compliance/ctr_case_result.sql
--! include compliance/alert_result.sql
--! include compliance/alert_evaluation.sql
--! include compliance/sign_off_result.sql
--! include compliance/ctr_export.sql
--! include compliance/ctr_transaction.sql
--! include compliance/filer.sql
--! include compliance/_save_filer.sql
--! include compliance/set_filer.sql
--! include compliance/_load_casino.sql
--! include compliance/_root.sql
--! include compliance/_person_patrons.sql
--! include compliance/_thresholds.sql
--! include compliance/_badge.sql
--! include compliance/_day_sums.sql
--! include compliance/_is_placeholder.sql
--! include compliance/_refused_identification.sql
--! include compliance/_merged_identification.sql
--! include compliance/_identification.sql
--! include compliance/_missing_identification.sql
--! include compliance/_claim_key.sql
--! include compliance/_remember.sql
--! include compliance/_lock_person.sql
--! include compliance/_player_patron.sql
--! include compliance/_check_amount.sql
--! include compliance/_check_time.sql
--! include compliance/_check_kind.sql
--! include compliance/_cash.sql
--! include compliance/_live_entry.sql
--! include compliance/_identification_needed.sql
--! include compliance/_mtl_result.sql
--! include compliance/_correction_result.sql
--! include compliance/_identification_result.sql
--! include compliance/_append_entry.sql
--! include compliance/_settle_day.sql
--! include compliance/_refuse_duplicate.sql
--! include compliance/_end_play_elsewhere.sql
--! include compliance/_ride.sql
--! include compliance/_record_cash.sql
--! include compliance/_replace_entry.sql
--! include compliance/_correct_cash.sql
--! include compliance/_describe_patron.sql
--! include compliance/_take_over_case.sql
--! include compliance/_move_case.sql
--! include compliance/_revive_case.sql
--! include compliance/_give_back_case.sql
--! include compliance/_identify.sql
--! include compliance/_record_redemption_cash.sql
--! include compliance/_offset_redemption_cash.sql
--! include compliance/record_mtl_entry.sql
--! include compliance/correct_mtl_entry.sql
--! include compliance/describe_patron.sql
--! include compliance/find_patrons.sql
--! include compliance/identify_patron.sql
--! include compliance/undo_identification.sql
--! include compliance/leaves_table.sql
--! include compliance/mtl_log.sql
--! include compliance/_filer.sql
--! include compliance/_ctr_transactions.sql
--! include compliance/_ctr_person.sql
--! include compliance/_ctr_lines.sql
--! include compliance/_ctr_report.sql
--! include compliance/_ctr_batch.sql
--! include compliance/ctr_batch.sql
--! include compliance/ctr_batch_filed.sql
--! include compliance/record_ctr_export.sql
--! include compliance/save_identification.sql
--! include compliance/identification.sql
--! include compliance/add_audit_note.sql
--! include compliance/_lock_case.sql
--! include compliance/_complete_report.sql
--! include compliance/prepare_ctr.sql
--! include compliance/file_ctr.sql
--! include compliance/acknowledge_ctr.sql
--! include compliance/alert_finding.sql
--! include compliance/_person_days.sql
--! include compliance/_person_cash.sql
--! include compliance/_find_just_below.sql
--! include compliance/_find_repeat.sql
--! include compliance/_find_marker_paydown.sql
--! include compliance/_find_chip_walk.sql
--! include compliance/_find_combined_buyers.sql
--! include compliance/_evaluate_alerts.sql
--! include compliance/evaluate_alerts.sql
--! include compliance/evaluate_alerts_job.sql
--! include compliance/resolve_alert.sql
--! include compliance/sign_off_gaming_day.sql
--! include compliance/patron_day.sql
--! include compliance/gaming_day_summary.sql
--! include compliance/ctr_case_summary.sql
--! include ops/_apply_cash_event.sql
--! include ops/_apply_event.sql
--! include ops/_ingest_event.sql
--! include ops/load_casino.sql

-- by hand, last
drop function identity._has_capability(integer, uuid, text, text);
update identity.staff set capabilities = '{}';
update identity.session set capabilities = '{}';
insert into loyalty.terms_in_force
select t.* from identity.casino as c cross join loyalty._terms_at(c.casino_id, now()) as t;
-- end by hand, last
