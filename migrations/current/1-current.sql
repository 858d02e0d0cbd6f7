-- Long pauses and long slips ask for attention on the pit board.
alter table identity.casino
  add column long_pause interval not null default '20 minutes',
  add column long_slip interval not null default '6 hours',
  add constraint attention_limits_are_positive check (long_pause > '0' and long_slip > '0');
comment on column identity.casino.long_pause is
  'A pause that lasts this long is shown on the pit board as needing attention.';
comment on column identity.casino.long_slip is
  'A slip that is open for this long is shown on the pit board as needing attention.';

-- What running slips amount to so far.
--! include identity/_attention_limits.sql
--! include floor/_running_play.sql
--! include loyalty/live_play.sql
--! include loyalty/running_play.sql

-- Notes on players.
insert into ops.error_registry (sqlstate, name, message, hint) values
('RSNOT', 'PLAYER_NOTE_REQUIRED', 'A note has 1 to %s characters.',
  'Say in a few words what the next colleague should know.');
--! include floor/player_note.sql
--! include floor/player_note_result.sql
--! include floor/add_player_note.sql
-- Reconciliation: runs and their differences on record, found in one pass each.
--! include loyalty/_standing_drift.sql
--! include loyalty/_drift.sql
--! include loyalty/_entry_drift.sql
--! include loyalty/_ledger_drift.sql
--! include loyalty/ledger_reconciliation.sql
--! include loyalty/_reconciled_players.sql
--! include loyalty/_reconcile.sql
--! include compliance/totals_drift.sql
--! include compliance/totals_reconciliation.sql
--! include compliance/_day_totals.sql
--! include compliance/_cash_entry_drift.sql
--! include compliance/_reconcile.sql
--! include ops/reconciliation_run.sql
--! include ops/reconciliation_drift.sql
--! include ops/reconciliation_result.sql
--! include ops/_reconcile.sql
--! include ops/reconcile.sql
--! include ops/reconcile_job.sql
--! include ops/reconciliations.sql
--! include ops/differences.sql
--! include ops/queue_recurring_job.sql

-- Reports: theoretical win, tiers, cash by the hour.
--! include floor/_hourly_play.sql
--! include loyalty/win_line.sql
--! include loyalty/theoretical_win.sql
--! include loyalty/tier_share.sql
--! include loyalty/tier_distribution.sql
--! include loyalty/tier_movement.sql
--! include loyalty/tier_movements.sql
--! include compliance/cash_hour.sql
--! include compliance/cash_by_hour.sql
--! include loyalty/_computed_hash.sql
--! include loyalty/_chain_digest.sql
--! include loyalty/chain_totals.sql
--! include loyalty/_chain_totals.sql
--! include loyalty/_chain_states.sql
--! include loyalty/_chain_problems.sql
--! include loyalty/_verify_chain.sql
-- Enter migration here

-- Figures for monitoring.
--! include ops/metric.sql
--! include identity/_casino_list.sql
--! include loyalty/_metrics.sql
--! include compliance/_metrics.sql
--! include ops/_metrics.sql
--! include ops/_job_counts.sql
--! include ops/metrics.sql
--! include identity/bind_database_login.sql
--! include loyalty/_given_today.sql
--! include loyalty/_received_today.sql
--! include loyalty/_rules_began_since.sql
--! include loyalty/publish_draft.sql
--! include loyalty/_chain_misfits.sql
--! include ops/_seal_problems.sql
