-- by hand
set local role pit_owner;
alter table identity.staff add column capabilities text[] not null default '{}';
grant update (capabilities) on identity.staff to identity_service;
comment on column identity.staff.capabilities is
  'What this person may do, of role_capability and staff_permission; kept by triggers, never by '
  'hand (identity._keep_capabilities).';
reset role;
drop function identity._session_claim(text);
insert into ops.error_registry (sqlstate, name, message, hint) values
('MTBAT', 'CTR_BATCH_EMPTY', 'No case from %s to %s waits to be filed.',
  'Choose other days, or prepare the cases first.'),
('MTFIL', 'CTR_INVALID_FILER', 'The casino''s filing data can''t be used: %s.',
  'Correct the filing data; the how-to on filing a CTR lists them.');
-- end by hand

--! include identity/_session_claim.sql
--! include identity/_gaming_day.sql
--! include identity/current_casino_id.sql
--! include identity/session_may.sql
--! include identity/_capabilities_of.sql
--! include identity/_keep_capabilities.sql
--! include identity/_enter.sql
--! include identity/_may.sql
--! include identity/touch_session.sql
--! include identity/sign_out.sql
--! include identity/me.sql
--! include identity/_load_casino.sql
--! include identity/set_password.sql
--! include ops/_queue_job.sql
--! include loyalty/_tier_standing.sql
--! include loyalty/accrue_rating_slip.sql
--! include loyalty/_refuse_pace.sql
--! include compliance/mtl_kind.sql
--! include compliance/patron.sql
--! include compliance/patron_link.sql
--! include compliance/money_play.sql
--! include compliance/mtl_entry.sql
--! include compliance/patron_gaming_day.sql
--! include compliance/ctr_case.sql
--! include compliance/mtl_command.sql
--! include compliance/mtl_result.sql
--! include compliance/correction_result.sql
--! include compliance/patron_result.sql
--! include compliance/identification_result.sql
--! include compliance/patron_match.sql
--! include compliance/filer.sql
--! include compliance/_save_filer.sql
--! include compliance/set_filer.sql
--! include compliance/_load_casino.sql
--! include ops/_ingest_event.sql
--! include ops/load_casino.sql

-- by hand, last
drop function identity._has_capability(integer, uuid, text, text);
update identity.staff set capabilities = '{}';
-- end by hand, last
