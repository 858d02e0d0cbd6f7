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
-- The audit log is complete: sessions, refusals, permissions; staff are administered.
set local role pit_owner;
insert into ops.error_registry (sqlstate, name, message, hint) values
('IDOWN', 'OWN_ACCOUNT', 'Nobody may change their own account.',
  'Ask another administrator to do it.'),
('IDADM', 'LAST_ADMINISTRATOR', 'Nobody would be left who may manage staff.',
  'Let another active person manage staff first.'),
('IDROL', 'INVALID_ROLE', 'There is no role %s for a person.',
  'Choose one of the roles of the list.'),
('IDCAP', 'UNKNOWN_CAPABILITY', 'There is no capability %s.',
  'Choose one of the capabilities of the list.'),
('IDPER', 'INVALID_PERSON', 'This person can''t be added: %s.',
  'Correct what is named and send it again.'),
('IDNSI', 'STAFF_CANNOT_SIGN_IN', 'This person doesn''t sign in.',
  'Give them a role that signs in, or reactivate the account, first.'),
('IDPWC', 'PASSWORD_CHANGE_REQUIRED', 'This password was given to you and has to be replaced.',
  'Choose a password of your own and sign in with both.'),
('IDPWD', 'INVALID_PASSWORD',
  'A password needs 12 to 200 characters and must differ from the last one.',
  'Choose another password; a few words in a row are easy to remember.');

alter table ops.audit_log
  add column session_id uuid,
  add column subject_staff_id uuid;
create index audit_log_request on ops.audit_log (casino_id, correlation_id);
create index audit_log_action on ops.audit_log (casino_id, action, created_at);
create index audit_log_staff on ops.audit_log (casino_id, staff_id, created_at)
where staff_id is not null;
create index audit_log_subject on ops.audit_log (casino_id, subject_staff_id, created_at)
where subject_staff_id is not null;
create index loyalty_ledger_request on loyalty.loyalty_ledger
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index rating_slip_event_request on floor.rating_slip_event
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index command_request on floor.command
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index mtl_entry_request on compliance.mtl_entry
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index mtl_command_request on compliance.mtl_command
using brin (correlation_id text_bloom_ops) with (autosummarize = on);
create index ingested_event_request on ops.ingested_event
using brin (correlation_id text_bloom_ops) with (autosummarize = on);

alter table identity.staff
  add column role_since timestamptz not null default now(),
  add column role_given_by uuid;
update identity.staff set role_since = created_at;
grant update (role_since, role_given_by) on identity.staff to identity_service;

alter table identity.staff_permission
  add column reason text,
  add column given_by uuid,
  add column since timestamptz not null default now();
update identity.staff_permission set since = created_at;
create policy update_own_casino on identity.staff_permission for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());
grant update (granted, reason, given_by, since) on identity.staff_permission to identity_service;

alter table identity.staff_secret
  add column must_change boolean not null default false,
  add column signed_in_at timestamptz;
grant update (must_change, signed_in_at) on identity.staff_secret to identity_service;

comment on table ops.audit_log is
  'What somebody did or read that no other row records, and what was refused. Append-only.';
comment on column ops.audit_log.action is
  'What it was: player read, patron read, refused, signed in, role changed, rules published, …';
comment on column ops.audit_log.session_id is
  'The session it was done in, a person''s or a job''s; null for the command line and for logins.';
comment on column ops.audit_log.subject_staff_id is
  'The member of staff whom it was done to: whose permissions changed, whose sign-in was refused.';
comment on column identity.staff.role_since is 'Since when the person has this role.';
comment on column identity.staff.role_given_by is
  'Who gave the role; null where it came over the owner''s connection.';
comment on column identity.staff_permission.reason is 'Why, as who did it said.';
comment on column identity.staff_permission.given_by is
  'Who added or withdrew it; null where it came over the owner''s connection.';
comment on column identity.staff_permission.since is
  'Since when it is so; what was before is in the audit log.';
comment on column identity.staff_secret.must_change is
  'The password was given by somebody else: it opens no session, but serves to choose another.';
comment on column identity.staff_secret.signed_in_at is 'The last time that a session was opened.';
reset role;

