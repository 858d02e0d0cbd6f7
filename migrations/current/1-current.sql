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
drop function loyalty._entry_hash(bytea, bigint, bigint, bigint, text, text, bytea);
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
--! include loyalty/_entry_content.sql
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
('MTOLD', 'CTR_BATCH_OUTDATED', 'A case from %s to %s changed while its file was made.',
  'Make the file again.'),
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
('MTBSA', 'INVALID_BSA_ID', 'A BSA identifier has 14 digits and belongs to one report.',
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
alter type loyalty.slip_outcome add attribute promotion_points bigint;
alter type floor.rating_slip_completion add attribute promotion_points bigint;
comment on type loyalty.slip_outcome is
  'outcome is awarded, replayed (an earlier award given again) or pending (the award failed and '
  'will be retried); points is null while pending; theoretical_win is in dollars; then the '
  'player''s standing now, the ledger entry (none for 0 points), the correlation id of the '
  'request that completed the slip; and what campaigns gave for the slip beside points.';
comment on type floor.rating_slip_completion is
  'The closed slip; outcome is awarded, replayed or pending; points, null while pending; '
  'theoretical win in dollars; the player''s standing now; the ledger entry, none for 0 points; '
  'the correlation id of the request that completed the slip; and the points that campaigns gave '
  'for it beside points.';
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
--! include loyalty/loyalty_draft.sql
set local role pit_owner;
alter table loyalty.loyalty_policy
add column staff_day_limit bigint,
add column player_day_limit bigint,
add column request_hours integer not null default 72,
add column loyalty_draft_id uuid,
add foreign key (casino_id, loyalty_draft_id) references loyalty.loyalty_draft on delete restrict,
add constraint day_limits_are_positive check (staff_day_limit > 0 and player_day_limit > 0),
add constraint requests_have_time_to_be_decided check (request_hours > 0);
create index loyalty_policy_draft on loyalty.loyalty_policy (casino_id, loyalty_draft_id);
comment on column loyalty.loyalty_policy.staff_day_limit is
  'Most points of one person''s manual rewards in a gaming day; null: no limit.';
comment on column loyalty.loyalty_policy.player_day_limit is
  'Most points of manual rewards to one player in a gaming day; null: no limit.';
comment on column loyalty.loyalty_policy.request_hours is
  'Hours in which a request is to be decided; then it expires.';
comment on column loyalty.loyalty_policy.loyalty_draft_id is
  'The draft that it was: who wrote it, who published it, and why. Null: from the property file.';
alter table loyalty.loyalty_tier
add column loyalty_draft_id uuid,
add foreign key (casino_id, loyalty_draft_id) references loyalty.loyalty_draft on delete restrict;
create index loyalty_tier_draft on loyalty.loyalty_tier (casino_id, loyalty_draft_id);
comment on column loyalty.loyalty_tier.loyalty_draft_id is
  'The draft that the version was; null: from the property file.';
alter table loyalty.reward_request
add column kind text not null default 'reward',
add column expires_at timestamptz,
add column decided_by uuid,
add column decided_at timestamptz,
add column decision_reason text,
add column decision_correlation_id text,
add column entry_no bigint,
drop constraint points_are_positive,
add constraint kind_is_known check (kind in ('reward', 'adjustment')),
add constraint a_reward_gives_points check (points > 0 or kind = 'adjustment' and points <> 0),
add constraint nobody_decides_their_own_request check (decided_by <> requested_by),
add constraint two_people_approve_or_decline check (
  (status in ('approved', 'declined')) = (decided_by is not null)
  and (status = 'pending') = (decided_at is null)
  and (status = 'approved') = (entry_no is not null)
);
update loyalty.reward_request set expires_at = created_at + interval '72 hours';
alter table loyalty.reward_request alter column expires_at set not null;
create index reward_request_waiting on loyalty.reward_request (casino_id, expires_at)
where status = 'pending';
create policy update_own_casino on loyalty.reward_request for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());
grant update (
  status, decided_by, decided_at, decision_reason, decision_correlation_id, entry_no
) on loyalty.reward_request to loyalty_service;
comment on table loyalty.reward_request is
  'A manual reward at or above the approval threshold, or an adjustment: points that another '
  'person approves or declines.';
