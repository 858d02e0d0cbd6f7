-- The doors, by who may open them. Whoever adds one also adds the tests that it leads nowhere
-- else: identity/_enter/no_command_reaches_another_casinos_rows.sql.

begin;
set local search_path to pgtap, public;
select plan(6);

create function pg_temp.callable(who text) returns setof text
language sql
begin atomic
  select f.schema || '.' || f.name
  from tests.function as f
  where has_function_privilege(who, f.oid, 'execute');
end;

select set_eq(
  $$ select pg_temp.callable('pit_staff') $$,
  array[
    'identity.current_casino_id', 'identity.session_may', 'identity.me',
    'floor.enroll_player', 'floor.add_player_note', 'floor.open_visit', 'floor.close_visit',
    'floor.start_rating_slip',
    'floor.record_bet', 'floor.pause_rating_slip', 'floor.resume_rating_slip',
    'floor.move_player', 'floor.complete_rating_slip', 'floor.find_players',
    'loyalty.calculate_points', 'loyalty.recover_slip_loyalty', 'loyalty.manual_reward',
    'loyalty.running_play', 'loyalty.running_play_by_pit', 'loyalty.reward_terms',
    'loyalty.redeem', 'loyalty.reverse_entry',
    'loyalty.adjust_points', 'loyalty.approve_reward', 'loyalty.decline_reward',
    'loyalty.draft_rules', 'loyalty.publish_draft', 'loyalty.withdraw_draft',
    'loyalty.preview_rules',
    'loyalty.create_promotion', 'loyalty.publish_promotion', 'loyalty.end_promotion',
    'loyalty.promotion_state', 'loyalty.expiry_notices', 'loyalty.liability',
    'loyalty.liability_summary', 'loyalty.liability_roll_forward',
    'loyalty.theoretical_win', 'loyalty.tier_distribution', 'loyalty.tier_movements',
    'compliance.cash_by_hour',
    'compliance.set_filer', 'compliance.ctr_batch', 'compliance.ctr_batch_filed',
    'compliance.record_ctr_export', 'compliance.days_to_file',
    'compliance.record_mtl_entry', 'compliance.correct_mtl_entry', 'compliance.describe_patron',
    'compliance.find_patrons', 'compliance.identify_patron', 'compliance.undo_identification',
    'compliance.leaves_table',
    'compliance.save_identification', 'compliance.identification', 'compliance.add_audit_note',
    'compliance.prepare_ctr', 'compliance.file_ctr', 'compliance.acknowledge_ctr',
    'compliance.evaluate_alerts', 'compliance.resolve_alert', 'compliance.sign_off_gaming_day',
    'loyalty.verify_chain', 'loyalty.balance_as_of', 'loyalty.explain_entry',
    'loyalty.player_statement', 'ops.seal_ledger', 'ops.verify_seals', 'ops.export_seals',
    'ops.prove_entry', 'ops.reconcile', 'loyalty.rebuild_loyalty', 'compliance.rebuild_totals',
    'ops.ingest_events', 'ops.retry_import_row', 'ops.retry_import', 'ops.roll_back_import',
    'ops.quarantined_rows', 'ops.import_mismatches', 'ops.jobs', 'ops.retry_job',
    'identity.assignable', 'identity.add_person', 'identity.change_role',
    'identity.add_capability', 'identity.withdraw_capability', 'identity.deactivate_person',
    'identity.reactivate_person', 'identity.reset_password', 'identity.unlock_account',
    'identity.revoke_sessions', 'identity.staff_accounts', 'identity.access_review',
    'ops.search_audit_log', 'ops.trace',
    'identity.staff_signs_in', 'loyalty.promotion_publishable', 'loyalty.promotion_endable',
    'loyalty.loyalty_draft_publishable', 'loyalty.loyalty_draft_withdrawable',
    'loyalty.policy_in_force', 'loyalty.tiers_in_force', 'compliance.sign_off_standing',
    'loyalty.player_loyalty_next_tier',
    'loyalty.loyalty_ledger_reversed_by', 'loyalty.loyalty_ledger_reversible',
    'loyalty.reward_standing', 'loyalty.draft_bases', 'floor.games',
    'compliance.compliance_alert_resolvable', 'ops.job_retryable',
    'ops.import_batch_undoable', 'ops.import_batch_retryable'
  ],
  'staff'
);
select is_empty($$ select pg_temp.callable('pit_visitor') $$, 'visitors');
select set_eq(
  $$ select pg_temp.callable('pit_gateway') $$,
  array[
    'identity.current_casino_id', 'identity.sign_in_challenge', 'identity.complete_sign_in',
    'identity.touch_session', 'identity.sign_out', 'ops.record_refusal', 'ops.metrics'
  ],
  'the gateway'
);
select set_eq(
  $$ select pg_temp.callable('pit_worker') $$,
  array[
    'loyalty.recover_accrual_job', 'loyalty.expire_points_job',
    'loyalty.expire_requests_job', 'loyalty.renew_terms_job',
    'compliance.evaluate_alerts_job', 'ops.queue_recurring_job',
    'ops.seal_ledger_job', 'ops.reconcile_job', 'ops.advance_import_job', 'ops._add_job',
    'ops._job_counts', 'ops._refuse',
    'compliance.ctr_due_job', 'floor.close_stale_visits_job', 'loyalty.requeue_accruals_job',
    'ops.purge_job', 'ops._has_job', 'ops._jobs', 'ops._purge_jobs', 'ops._restart_job'
  ],
  'the worker'
);
select set_eq(
  $$ select pg_temp.callable('pit_auditor') $$,
  array[
    'identity.current_casino_id', 'identity.gaming_day', 'identity._gaming_day',
    'loyalty.calculate_points', 'loyalty.verify_chain', 'loyalty.balance_as_of',
    'loyalty.explain_entry', 'ops.verify_seals', 'ops.export_seals', 'ops.prove_entry',
    'floor.read_player', 'floor.read_player_by_card', 'compliance.read_patron',
    'ops.search_audit_log', 'ops.trace'
  ],
  'auditors'
);
select is_empty(
  $$
    select f.signature
    from tests.function as f
    where f.name not like '\_%'
      and f.definer
      and not has_function_privilege('pit_staff', f.oid, 'execute')
      and has_function_privilege('floor_service', f.oid, 'execute')
      and f.name <> 'accrue_rating_slip'
      and f.service <> 'floor_service'
  $$,
  'a service calls helpers of other contexts, not their doors'
);

select * from finish();
rollback;