drop function ops._log(identity.actor, text, uuid, jsonb);
drop function identity.sign_in_challenge(text, text);
drop function identity.complete_sign_in(integer, uuid, boolean, bytea);
--! include ops/_fingerprint.sql
--! include ops/_lock.sql
--! include identity/staff_command.sql
--! include identity/_claimed_session.sql
--! include identity/sign_in_challenge.sql
--! include identity/complete_sign_in.sql
--! include identity/sign_out.sql
--! include identity/add_staff.sql
--! include identity/set_password.sql
--! include identity/issue_sender_session.sql
--! include identity/bind_database_login.sql
--! include identity/staff_terms.sql
--! include identity/staff_result.sql
--! include identity/staff_account.sql
--! include identity/access_line.sql
--! include identity/_staff_terms.sql
--! include identity/assignable.sql
--! include identity/_check_reason.sql
--! include identity/_check_role.sql
--! include identity/_lock_person.sql
--! include identity/_keep_administrator.sql
--! include identity/_revoke_sessions.sql
--! include identity/_staff_result.sql
--! include identity/_set_permission.sql
--! include identity/add_person.sql
--! include identity/change_role.sql
--! include identity/add_capability.sql
--! include identity/withdraw_capability.sql
--! include identity/deactivate_person.sql
--! include identity/reactivate_person.sql
--! include identity/reset_password.sql
--! include identity/unlock_account.sql
--! include identity/revoke_sessions.sql
--! include identity/staff_accounts.sql
--! include identity/access_review.sql
--! include ops/_log.sql
--! include ops/_log_refused_sign_in.sql
--! include ops/record_refusal.sql
--! include ops/audit_entry.sql
--! include ops/search_audit_log.sql
--! include ops/trace_line.sql
--! include ops/audit_trail.sql
--! include floor/_trace.sql
--! include loyalty/publish_promotion.sql
--! include loyalty/end_promotion.sql
--! include loyalty/publish_draft.sql
--! include loyalty/withdraw_draft.sql
--! include loyalty/_trace.sql
--! include compliance/set_filer.sql
--! include compliance/_trace.sql
--! include ops/load_casino.sql
--! include ops/trace.sql
--! include ops/request_trail.sql
-- An import takes less time: most rows are kept as their text alone, staged as one text
-- and read once; posting goes through its rows in fewer windows.
alter table ops.import_row alter column fields drop not null;
comment on column ops.import_row.fields is
  'Its values, in the order in which docs/how-to/import-a-legacy-system.md names the columns; '
  'null: what stands between the commas of its text.';
--! include ops/_import_values.sql
--! include ops/_last_import_row.sql
--! include ops/staged_import_rows.sql
drop function ops.stage_import_rows(text, uuid, text, json);
--! include ops/stage_import_rows.sql
--! include ops/_whole_number.sql
--! include ops/_legacy_time.sql
--! include ops/_legacy_row.sql
--! include ops/_import_players.sql
--! include ops/_import_mismatches.sql
--! include ops/_quarantined_rows.sql
--! include ops/_rows_to_retry.sql
--! include ops/import_report.sql
--! include ops/_enroll_import.sql
--! include ops/_judge_import.sql
drop aggregate loyalty._running_hash(bytea, bytea);
drop function loyalty._add_link(bytea, bytea, bytea);
--! include loyalty/_add_link.sql
--! include loyalty/_running_hash.sql
--! include loyalty/_move_balance.sql
--! include loyalty/_running_balance.sql
--! include loyalty/_post_entries.sql


-- Both halves of an import are posted side by side. What is being posted has one half.
alter table ops.import_batch
add column halfway bigint not null default 0,
add column first_half_through bigint not null default 0,
add column second_half_through bigint not null default 0;
update ops.import_batch as b
set halfway = b.rows_to_post,
  first_half_through = b.posted_through,
  second_half_through = b.rows_to_post;
alter table ops.import_batch
add constraint halves_end_where_they_meet check (
  first_half_through <= halfway and halfway <= second_half_through
  and second_half_through <= rows_to_post
  and posted_through = first_half_through + second_half_through - halfway
);
grant update (halfway, first_half_through, second_half_through) on ops.import_batch to ops_service;
comment on column ops.import_batch.posted_through is 'How many of them were tried.';
comment on column ops.import_batch.halfway is
  'Position after which the second half begins, with a player; both are posted side by side.';