comment on column loyalty.reward_request.points is 'Points to give; of an adjustment, signed.';
comment on column loyalty.reward_request.kind is 'reward or adjustment.';
comment on column loyalty.reward_request.expires_at is
  'Until when it can be decided: the policy''s request_hours after it was asked.';
comment on column loyalty.reward_request.decided_by is 'Who approved or declined it.';
comment on column loyalty.reward_request.decided_at is 'When it was decided, or expired.';
comment on column loyalty.reward_request.entry_no is
  'The ledger entry that it became once approved.';
alter type loyalty.reward_limits
add attribute staff_day_limit bigint,
add attribute staff_day_left bigint,
add attribute player_day_limit bigint,
add attribute request_hours integer;
comment on type loyalty.reward_limits is
  'Limits of manual rewards in force, and how many the caller may still give this minute and this '
  'gaming day; a limit that is null isn''t set.';
reset role;
drop function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid
);
insert into ops.error_registry (sqlstate, name, message, hint) values
('LYREQ', 'REWARD_REQUEST_NOT_FOUND', 'There is no such request.',
  'Look at the queue of approvals.'),
('LYDEC', 'ALREADY_DECIDED', 'This is already %s.',
  'Look at it again; somebody may have been faster.'),
('LYSDL', 'STAFF_DAY_LIMIT_EXCEEDED', 'You may give %s more points today, of %s a gaming day.',
  'Give fewer points, or ask a colleague or wait until the next gaming day begins.'),
('LYPDL', 'PLAYER_DAY_LIMIT_EXCEEDED',
  'This player may be given %s more points today, of %s a gaming day.',
  'Give fewer points, or wait until the next gaming day begins.'),
('LYDFT', 'DRAFT_NOT_FOUND', 'There is no such draft.',
  'Look at the list of drafts.'),
('LYVER', 'INVALID_RULES', 'These rules can''t be used: %s.',
  'Correct the draft; rules hold from now or a later moment, never for the past.'),
('LYPRD', 'INVALID_PERIOD', 'This period can''t be used: %s.',
  'Give a first and a last gaming day in this order.');
update ops.error_registry
set hint = 'Give a whole number of points, 1 or more; an adjustment may also take points.'
where sqlstate = 'LYPTS';
update ops.error_registry
set message = 'Nobody may decide on what they asked for themselves.',
  hint = 'Ask another person who may decide it.'
where sqlstate = 'LYSLF';
-- After every change of loyalty_policy: its columns are those of the table when it is created.
--! include loyalty/_policy_in_force.sql
--! include loyalty/_policy_for_slip.sql
insert into ops.error_registry (sqlstate, name, message, hint) values
('OPSEA', 'LEDGER_NOT_SEALED', 'The gaming day %s can''t be sealed: %s.',
  'Seal a gaming day that is over, in order; verify the ledger when it doesn''t fit.'),
('OPNSL', 'ENTRY_NOT_SEALED', 'No seal covers entry %s of this player yet.',
  'Seal the gaming day once it is over, or wait for the nightly job.'),
('OPSFL', 'INVALID_SEAL_FILE', 'The file of seals can''t be read: %s.',
  'Give a file as the export of seals has written it, unchanged.'),
('IDLOG', 'INVALID_DATABASE_LOGIN', 'The login %s can''t be bound to a casino: %s.',
  'Make a login of its own for the person and grant it the role pit_auditor, nothing else.'),
('IDPUR', 'PURPOSE_REQUIRED', 'Reading a person''s data needs a purpose of at least %s characters.',
  'Say in a few words why you look: it is kept in the audit log.');
insert into ops.error_registry (sqlstate, name, message, hint) values
('OPIMP', 'IMPORT_NOT_FOUND', 'There is no such import.',
  'Look at the list of imports.'),
('OPIRW', 'IMPORT_ROW_NOT_FOUND', 'There is no such quarantined row.',
  'Look at the import''s quarantine; somebody may have been faster.'),
('OPIST', 'IMPORT_INVALID_STATE', 'The import is %s.',
  'Wait until it is finished, or look at what became of it.'),
('OPCOR', 'INVALID_CORRECTION', 'This correction can''t be used: %s.',
  'Give new values for columns of the row''s file, and say in a note why.'),
('IDCAS', 'CASINO_NOT_FOUND', 'There is no casino %s.',
  'Check the casino''s code.');
