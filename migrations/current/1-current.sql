-- Enter migration here
--! include loyalty/_open_standings.sql
--! include loyalty/_chain_totals.sql
--! include loyalty/_chain_states.sql
--! include loyalty/_reconciled_players.sql
--! include loyalty/_reconciled_ledger.sql

-- Of rows with one legacy id the first stands whoever is retried first; a slip isn't paid twice by
-- two exports; what a rollback or a retry writes is known by the request that asked for it.
set local role pit_owner;
alter table ops.import_batch add column undo_correlation_id text;
grant update (undo_correlation_id) on ops.import_batch to ops_service;
alter table ops.import_retry add column posted boolean;
create index import_retry_request on ops.import_retry (casino_id, correlation_id);
alter table ops.import_quarantine drop constraint reason_is_known;
alter table ops.import_quarantine add constraint reason_is_known check (
  reason = any (
    '{IDEMPOTENCY_CONFLICT,INVALID_TYPE,INVALID_POINTS,INVALID_DATE,PLAYER_NOT_FOUND,'
    'DUPLICATE_SLIP,INSUFFICIENT_BALANCE,INVALID_PLAYER}'
  )
);
comment on column ops.import_batch.correlation_id is
  'Of the request that began it: on every ledger entry that it posted, but for those of retries.';
comment on column ops.import_batch.undo_correlation_id is
  'Of the request that asked to roll it back: on every entry that does so.';
comment on column ops.import_retry.posted is
  'Whether it made the ledger entry, which then has its correlation id; null: written before that '
  'was told apart.';
reset role;
drop function loyalty._undo_import(identity.actor, text, uuid[], text);
--! include loyalty/_unreversed_keys.sql
--! include loyalty/_undo_import.sql
--! include ops/trace.sql
--! include ops/_queue_import.sql
--! include ops/_paid_slips.sql
--! include ops/_named_slips.sql
--! include ops/_another_stands.sql
--! include ops/_judged_rows.sql
--! include ops/_undo_import.sql
--! include ops/_retry_import.sql
--! include ops/_begin_undoing.sql
--! include ops/start_import.sql

-- The limits that awards read are reconciled with the policy; the review counts failing jobs as off.
set local role pit_owner;
alter table ops.reconciliation_drift drop constraint subject_is_known;
alter table ops.reconciliation_drift
add constraint subject_is_known check (subject in ('loyalty', 'terms', 'cash'));
comment on column ops.reconciliation_drift.subject is
  'loyalty: standings and ledger; terms: the copy of limits and tiers, which is nobody''s; cash: '
  'the cash log, its totals and cases.';
comment on column ops.reconciliation_drift.what is
  'What differs: the column, or standing, entries, entry, terms, day, case.';
comment on column ops.reconciliation_drift.expected is
  'What the entries, or the versions of the rules, say it should be.';
comment on type loyalty.loyalty_rebuild is
  'Whether it was only a look, how many players differ, every difference (without a player: of the '
  'copied limits and tiers), and the rebuilt standings, none after a look.';
reset role;
--! include loyalty/_terms_drift.sql
--! include loyalty/_rebuild_loyalty.sql
--! include ops/_reconcile.sql
--! include ops/_review.sql

alter type identity.signed_in add attribute session_idle_seconds integer;
comment on type identity.signed_in is
  'The signed-in person, what they may do, the casino with its running gaming day, and how long '
  'the session lives unused.';
--! include identity/me.sql
-- What the floor's feed and the sweep of idle visits do to points is logged and counted, too.
alter type ops.ingestion add attribute told jsonb;
alter type ops.ingested_outcome add attribute told jsonb;
alter type floor.stale_visit add attribute told jsonb;
comment on type ops.ingestion is
  'The rows that an ingested event made or changed, and what the log says where points changed.';
comment on column ops.ingested_outcome.told is
  'What the log says of it where it changed points.';
comment on type floor.stale_visit is
  'A visit that lay idle for too long: closed, when, with which slip and what that earned (awarded '
  'or pending; null without a slip), or left open with the error''s code; and what the log says of '
  'the points.';
--! include loyalty/_told.sql
--! include floor/_told.sql
--! include floor/_close_stale_visit.sql
--! include ops/_apply_reverse_event.sql
--! include ops/_apply_event.sql
--! include ops/_ingest_event.sql
--! include ops/_metrics.sql

-- Who asked for points, agreed or didn't, and who drafted, is on record like every decision.
--! include loyalty/_request_reward.sql
--! include loyalty/approve_reward.sql
--! include loyalty/decline_reward.sql
--! include loyalty/create_promotion.sql
--! include loyalty/draft_rules.sql