comment on column ops.import_batch.first_half_through is
  'Position of the last row of the first half that was tried.';
comment on column ops.import_batch.second_half_through is
  'Position of the last row of the second half that was tried; halfway before the first.';
--! include ops/_lock_shared.sql
--! include ops/_half_to_post.sql
drop function ops._post_import(identity.actor, ops.import_batch, integer);
--! include ops/_post_import.sql
-- Jobs that recur, and jobs that people can see and retry.
alter table identity.casino
add column visit_idle_limit interval not null default '24 hours',
add column session_retention interval not null default '30 days',
add column job_retention interval not null default '30 days',
add constraint limits_of_recurring_jobs_are_positive check (
  visit_idle_limit > '0' and session_retention > '0' and job_retention > '0'
);
comment on column identity.casino.visit_idle_limit is
  'A visit in which nothing was recorded for this long is closed by ops/close_stale_visits.';
comment on column identity.casino.session_retention is
  'Sessions and tickets are removed by ops/purge when they ended this long ago.';
comment on column identity.casino.job_retention is
  'Jobs that were given up are removed by ops/purge when their last attempt is this long ago.';

create policy delete_own_casino on identity.session for delete to identity_service
using (casino_id = identity._casino());
grant delete on identity.session to identity_service;

alter table floor.rating_slip_event alter column staff_id drop not null;
comment on column floor.rating_slip_event.staff_id is
  'Who told of it; null when nobody did and ops/close_stale_visits ended the slip.';

insert into ops.error_registry (sqlstate, name, message, hint) values
('OPJNF', 'JOB_NOT_FOUND', 'There is no such job.',
  'Look at the list of jobs; one that succeeded is no longer in it.'),
('OPJST', 'JOB_NOT_FAILED', 'The job is %s.',
  'Only a job that failed or was given up can be retried; the queue sees to the others.');

--! include identity/_purge_sessions.sql
--! include identity/_visit_idle_limit.sql
--! include identity/_job_retention.sql
--! include ops/_add_job.sql
--! include ops/_has_job.sql
--! include ops/job.sql
--! include ops/_jobs.sql
--! include ops/jobs.sql
--! include ops/job_retry.sql
--! include ops/retried_job.sql
--! include ops/_restart_job.sql
--! include ops/retry_job.sql
--! include ops/purge_result.sql
--! include ops/_purge_jobs.sql
--! include ops/_purge.sql
--! include ops/purge_job.sql
--! include loyalty/_queue_recovery.sql
--! include loyalty/accrue_rating_slip.sql
--! include loyalty/requeue_accruals_job.sql
--! include floor/stale_visit.sql
--! include floor/_last_recorded.sql
--! include floor/_close_stale_visit.sql
--! include floor/close_stale_visits_job.sql
--! include compliance/ctr_due_notice.sql
--! include compliance/_note_due_cases.sql
--! include compliance/ctr_due_job.sql

drop function ops._seal_ledger(identity.actor, date);
--! include ops/_seal_ledger.sql
--! include ops/seal_ledger_job.sql
-- Rebuilding standings and cash totals from their entries.
insert into ops.error_registry (sqlstate, name, message, hint) values
('LYBRK', 'LEDGER_BROKEN', 'The ledger of player %s is broken, first at entry %s.',
  'Restore what is missing from a backup; a rebuild would make the loss permanent.'),
('MTBRK', 'CASH_LOG_BROKEN', 'The cash log of patron %s is broken, first at entry %s.',
  'Restore what is missing from a backup; a rebuild would make the loss permanent.');
--! include loyalty/loyalty_rebuild.sql
--! include loyalty/_broken_ledgers.sql
--! include loyalty/_rebuild_loyalty.sql
--! include loyalty/rebuild_loyalty.sql
--! include compliance/totals_rebuild.sql
--! include compliance/_case_state.sql
--! include compliance/_rebuild_totals.sql
--! include compliance/rebuild_totals.sql
--! include ops/_advance_import.sql
--! include ops/_halfway.sql
--! include ops/start_import.sql
--! include compliance/ctr_batch.sql

-- What runs in a pit is summed by the database.
--! include floor/_pits.sql
--! include loyalty/_running_play.sql
--! include loyalty/running_play.sql
--! include loyalty/pit_play.sql
--! include loyalty/running_play_by_pit.sql