-- end by hand

--! include ops/_lock.sql
--! include identity/_casino.sql
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
--! include identity/_enter_owner.sql
--! include identity/_enter_reader.sql
--! include identity/_may.sql
--! include identity/_licence_no.sql
--! include identity/_display_name.sql
--! include identity/_casino_name.sql
--! include identity/touch_session.sql
--! include identity/sign_out.sql
--! include identity/me.sql
--! include identity/_load_casino.sql
--! include identity/set_password.sql
--! include identity/bind_database_login.sql
--! include ops/_queue_job.sql
--! include ops/queue_recurring_job.sql
--! include ops/audit_log.sql
--! include ops/_log.sql
--! include ops/_check_purpose.sql
--! include ops/audit_trail.sql
--! include floor/_slip_telemetry.sql
--! include floor/_rated_seconds.sql
--! include floor/_closed_slips.sql
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
--! include loyalty/_copy_terms.sql
--! include loyalty/_renew_terms.sql
--! include loyalty/_terms.sql
--! include loyalty/_tier.sql
--! include loyalty/_tier_progress.sql
--! include loyalty/_entry_hash.sql
--! include loyalty/chain_problem.sql
--! include loyalty/chain_state.sql
--! include loyalty/chain_verification.sql
--! include loyalty/drift.sql
--! include loyalty/explanation_step.sql
--! include loyalty/entry_explanation.sql
--! include loyalty/statement_line.sql
--! include loyalty/statement.sql
--! include loyalty/_post_entry.sql
--! include loyalty/entry_draft.sql
--! include loyalty/unposted_entry.sql
--! include loyalty/_move_balance.sql
--! include loyalty/_running_balance.sql
--! include loyalty/_add_link.sql
--! include loyalty/_running_hash.sql
--! include loyalty/_terms_between.sql
--! include loyalty/_post_entries.sql
--! include loyalty/_request_of_key.sql
--! include loyalty/imported_standing.sql
--! include loyalty/_imported_standings.sql
--! include loyalty/_undo_import.sql
--! include loyalty/_used_key.sql
--! include loyalty/_first_result.sql
--! include loyalty/_claim_key.sql
--! include loyalty/_slip_outcome.sql
--! include loyalty/_award_promotions.sql
--! include loyalty/_award_slip.sql
--! include loyalty/accrue_rating_slip.sql
--! include loyalty/_open_standings.sql
--! include loyalty/_recent_awards.sql
--! include loyalty/_recent_rewards.sql
--! include loyalty/_refuse_pace.sql
--! include loyalty/_gaming_day_begin.sql
--! include loyalty/_given_today.sql
--! include loyalty/_received_today.sql
--! include loyalty/_check_day_limit.sql
--! include loyalty/_request_reward.sql
--! include loyalty/_check_reward.sql
--! include loyalty/_manual_reward.sql
--! include loyalty/manual_reward.sql
--! include loyalty/reward_terms.sql
--! include loyalty/_redeem.sql
--! include loyalty/redeem.sql
--! include loyalty/_reverse_entry.sql
--! include loyalty/_check_promotion.sql
--! include loyalty/create_promotion.sql
--! include loyalty/publish_promotion.sql
--! include loyalty/end_promotion.sql
--! include loyalty/_expirable.sql
--! include loyalty/_open_expiry_run.sql
--! include loyalty/_expire_points.sql
--! include loyalty/expire_points_job.sql
--! include loyalty/_credits.sql
--! include loyalty/_expiry_runs.sql
--! include loyalty/_expiring.sql
--! include loyalty/expiry_notices.sql
--! include loyalty/liability.sql
--! include loyalty/liability_summary.sql
--! include loyalty/liability_roll_forward.sql
--! include loyalty/adjust_points.sql
--! include loyalty/_lock_request.sql
--! include loyalty/_refuse_decided.sql
--! include loyalty/approve_reward.sql
--! include loyalty/decline_reward.sql
--! include loyalty/expire_requests_job.sql
--! include loyalty/approval.sql
--! include loyalty/_policy_settings.sql
--! include loyalty/_add_policy.sql
--! include loyalty/_add_tiers.sql
--! include loyalty/_move_standings.sql
--! include loyalty/draft_result.sql
--! include loyalty/_drafted_policy.sql
--! include loyalty/_drafted_tiers.sql
--! include loyalty/_put_in_force.sql
--! include loyalty/_check_draft.sql
--! include loyalty/draft_rules.sql
--! include loyalty/_lock_draft.sql
--! include loyalty/_decide_draft.sql
--! include loyalty/publish_draft.sql
--! include loyalty/withdraw_draft.sql
--! include loyalty/renew_terms_job.sql
--! include loyalty/preview_line.sql
--! include loyalty/rules_preview.sql
--! include loyalty/_priced_slips.sql
--! include loyalty/preview_rules.sql
--! include loyalty/_chain_states.sql
--! include loyalty/_chain_problems.sql
--! include loyalty/_verify_chain.sql
--! include loyalty/verify_chain.sql
--! include loyalty/_drift.sql
--! include loyalty/_chain_heads.sql
--! include loyalty/_chain_misfits.sql
--! include loyalty/_chain_links.sql
--! include loyalty/ledger_entries.sql
--! include loyalty/balances.sql
--! include loyalty/_points_text.sql
--! include loyalty/_lifetime_before.sql
--! include loyalty/_explain_play.sql
--! include loyalty/_explain_promotion.sql
--! include loyalty/_explain_expiry.sql
--! include loyalty/_explain_decision.sql
--! include loyalty/explain_entry.sql
--! include loyalty/_statement_text.sql
--! include loyalty/player_statement.sql
--! include loyalty/balance_as_of.sql
--! include loyalty/_load_tiers.sql
--! include loyalty/_load_casino.sql
--! include floor/_completion.sql
--! include floor/enrolment.sql
--! include floor/_enroll_players.sql
--! include floor/_players_by_card.sql
--! include floor/_presence.sql
--! include floor/_left_table.sql
--! include floor/_table_exists.sql
--! include floor/_game_exists.sql
--! include floor/_find_players.sql
--! include floor/_player_name.sql
--! include floor/_player_card.sql
--! include floor/read_player.sql
--! include floor/read_player_by_card.sql
--! include floor/_card_holders.sql
--! include compliance/mtl_kind.sql
--! include compliance/mtl_area.sql
--! include compliance/mtl_tender.sql
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
--! include compliance/departure_result.sql
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
--! include compliance/_exported_report.sql
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
--! include compliance/cash_entries.sql
--! include compliance/report_cases.sql
--! include compliance/read_patron.sql
--! include ops/_apply_cash_event.sql
--! include ops/_apply_event.sql
--! include ops/_ingest_event.sql
--! include ops/ledger_seal.sql
--! include ops/ledger_seal_leaf.sql
--! include ops/seal_result.sql
--! include ops/seal_problem.sql
--! include ops/seal_verification.sql
--! include ops/_merkle_leaf.sql
--! include ops/_merkle_level.sql
--! include ops/_merkle_root.sql
--! include ops/_merkle_path.sql
--! include ops/_seal_hash.sql
--! include ops/_sealed_leaves.sql
--! include ops/_seal_ledger.sql
--! include ops/seal_ledger.sql
--! include ops/seal_ledger_job.sql
--! include ops/_file_seals.sql
--! include ops/_seal_problems.sql
--! include ops/_verify_seals.sql
--! include ops/_export_seals.sql
--! include ops/_prove_entry.sql
--! include ops/verify_seals.sql
--! include ops/export_seals.sql
--! include ops/prove_entry.sql
--! include ops/seals.sql
--! include ops/load_casino.sql
--! include ops/import_batch.sql
--! include ops/import_row.sql
--! include ops/import_posting.sql
--! include ops/import_quarantine.sql
--! include ops/import_retry.sql
--! include ops/legacy_row.sql
--! include ops/import_mismatch.sql
--! include ops/quarantined_row.sql
--! include ops/row_to_retry.sql
--! include ops/_legacy_time.sql
--! include ops/_legacy_row.sql
--! include ops/_import_columns.sql
--! include ops/_enrolment.sql
--! include ops/_lock_import.sql
--! include ops/_queue_import.sql
--! include ops/_used_import_keys.sql
--! include ops/_next_import_key.sql
--! include ops/_enroll_import.sql
--! include ops/_judge_import.sql
--! include ops/_post_import.sql
--! include ops/_undo_import.sql
--! include ops/_advance_import.sql
--! include ops/_import_players.sql
--! include ops/_import_mismatches.sql
--! include ops/_quarantined_rows.sql
--! include ops/_rows_to_retry.sql
--! include ops/_retry_import.sql
--! include ops/_retry_whole_import.sql
--! include ops/_begin_undoing.sql
--! include ops/open_import.sql
--! include ops/staged_import_rows.sql
--! include ops/stage_import_rows.sql
--! include ops/start_import.sql
--! include ops/advance_import.sql
--! include ops/advance_import_job.sql
--! include ops/import_report.sql
--! include ops/retry_quarantine.sql
--! include ops/undo_import.sql
--! include ops/retry_import_row.sql
--! include ops/retry_import.sql
--! include ops/roll_back_import.sql
--! include ops/quarantined_rows.sql
--! include ops/import_mismatches.sql

-- by hand, last
drop function identity._has_capability(integer, uuid, text, text);
update identity.staff set capabilities = '{}';
update identity.session set capabilities = '{}';
insert into loyalty.terms_in_force
select t.* from identity.casino as c cross join loyalty._terms_at(c.casino_id, now()) as t;
-- An entry's hash is computed over another form of its content from here on. Nothing outside
-- refers to the old hashes yet (there were no seals); whoever has tampered with them stops here.
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;
do $$
declare
  v_entry loyalty.loyalty_ledger;
  v_player uuid;
  v_old bytea;
  v_new bytea;
begin
  for v_entry in
    select l.* from loyalty.loyalty_ledger as l order by l.casino_id, l.player_id, l.entry_no
  loop
    if v_entry.player_id is distinct from v_player then
      v_player := v_entry.player_id;
      v_old := sha256('');
      v_new := sha256('');
    end if;
    if v_entry.previous_hash <> v_old or v_entry.entry_hash <> sha256(
      v_old || convert_to(
        json_build_array(
          v_entry.entry_no, v_entry.balance_before, v_entry.balance_after, v_entry.tier_before,
          v_entry.tier_after,
          encode(
            sha256(convert_to(
              json_build_array(
                v_entry.casino_id, v_entry.player_id, v_entry.transaction_type,
                v_entry.event_type, v_entry.source, v_entry.points_change,
                v_entry.rating_slip_id, v_entry.visit_id, v_entry.reverses_entry_no,
                v_entry.reason, v_entry.staff_id, v_entry.approved_by, v_entry.correlation_id,
                v_entry.idempotency_key, encode(v_entry.request_fingerprint, 'hex'),
                (v_entry.gaming_day - date '1970-01-01'),
                (extract(epoch from v_entry.occurred_at) * 1000000)::bigint,
                (extract(epoch from v_entry.created_at) * 1000000)::bigint
              )::text,
              'UTF8'
            )),
            'hex'
          )
        )::text,
        'UTF8'
      )
    ) then
      raise exception 'Entry % of player % does not fit its hash.',
        v_entry.entry_no, v_entry.player_id;
    end if;
    v_old := v_entry.entry_hash;
    update loyalty.loyalty_ledger as l
    set previous_hash = v_new,
      entry_hash = loyalty._entry_hash(
        v_new,
        loyalty._entry_content(
          l.casino_id, l.player_id, l.entry_no, l.transaction_type, l.event_type, l.source,
          l.points_change, l.balance_before, l.balance_after, l.tier_before, l.tier_after,
          l.rating_slip_id, l.visit_id, l.reverses_entry_no, l.reason, l.staff_id,
          l.approved_by, l.correlation_id, l.idempotency_key, l.request_fingerprint,
          l.gaming_day, l.occurred_at, l.created_at
        )
      )
    where l.casino_id = v_entry.casino_id and l.player_id = v_entry.player_id
      and l.entry_no = v_entry.entry_no
    returning l.entry_hash into v_new;
    update loyalty.player_loyalty as p
    set last_entry_hash = v_new
    where p.casino_id = v_entry.casino_id and p.player_id = v_entry.player_id
      and p.last_entry_no = v_entry.entry_no;
  end loop;
end
$$;
alter table loyalty.loyalty_ledger enable always trigger loyalty_ledger_is_append_only;
-- end by hand, last
