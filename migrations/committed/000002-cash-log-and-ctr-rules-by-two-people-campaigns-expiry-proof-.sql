--! Previous: sha1:6ba5ee5fc1adbe40cdf7d9bcfd4c4bf389312c69
--! Hash: sha1:5ba56df56b7045985c1931a51b3405f1ecba6a14
--! Message: Cash log and CTR, rules by two people, campaigns, expiry, proof and import

--! split: 1-current.sql
-- what the includes can't change: tables, types and dropped functions
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
--! Included loyalty/transaction_type.sql
-- The kinds of ledger entries. A domain, not a check of the table: the executor reads a table's
-- checks anew for every insert, a domain's only once.

create domain loyalty.transaction_type as text
constraint transaction_type_is_known check (
  value = any (
    '{GAMEPLAY,MANUAL_BONUS,PROMOTION,ADJUSTMENT,REDEMPTION,EXPIRATION,REVERSAL}'
  )
);

alter domain loyalty.transaction_type owner to pit_owner;

comment on domain loyalty.transaction_type is
  'GAMEPLAY, MANUAL_BONUS, PROMOTION, ADJUSTMENT, REDEMPTION, EXPIRATION or REVERSAL.';
--! EndIncluded loyalty/transaction_type.sql
--! Included loyalty/entry_source.sql
-- Where a ledger entry came from. A domain and not a check of the table, for the same reason as
-- loyalty.transaction_type.

create domain loyalty.entry_source as text
constraint source_is_known check (value = any ('{system,manual,promotion,adjustment,import}'));

alter domain loyalty.entry_source owner to pit_owner;

comment on domain loyalty.entry_source is 'system, manual, promotion, adjustment or import.';
--! EndIncluded loyalty/entry_source.sql
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
--! Included loyalty/_entry_content.sql
-- The canonical form of what an entry says: the binary form in which PostgreSQL sends a row, with
-- the type and the length of every value, so that no two entries share one and no setting of a
-- session changes it. Domains are sent as the texts they are. One expression of fast functions,
-- because verifying a ledger computes it for every entry (docs/decisions/0011).

create or replace function loyalty._entry_content(
  casino_id integer,
  player_id uuid,
  entry_no bigint,
  transaction_type text,
  event_type text,
  source text,
  points_change bigint,
  balance_before bigint,
  balance_after bigint,
  tier_before text,
  tier_after text,
  rating_slip_id uuid,
  visit_id uuid,
  reverses_entry_no bigint,
  reason text,
  staff_id uuid,
  approved_by uuid,
  correlation_id text,
  idempotency_key text,
  request_fingerprint bytea,
  gaming_day date,
  occurred_at timestamptz,
  created_at timestamptz
) returns bytea
language sql
stable
parallel safe
return record_send(row(
  casino_id, player_id, entry_no, transaction_type, event_type, source, points_change,
  balance_before, balance_after, tier_before, tier_after, rating_slip_id, visit_id,
  reverses_entry_no, reason, staff_id, approved_by, correlation_id, idempotency_key,
  request_fingerprint, gaming_day, occurred_at, created_at
));

alter function loyalty._entry_content(
  integer, uuid, bigint, text, text, text, bigint, bigint, bigint, text, text, uuid, uuid, bigint,
  text, uuid, uuid, text, text, bytea, date, timestamptz, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._entry_content(
  integer, uuid, bigint, text, text, text, bigint, bigint, bigint, text, text, uuid, uuid, bigint,
  text, uuid, uuid, text, text, bytea, date, timestamptz, timestamptz
) from public;

comment on function loyalty._entry_content(
  integer, uuid, bigint, text, text, text, bigint, bigint, bigint, text, text, uuid, uuid, bigint,
  text, uuid, uuid, text, text, bytea, date, timestamptz, timestamptz
) is
  'All columns of an entry but its hashes, in the table''s order, as PostgreSQL sends a row: how '
  'many values, then for each its type''s OID, its length (-1: null) and its bytes, all numbers '
  'big endian.';
--! EndIncluded loyalty/_entry_content.sql
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
--! Included loyalty/loyalty_draft.sql
-- Rules in the making: parameters of a policy, a list of tiers, or both, as one person wrote them
-- and another decides. A draft never changes, so what is published is what was looked at; to change
-- one, withdraw it and write the next. Only its decision is added.

set local role pit_owner;

create table loyalty.loyalty_draft (
  casino_id integer not null references identity.casino on delete restrict,
  loyalty_draft_id uuid not null default uuidv7(),
  policy jsonb,
  tiers jsonb,
  effective_from timestamptz,
  note text not null,
  status text not null default 'open',
  drafted_by uuid not null,
  drafted_at timestamptz not null default now(),
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  decision_correlation_id text,
  primary key (casino_id, loyalty_draft_id),
  foreign key (casino_id, drafted_by) references identity.staff on delete restrict,
  foreign key (casino_id, decided_by) references identity.staff on delete restrict,
  constraint key_drafts_once unique (casino_id, idempotency_key),
  constraint draft_says_something check (policy is not null or tiers is not null),
  constraint policy_is_an_object check (jsonb_typeof(policy) = 'object'),
  constraint tiers_are_a_list check (jsonb_typeof(tiers) = 'array'),
  constraint note_is_not_blank check (btrim(note) <> ''),
  constraint draft_status_is_known check (status in ('open', 'published', 'withdrawn')),
  constraint draft_is_decided_or_open check (
    (status = 'open') = (decided_by is null and decided_at is null)
  ),
  constraint nobody_publishes_their_own_draft check (
    status <> 'published' or decided_by <> drafted_by
  )
);

create index loyalty_draft_author on loyalty.loyalty_draft (casino_id, drafted_by);
create index loyalty_draft_decider on loyalty.loyalty_draft (casino_id, decided_by);

alter table loyalty.loyalty_draft enable row level security;
alter table loyalty.loyalty_draft force row level security;

create policy manage_all on loyalty.loyalty_draft to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_draft for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('loyalty:view_all'))
);
create policy serve_own_casino on loyalty.loyalty_draft for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.loyalty_draft for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.loyalty_draft for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_draft to loyalty_service;
grant update (status, decided_by, decided_at, decision_reason, decision_correlation_id)
on loyalty.loyalty_draft to loyalty_service;
grant select on loyalty.loyalty_draft to pit_staff;

reset role;

comment on table loyalty.loyalty_draft is
  'A policy or tiers in the making: written by one person, published or withdrawn by a decision.';
comment on column loyalty.loyalty_draft.policy is
  'Every parameter that the policy version would have; null: the policy stays as it is.';
comment on column loyalty.loyalty_draft.tiers is
  'List of tier, threshold_points and multiplier; null: the tiers stay as they are.';
comment on column loyalty.loyalty_draft.effective_from is
  'When it shall be in force; null: from the moment of publishing.';
comment on column loyalty.loyalty_draft.note is 'Why the rules shall change.';
comment on column loyalty.loyalty_draft.status is 'open, published or withdrawn.';
comment on column loyalty.loyalty_draft.decided_by is
  'Who published it, never its author, or who withdrew it.';
--! EndIncluded loyalty/loyalty_draft.sql
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
--! Included loyalty/_policy_in_force.sql
-- The policy version in force at a moment: the newest that had begun. Versions without a date are
-- known but never in force.

create or replace function loyalty._policy_in_force(casino_id integer, at timestamptz)
returns setof loyalty.loyalty_policy
language sql
stable
rows 1
begin atomic
  select p.*
  from loyalty.loyalty_policy as p
  where p.casino_id = _policy_in_force.casino_id and p.effective_from <= at
  order by p.effective_from desc
  limit 1;
end;

alter function loyalty._policy_in_force(integer, timestamptz) owner to loyalty_service;
revoke all on function loyalty._policy_in_force(integer, timestamptz) from public;

comment on function loyalty._policy_in_force(integer, timestamptz) is
  'The policy version in force at a moment; no row when there is none.';
--! EndIncluded loyalty/_policy_in_force.sql
--! Included loyalty/_policy_for_slip.sql
-- Tells floor which policy version a slip takes its snapshot of. Floor keeps the id and never
-- reads the rules behind it.

create or replace function loyalty._policy_for_slip(at timestamptz) returns uuid
language sql
stable
security definer
set search_path = ''
return (
  select p.loyalty_policy_id
  from loyalty._policy_in_force(identity._casino(), at) as p
);

alter function loyalty._policy_for_slip(timestamptz) owner to loyalty_service;
revoke all on function loyalty._policy_for_slip(timestamptz) from public;
grant execute on function loyalty._policy_for_slip(timestamptz) to floor_service;

comment on function loyalty._policy_for_slip(timestamptz) is
  'Id of the policy version in force at a moment; null when there is none.';
--! EndIncluded loyalty/_policy_for_slip.sql
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


--! Included ops/_lock.sql
-- Calls that name the same thing come one after the other: holds a lock on a name until the
-- transaction ends. As an expression it costs no statement of its own.

create or replace function ops._lock(casino_id integer, name text) returns boolean
language sql
volatile
return pg_advisory_xact_lock(hashtextextended(name, casino_id)) is not null;

alter function ops._lock(integer, text) owner to ops_service;
revoke all on function ops._lock(integer, text) from public;
grant execute on function ops._lock(integer, text)
to floor_service, loyalty_service, compliance_service;

comment on function ops._lock(integer, text) is
  'Takes the advisory lock of a casino''s name until the transaction ends; always true.';
--! EndIncluded ops/_lock.sql
--! Included identity/_casino.sql
-- The one place where the casino of the running call is read. Entry points wipe the setting and
-- identity._enter sets it from the session; the policies of the service roles compare with it.
-- Kept behind one function so that a cluster can replace it. Settings travel to parallel workers.

create or replace function identity._casino() returns integer
language sql
stable
parallel safe
return nullif(current_setting('pit.casino', true), '')::integer;

alter function identity._casino() owner to identity_service;
revoke all on function identity._casino() from public;
grant execute on function identity._casino()
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._casino() is
  'Casino of the running call, null outside one. Policies of the service roles use it.';
--! EndIncluded identity/_casino.sql
--! Included identity/_claimed_casino.sql
-- The casino's number that a session's setting claims, before anything believes it; '' when it
-- claims none. One expression, so that it becomes part of the callers', and no regular expression,
-- which would cost more than the look-up of the session.

create or replace function identity._claimed_casino(
  session text default current_setting('pit.session', true)
) returns text
language sql
stable
return case
  when length(split_part(session, '.', 1)) < 10
    and btrim(split_part(session, '.', 1), '0123456789') = ''
  then split_part(session, '.', 1)
  else ''
end;

alter function identity._claimed_casino(text) owner to identity_service;
revoke all on function identity._claimed_casino(text) from public;

comment on function identity._claimed_casino(text) is
  'Casino that a text "<casino_id>.<sha256 hex>" claims, as text. Proves nothing: identity.session '
  'does.';
--! EndIncluded identity/_claimed_casino.sql
--! Included identity/_claimed_token.sql
-- The hash of the secret that a session's setting claims. Nothing is checked here: what is no
-- hash finds no session.

create or replace function identity._claimed_token(
  session text default current_setting('pit.session', true)
) returns text
language sql
stable
return split_part(session, '.', 2);

alter function identity._claimed_token(text) owner to identity_service;
revoke all on function identity._claimed_token(text) from public;

comment on function identity._claimed_token(text) is
  'Token hash (hex) that a text "<casino_id>.<sha256 hex>" claims. Proves nothing.';
--! EndIncluded identity/_claimed_token.sql
--! Included identity/_correlation_id.sql
-- One id follows a request through every row it writes. It comes with the request
-- (x-correlation-id); where none came, a fresh one is made.

create or replace function identity._correlation_id() returns text
language sql
volatile
return coalesce(
  nullif(left(current_setting('pit.correlation_id', true), 64), ''), uuidv7()::text
);

alter function identity._correlation_id() owner to identity_service;
revoke all on function identity._correlation_id() from public;

comment on function identity._correlation_id() is
  'Correlation id of the running request: the setting pit.correlation_id, or a fresh UUID.';
--! EndIncluded identity/_correlation_id.sql
--! Included identity/_gaming_day.sql
-- The gaming day, defined once for every division (domain.md section 1): the local date, moved
-- back by the hour at which a gaming day begins. Local clock time decides, so it holds on both
-- daylight-saving nights.

create or replace function identity._gaming_day(
  timezone text,
  gaming_day_start interval,
  at timestamptz
)
returns date
language sql
immutable
return ((at at time zone timezone) - gaming_day_start)::date;

alter function identity._gaming_day(text, interval, timestamptz) owner to identity_service;
revoke all on function identity._gaming_day(text, interval, timestamptz) from public;
grant execute on function identity._gaming_day(text, interval, timestamptz)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._gaming_day(text, interval, timestamptz) is
  'Gaming day of a moment: 05:59:59 local belongs to the previous date, 06:00:00 to the same.';
--! EndIncluded identity/_gaming_day.sql
--! Included identity/current_casino_id.sql
-- What the read policies of people compare with: the casino of the session, looked up, or of an
-- auditor's own login. Never a setting that a caller can change, never an argument. Refuses
-- rather than showing nothing, so that an ended session isn't mistaken for an empty casino.

create or replace function identity.current_casino_id() returns integer
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
begin
  select min(l.casino_id) into v_casino_id
  from identity.database_login as l
  where l.login_name = session_user
  having count(*) = 1;
  if found then
    return v_casino_id;
  end if;

  perform set_config('pit.casino', identity._claimed_casino(), true);

  select s.casino_id into v_casino_id
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token()
    and s.kind = 'staff'
    and identity._session_lives(s);
  if not found then
    perform ops._refuse('IDUNA');
  end if;
  return v_casino_id;
end
$$;

alter function identity.current_casino_id() owner to identity_service;
revoke all on function identity.current_casino_id() from public;
grant execute on function identity.current_casino_id() to pit_staff, pit_auditor, pit_gateway;

comment on function identity.current_casino_id() is
  'Casino of the signed-in person''s session or of the auditor''s login. Error: IDUNA.';
--! EndIncluded identity/current_casino_id.sql
--! Included identity/session_may.sql
-- For read policies that need a capability besides the casino (loyalty:view_all for policies).
-- Answers no when nobody is signed in: a question that can't be answered refuses.

create or replace function identity.session_may(capability text) returns boolean
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', identity._claimed_casino(), true);
  return exists (
    select
    from identity.session as s
    where s.casino_id = identity._casino()
      and s.token_claim = identity._claimed_token()
      and s.kind = 'staff'
      and identity._session_lives(s)
      and session_may.capability = any (s.capabilities)
  );
end
$$;

alter function identity.session_may(text) owner to identity_service;
revoke all on function identity.session_may(text) from public;
grant execute on function identity.session_may(text) to pit_staff;

comment on function identity.session_may(text) is
  'Whether the signed-in person has a capability; false when nobody is signed in.';
--! EndIncluded identity/session_may.sql
--! Included identity/_casinos.sql
-- Every casino's id, for what recurs at all of them. Sign-in's way of finding casinos before one is
-- known is used here too; whoever asks still has to enter each casino on its own.

create or replace function identity._casinos() returns setof integer
language sql
stable
security definer
set search_path = ''
begin atomic
  select c.casino_id from identity.casino as c order by c.casino_id;
end;

alter function identity._casinos() owner to identity_service;
revoke all on function identity._casinos() from public;
grant execute on function identity._casinos() to ops_service;

comment on function identity._casinos() is 'The ids of all casinos.';
--! EndIncluded identity/_casinos.sql
--! Included identity/_capabilities_of.sql
-- What a person may do: the role's capabilities, plus those added, less those withdrawn. The one
-- place that says so; identity.staff keeps the answer, because every call asks.

create or replace function identity._capabilities_of(casino_id integer, staff_id uuid, role text)
returns text[]
language sql
stable
begin atomic
  select array(
    select c.capability
    from (
      select r.capability::text
      from identity.role_capability as r
      where r.casino_id = _capabilities_of.casino_id and r.role = _capabilities_of.role
      union
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = _capabilities_of.casino_id
        and p.staff_id = _capabilities_of.staff_id
        and p.granted
      except
      select p.capability::text
      from identity.staff_permission as p
      where p.casino_id = _capabilities_of.casino_id
        and p.staff_id = _capabilities_of.staff_id
        and not p.granted
    ) as c
    order by c.capability
  );
end;

alter function identity._capabilities_of(integer, uuid, text) owner to identity_service;
revoke all on function identity._capabilities_of(integer, uuid, text) from public;

comment on function identity._capabilities_of(integer, uuid, text) is
  'Capabilities of a person with this role, in alphabetical order.';
--! EndIncluded identity/_capabilities_of.sql
--! Included identity/_keep_capabilities.sql
-- Keeps identity.staff.capabilities equal to what role_capability and staff_permission say, in the
-- transaction that changes either, whoever changes it: so a withdrawn capability is gone for the
-- very next call, and a call asks one row. Written by hand, the column is put right again.

create or replace function identity._keep_capabilities() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_row record := coalesce(new, old);
begin
  perform set_config('pit.casino', v_row.casino_id::text, true);
  case tg_table_name
    when 'staff' then
      new.capabilities := identity._capabilities_of(new.casino_id, new.staff_id, new.role);
      return new;
    when 'staff_permission' then
      update identity.staff as s
      set capabilities = '{}'
      where s.casino_id = v_row.casino_id and s.staff_id = v_row.staff_id;
    when 'role_capability' then
      update identity.staff as s
      set capabilities = '{}'
      where s.casino_id = v_row.casino_id and s.role = v_row.role;
  end case;
  return null;
end
$$;

alter function identity._keep_capabilities() owner to identity_service;
revoke all on function identity._keep_capabilities() from public;

create or replace trigger staff_keeps_its_capabilities
before insert or update on identity.staff
for each row execute function identity._keep_capabilities();
create or replace trigger staff_follows_its_permissions
after insert or update or delete on identity.staff_permission
for each row execute function identity._keep_capabilities();
create or replace trigger staff_follows_its_role
after insert or update or delete on identity.role_capability
for each row execute function identity._keep_capabilities();

comment on function identity._keep_capabilities() is
  'Trigger of staff, staff_permission and role_capability: writes staff.capabilities anew.';
--! EndIncluded identity/_keep_capabilities.sql
--! Included identity/_keep_sessions.sql
-- Keeps what a session copies (capabilities, the casino's reckoning of gaming days) equal to
-- identity.staff and identity.casino, in the transaction that changes either, and ends the sessions
-- of a person who is no longer active. So every call asks one row and a change counts at once.

create or replace function identity._keep_sessions() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_active boolean;
begin
  perform set_config('pit.casino', new.casino_id::text, true);
  if tg_table_name = 'session' then
    select c.timezone, c.gaming_day_start, coalesce(p.capabilities, '{}'), p.active
    into new.timezone, new.gaming_day_start, new.capabilities, v_active
    from identity.casino as c
    left join identity.staff as p on p.casino_id = c.casino_id and p.staff_id = new.staff_id
    where c.casino_id = new.casino_id;
    new.revoked_at := coalesce(new.revoked_at, case when not v_active then now() end);
    return new;
  end if;
  update identity.session as s
  set capabilities = '{}'
  where s.casino_id = new.casino_id
    and s.revoked_at is null
    and (tg_table_name = 'casino' or s.staff_id = (to_jsonb(new) ->> 'staff_id')::uuid);
  return null;
end
$$;

alter function identity._keep_sessions() owner to identity_service;
revoke all on function identity._keep_sessions() from public;

create or replace trigger session_copies_its_person_and_casino
before insert or update on identity.session
for each row execute function identity._keep_sessions();
create or replace trigger sessions_follow_their_person
after update on identity.staff
for each row execute function identity._keep_sessions();
create or replace trigger sessions_follow_their_casino
after update on identity.casino
for each row execute function identity._keep_sessions();

comment on function identity._keep_sessions() is
  'Trigger of session, staff and casino: writes a session''s copies anew and ends the sessions of '
  'people who are no longer active.';
--! EndIncluded identity/_keep_sessions.sql
--! Included identity/_enter.sql
-- The door of every entry point: looks the session up once, checks the capability and sets the
-- casino for this call. The entry point is declared with "set pit.casino = ''", so a casino that
-- a caller set beforehand is wiped, and what is set here ends with the call. Locks and counts
-- see what others have committed only in read committed, so nothing else is let in.

create or replace function identity._enter(capability text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_setting text := set_config('pit.casino', identity._claimed_casino(), true);
  v_actor identity.actor;
  v_may boolean;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform ops._refuse('IDISO');
  end if;

  select
    s.casino_id, s.staff_id, s.session_id, s.timezone, s.gaming_day_start,
    identity._correlation_id(),
    _enter.capability is null or _enter.capability = any (s.capabilities)
  into
    v_actor.casino_id, v_actor.staff_id, v_actor.session_id, v_actor.timezone,
    v_actor.gaming_day_start, v_actor.correlation_id, v_may
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token()
    and s.kind = 'staff'
    and identity._session_lives(s);

  if v_may then
    return v_actor;
  end if;
  v_setting := set_config('pit.casino', '', true);
  if v_may is null then
    perform ops._refuse('IDUNA');
  end if;
  perform ops._refuse('IDFRB', array[_enter.capability]);
end
$$;

alter function identity._enter(text) owner to identity_service;
revoke all on function identity._enter(text) from public;
grant execute on function identity._enter(text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._enter(text) is
  'Resolves the session, checks the capability (null: any signed-in person) and sets the casino '
  'of the running call. Errors: IDUNA not signed in, IDFRB capability missing, IDISO.';
--! EndIncluded identity/_enter.sql
--! Included identity/_enter_owner.sql
-- The door for the command line, which works over the owner's connection and has no session: sets
-- the casino for this call. Only functions that the owner alone may execute may use it.

create or replace function identity._enter_owner(casino_code text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_actor identity.actor;
begin
  select c.casino_id, c.timezone, c.gaming_day_start, identity._correlation_id()
  into v_actor.casino_id, v_actor.timezone, v_actor.gaming_day_start, v_actor.correlation_id
  from identity.casino as c
  where c.code = casino_code;
  if not found then
    perform ops._refuse('IDCAS', array[casino_code]);
  end if;
  perform set_config('pit.casino', v_actor.casino_id::text, true);
  return v_actor;
end
$$;

alter function identity._enter_owner(text) owner to identity_service;
revoke all on function identity._enter_owner(text) from public;
grant execute on function identity._enter_owner(text) to ops_service;

comment on function identity._enter_owner(text) is
  'Sets the casino of the running call by its code, without a person. Error: IDCAS.';
--! EndIncluded identity/_enter_owner.sql
--! Included identity/_enter_reader.sql
-- The door of functions that only read, for two kinds of people: staff with a session, and auditors
-- who come with a database login of their own, bound to one casino. A login has read rights and no
-- capabilities, so what it may call is a matter of grants to pit_auditor.

create or replace function identity._enter_reader(capability text default null)
returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_setting text;
  v_actor identity.actor;
begin
  select min(l.casino_id) into v_actor.casino_id
  from identity.database_login as l
  where l.login_name = session_user
  having count(*) = 1;
  if not found then
    return identity._enter(_enter_reader.capability);
  end if;

  v_setting := set_config('pit.casino', v_actor.casino_id::text, true);
  select c.timezone, c.gaming_day_start into v_actor.timezone, v_actor.gaming_day_start
  from identity.casino as c
  where c.casino_id = v_actor.casino_id;
  v_actor.correlation_id := identity._correlation_id();
  return v_actor;
end
$$;

alter function identity._enter_reader(text) owner to identity_service;
revoke all on function identity._enter_reader(text) from public;
grant execute on function identity._enter_reader(text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._enter_reader(text) is
  'Resolves an auditor''s database login (no person, no session) or else the session, with the '
  'capability (null: any signed-in person), and sets the casino of the running call. Errors: '
  'IDUNA, IDFRB, IDISO.';
--! EndIncluded identity/_enter_reader.sql
--! Included identity/_may.sql
-- For the few rules that soften with a capability (backdating): asks for the caller of the
-- running call, after identity._enter.

create or replace function identity._may(actor identity.actor, capability text) returns boolean
language sql
stable
security definer
set search_path = ''
return exists (
  select
  from identity.staff as p
  where p.casino_id = actor.casino_id
    and p.staff_id = actor.staff_id
    and _may.capability = any (p.capabilities)
);

alter function identity._may(identity.actor, text) owner to identity_service;
revoke all on function identity._may(identity.actor, text) from public;
grant execute on function identity._may(identity.actor, text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._may(identity.actor, text) is
  'Whether the caller has a capability; false when that can''t be answered.';
--! EndIncluded identity/_may.sql
--! Included identity/_licence_no.sql
-- For records that name their witness's gaming licence as it was at that time, whatever becomes of
-- it later.

create or replace function identity._licence_no(actor identity.actor) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.licence_no
  from identity.staff as p
  where p.casino_id = identity._casino() and p.staff_id = actor.staff_id
);

alter function identity._licence_no(identity.actor) owner to identity_service;
revoke all on function identity._licence_no(identity.actor) from public;
grant execute on function identity._licence_no(identity.actor) to compliance_service;

comment on function identity._licence_no(identity.actor) is
  'Licence number of the caller; null where none is on file.';
--! EndIncluded identity/_licence_no.sql
--! Included identity/_display_name.sql
-- Who somebody is, for texts that people read: an explanation of a ledger entry names who gave the
-- points and who approved them.

create or replace function identity._display_name(staff_id uuid) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.display_name
  from identity.staff as p
  where p.casino_id = identity._casino() and p.staff_id = _display_name.staff_id
);

alter function identity._display_name(uuid) owner to identity_service;
revoke all on function identity._display_name(uuid) from public;
grant execute on function identity._display_name(uuid) to loyalty_service, ops_service;

comment on function identity._display_name(uuid) is
  'Name of a member of staff of the running call''s casino; null when there is none.';
--! EndIncluded identity/_display_name.sql
--! Included identity/_casino_name.sql
-- For what leaves the house: a statement is headed with the property's name, which other contexts
-- ask for because they don't read identity's tables.

create or replace function identity._casino_name() returns text
language sql
stable
security definer
set search_path = ''
return (
  select c.name from identity.casino as c where c.casino_id = identity._casino()
);

alter function identity._casino_name() owner to identity_service;
revoke all on function identity._casino_name() from public;
grant execute on function identity._casino_name() to loyalty_service;

comment on function identity._casino_name() is 'Name of the running call''s casino.';
--! EndIncluded identity/_casino_name.sql
--! Included identity/touch_session.sql
-- Keeps a session in use from idling out. Called by the gateway beside a request, not in it, and
-- written at most every 15 seconds, so that reading stays reading.

create or replace function identity.touch_session(session text)
returns table (casino_id integer, staff_id uuid, session_id uuid)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', identity._claimed_casino(session), true);

  update identity.session as s
  set last_seen_at = now()
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff'
    and s.last_seen_at < now() - interval '15 seconds'
    and identity._session_lives(s);

  return query
  select s.casino_id, s.staff_id, s.session_id
  from identity.session as s
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff'
    and identity._session_lives(s);
end
$$;

alter function identity.touch_session(text) owner to identity_service;
revoke all on function identity.touch_session(text) from public;
grant execute on function identity.touch_session(text) to pit_gateway;

comment on function identity.touch_session(text) is
  'For the gateway alone: marks a session as used and tells whose it is; no row when it ended.';
--! EndIncluded identity/touch_session.sql
--! Included identity/sign_out.sql
-- Ends a session at once; the next call with its token is refused. The row stays, so that what was
-- done in the session can still be traced to it.

create or replace function identity.sign_out(session text) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', identity._claimed_casino(session), true);

  update identity.session as s
  set revoked_at = now()
  where s.casino_id = identity._casino()
    and s.token_claim = identity._claimed_token(session)
    and s.kind = 'staff'
    and s.revoked_at is null;
  return found;
end
$$;

alter function identity.sign_out(text) owner to identity_service;
revoke all on function identity.sign_out(text) from public;
grant execute on function identity.sign_out(text) to pit_gateway;

comment on function identity.sign_out(text) is
  'For the gateway alone: revokes a session. False when there was nothing to revoke.';
--! EndIncluded identity/sign_out.sql
--! Included identity/me.sql
-- Tells a client who is signed in and what they may do, so that screens offer what will work.
-- The decision itself is made again by every command.

create or replace function identity.me() returns identity.signed_in
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter(null);
  v_me identity.signed_in;
begin
  select
    p.staff_id, p.username, p.display_name, p.role::text,
    p.capabilities,
    c.casino_id, c.code, c.name, c.timezone, identity.gaming_day(c, now())
  into strict v_me
  from identity.staff as p
  join identity.casino as c on c.casino_id = p.casino_id
  where p.casino_id = v_actor.casino_id and p.staff_id = v_actor.staff_id;
  return v_me;
end
$$;

alter function identity.me() owner to identity_service;
revoke all on function identity.me() from public;
grant execute on function identity.me() to pit_staff;

comment on function identity.me() is
  'The signed-in person with their capabilities and the casino''s gaming day. Error: IDUNA.';
--! EndIncluded identity/me.sql
--! Included identity/_load_casino.sql
-- Identity's part of setting a property up: the casino's row, what the roles may do, and the
-- account of the floor system that sends the feed. Loading the same again changes nothing.

create or replace function identity._load_casino(
  property jsonb,
  out casino_id integer,
  out changed boolean
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_code text := property ->> 'code';
  v_name text := property ->> 'name';
  v_timezone text := coalesce(property ->> 'timezone', 'America/Los_Angeles');
  v_start interval := coalesce(property ->> 'gaming_day_start', '06:00')::interval;
  v_sender uuid;
begin
  if v_code is null or v_code !~ '^[A-Z0-9]{2,12}$' then
    perform ops._refuse('OPPRP', array['"code" must be 2 to 12 capitals and digits']);
  end if;
  if v_name is null or btrim(v_name) = '' then
    perform ops._refuse('OPPRP', array['"name" is missing']);
  end if;
  if not exists (select from pg_catalog.pg_timezone_names as z where z.name = v_timezone) then
    perform ops._refuse('OPPRP', array['"timezone" is not an IANA time zone']);
  end if;
  if v_start < '0' or v_start >= '24 hours' then
    perform ops._refuse('OPPRP', array['"gaming_day_start" must be a time of day']);
  end if;

  perform pg_advisory_xact_lock(hashtextextended('identity._load_casino', 0));
  select c.casino_id into casino_id from identity.casino as c where c.code = v_code;
  changed := not found;
  if changed then
    select coalesce(max(c.casino_id), 0) + 1 into casino_id from identity.casino as c;
  end if;
  perform set_config('pit.casino', casino_id::text, true);

  if changed then
    insert into identity.casino (casino_id, code, name, timezone, gaming_day_start)
    values (_load_casino.casino_id, v_code, v_name, v_timezone, v_start);
    insert into identity.role_capability (casino_id, role, capability)
    select _load_casino.casino_id, r.role, unnest(r.capabilities)
    from identity._seed_role_capabilities() as r;
    insert into identity.staff (casino_id, username, display_name, role)
    values (_load_casino.casino_id, 'feed', 'Floor feed', 'sender')
    returning staff_id into v_sender;
    insert into identity.staff_permission (casino_id, staff_id, capability, granted)
    values (_load_casino.casino_id, v_sender, 'import:run', true);
  else
    update identity.casino as c
    set name = v_name, timezone = v_timezone, gaming_day_start = v_start
    where c.casino_id = _load_casino.casino_id
      and (c.name, c.timezone, c.gaming_day_start)
        is distinct from (v_name, v_timezone, v_start);
    changed := found;
  end if;
end
$$;

alter function identity._load_casino(jsonb) owner to identity_service;
revoke all on function identity._load_casino(jsonb) from public;
grant execute on function identity._load_casino(jsonb) to ops_service;

comment on function identity._load_casino(jsonb) is
  'Creates or updates the casino that a property file names, and sets it for the running call. '
  'changed is false when nothing differed. Error: OPPRP.';
--! EndIncluded identity/_load_casino.sql
--! Included identity/set_password.sql
-- Sets a person's password hash; for the owner's connection alone. The hash is made outside, so
-- that no password ever reaches the database. Sessions that are open end at once.

create or replace function identity.set_password(
  casino_code text,
  username text,
  phc text
) returns void
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_staff identity.staff;
  v_casino_id integer;
begin
  select c.casino_id into v_casino_id from identity.casino as c where c.code = casino_code;
  perform set_config('pit.casino', coalesce(v_casino_id::text, ''), true);

  select * into v_staff
  from identity.staff as s
  where s.casino_id = v_casino_id and s.username = set_password.username;
  if not found then
    perform ops._refuse('IDSTF', array[set_password.username]);
  end if;

  insert into identity.staff_secret as s (casino_id, staff_id, phc)
  values (v_staff.casino_id, v_staff.staff_id, set_password.phc)
  on conflict (casino_id, staff_id) do update
  set phc = excluded.phc, failed_attempts = 0, locked_until = null, changed_at = now();

  update identity.session as s
  set revoked_at = now()
  where s.casino_id = v_staff.casino_id and s.staff_id = v_staff.staff_id
    and s.revoked_at is null;
end
$$;

alter function identity.set_password(text, text, text) owner to identity_service;
revoke all on function identity.set_password(text, text, text) from public;
grant execute on function identity.set_password(text, text, text) to pit_owner;

comment on function identity.set_password(text, text, text) is
  'For the owner''s connection: stores an argon2id hash (PHC) and ends the person''s sessions. '
  'Error: IDSTF.';
--! EndIncluded identity/set_password.sql
--! Included identity/bind_database_login.sql
-- Lets an auditor in: binds a personal database login to one casino. For the owner's connection,
-- with the owner's own rights. The login must be a person's own, with the role pit_auditor and no
-- power beside it.

create or replace function identity.bind_database_login(casino_code text, login_name name)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = bind_database_login.casino_code;
  if not found then
    perform ops._refuse('OPPRP', array[format('there is no casino %s', casino_code)]);
  end if;
  if not exists (
    select
    from pg_catalog.pg_roles as r
    where r.rolname = bind_database_login.login_name
      and r.rolcanlogin
      and not (r.rolsuper or r.rolbypassrls or r.rolcreaterole)
      and pg_has_role(r.oid, 'pit_auditor', 'usage')
      and r.rolname not in ('pit_gateway', 'pit_worker')
  ) then
    perform ops._refuse('IDLOG', array[
      login_name::text, 'it must be a login with the role pit_auditor and no power of its own'
    ]);
  end if;
  if exists (
    select
    from identity.database_login as l
    where l.login_name = bind_database_login.login_name and l.casino_id <> v_casino_id
  ) then
    perform ops._refuse('IDLOG', array[login_name::text, 'it is bound to another casino']);
  end if;

  insert into identity.database_login (casino_id, login_name)
  values (v_casino_id, bind_database_login.login_name)
  on conflict on constraint database_login_pkey do nothing;
  return found;
end
$$;

alter function identity.bind_database_login(text, name) owner to identity_service;
revoke all on function identity.bind_database_login(text, name) from public;
grant execute on function identity.bind_database_login(text, name) to pit_owner;

comment on function identity.bind_database_login(text, name) is
  'Binds an auditor''s personal database login to a casino; false when it was bound already. '
  'Errors: OPPRP no such casino, IDLOG not a login that may be bound.';
--! EndIncluded identity/bind_database_login.sql
--! Included ops/_queue_job.sql
-- The one way to queue a job, in the transaction of what caused it: makes the job's ticket and
-- hands job and ticket to the worker's queue. Commit brings both, rollback neither.

create or replace function ops._queue_job(
  task text,
  payload jsonb,
  job_key text default null
) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform ops._add_job(
    task, payload || jsonb_build_object('ticket', identity._issue_ticket(task)), job_key
  );
end
$$;

alter function ops._queue_job(text, jsonb, text) owner to ops_service;
revoke all on function ops._queue_job(text, jsonb, text) from public;
grant execute on function ops._queue_job(text, jsonb, text)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._queue_job(text, jsonb, text) is
  'Queues a job for the casino of the running call, with a ticket in its payload. Error: OPJOB.';
--! EndIncluded ops/_queue_job.sql
--! Included ops/queue_recurring_job.sql
-- The worker's clock: for a task that recurs, queues one job per casino, each with a ticket of its
-- own. The worker's login may do this for the tasks listed here and for nothing else; a job that
-- still waits is replaced, so that a worker that was away doesn't find a heap.

create or replace function ops.queue_recurring_job(task text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_correlation_id text := uuidv7();
  v_casino_id integer;
  v_queued integer := 0;
begin
  if not coalesce(
    queue_recurring_job.task = any (
      '{compliance/evaluate_alerts, loyalty/expire_points, loyalty/expire_requests,
        loyalty/renew_terms, ops/seal_ledger}'
    ),
    false
  ) then
    perform ops._refuse('OPTKT', array[queue_recurring_job.task]);
  end if;
  for v_casino_id in select c.casino_id from identity._casinos() as c (casino_id) loop
    perform set_config('pit.casino', v_casino_id::text, true);
    perform ops._queue_job(
      queue_recurring_job.task,
      jsonb_build_object('correlation_id', v_correlation_id),
      format('pit:%s:%s', queue_recurring_job.task, v_casino_id)
    );
    v_queued := v_queued + 1;
  end loop;
  return v_queued;
end
$$;

alter function ops.queue_recurring_job(text) owner to ops_service;
revoke all on function ops.queue_recurring_job(text) from public;
grant execute on function ops.queue_recurring_job(text) to pit_worker;

comment on function ops.queue_recurring_job(text) is
  'For the worker''s cron: queues a recurring task once per casino and gives the number of jobs. '
  'Errors: OPTKT, OPJOB.';
--! EndIncluded ops/queue_recurring_job.sql
--! Included ops/audit_log.sql
-- Who did or read what, where the row itself doesn't say: an auditor's look at a person's data, a
-- seal, a change of the rules. Written in the transaction of what it records, never changed.

set local role pit_owner;

create table ops.audit_log (
  casino_id integer not null references identity.casino on delete restrict,
  audit_log_id uuid not null default uuidv7(),
  action text not null,
  staff_id uuid,
  login_name name,
  player_id uuid,
  details jsonb,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, audit_log_id),
  constraint action_is_not_blank check (btrim(action) <> ''),
  constraint somebody_did_it check (staff_id is null or login_name is null)
);

create index audit_log_time on ops.audit_log (casino_id, created_at);
create index audit_log_player on ops.audit_log (casino_id, player_id)
where player_id is not null;

alter table ops.audit_log enable row level security;
alter table ops.audit_log force row level security;

create policy manage_all on ops.audit_log to pit_owner using (true);
create policy select_own_casino on ops.audit_log for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.audit_log for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.audit_log for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.audit_log for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.audit_log to ops_service;
grant select on ops.audit_log to pit_staff, pit_auditor;

create trigger audit_log_is_append_only
before update or delete or truncate on ops.audit_log
for each statement execute function ops._append_only('OPIMM');
alter table ops.audit_log enable always trigger audit_log_is_append_only;

reset role;

comment on table ops.audit_log is
  'What somebody did or read that no other row records. Append-only.';
comment on column ops.audit_log.action is
  'What it was: player read, patron read, identification read, ledger sealed, …';
comment on column ops.audit_log.staff_id is 'Who, when it came with a session.';
comment on column ops.audit_log.login_name is 'Who, when it came with a database login.';
comment on column ops.audit_log.player_id is 'Whom it concerned, when it was an enrolled player.';
comment on column ops.audit_log.details is 'Particulars: the stated purpose, keys; no names.';
--! EndIncluded ops/audit_log.sql
--! Included ops/_log.sql
-- Writes the audit log. What is read by a login of its own is also told to the server's log, which
-- keeps it when the reader rolls back: a row alone would vanish with the transaction.

create or replace function ops._log(
  actor identity.actor,
  action text,
  player_id uuid default null,
  details jsonb default null
) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  insert into ops.audit_log (
    casino_id, action, staff_id, login_name, player_id, details, correlation_id
  )
  values (
    actor.casino_id, _log.action, actor.staff_id,
    case when actor.session_id is null then session_user end,
    _log.player_id, _log.details, actor.correlation_id
  );
  if actor.session_id is null then
    raise log 'audit: %', jsonb_build_object(
      'action', _log.action, 'login', session_user, 'casino', actor.casino_id,
      'player', _log.player_id, 'details', _log.details
    );
  end if;
end
$$;

alter function ops._log(identity.actor, text, uuid, jsonb) owner to ops_service;
revoke all on function ops._log(identity.actor, text, uuid, jsonb) from public;
grant execute on function ops._log(identity.actor, text, uuid, jsonb)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._log(identity.actor, text, uuid, jsonb) is
  'Records in ops.audit_log what the caller did or read, by person or by database login.';
--! EndIncluded ops/_log.sql
--! Included ops/_check_purpose.sql
-- Whoever looks at a person's data from a login of their own says why. The words go into the audit
-- log beside the look.

create or replace function ops._check_purpose(purpose text) returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_purpose text := btrim(purpose, E' \t\r\n');
begin
  if v_purpose is null or length(v_purpose) < 10 then
    perform ops._refuse('IDPUR', array['10']);
  end if;
  return v_purpose;
end
$$;

alter function ops._check_purpose(text) owner to ops_service;
revoke all on function ops._check_purpose(text) from public;
grant execute on function ops._check_purpose(text) to floor_service, compliance_service;

comment on function ops._check_purpose(text) is
  'The stated purpose, trimmed. Error: IDPUR when it has fewer than 10 characters.';
--! EndIncluded ops/_check_purpose.sql
--! Included ops/audit_trail.sql
-- The audit log in plain words, for an auditor with psql: also the auditors' own looks at personal
-- data.

create or replace view ops.audit_trail with (security_invoker = true) as
select
  a.created_at as happened_at,
  a.action,
  a.staff_id,
  a.login_name,
  a.player_id,
  a.details,
  a.correlation_id as request_id
from ops.audit_log as a;

alter view ops.audit_trail owner to pit_owner;
grant select on ops.audit_trail to pit_auditor;

comment on view ops.audit_trail is
  'Who did or read what, for auditors'' logins.';
--! EndIncluded ops/audit_trail.sql
--! Included floor/_slip_telemetry.sql
-- Answers loyalty's question "what was this slip's telemetry?", for closed slips only: an open
-- slip has nothing final to price.

create or replace function floor._slip_telemetry(rating_slip_id uuid) returns floor.slip_telemetry
language sql
stable
security definer
set search_path = ''
return (
  select row(
    s.casino_id, s.rating_slip_id, s.visit_id, s.player_id, s.opened_at, s.closed_at,
    s.accumulated_seconds, s.average_bet,
    g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate, g.point_multiplier,
    s.loyalty_policy_id, e.staff_id, e.correlation_id,
    s.table_id, g.code
  )::floor.slip_telemetry
  from floor.rating_slip as s
  join floor.game_settings as g
    on g.casino_id = s.casino_id and g.game_settings_id = s.game_settings_id
  join floor.rating_slip_event as e
    on e.casino_id = s.casino_id and e.rating_slip_id = s.rating_slip_id
      and e.event_no = s.last_event_no
  where s.casino_id = identity._casino()
    and s.rating_slip_id = _slip_telemetry.rating_slip_id
    and s.state = 'closed'
);

alter function floor._slip_telemetry(uuid) owner to floor_service;
revoke all on function floor._slip_telemetry(uuid) from public;
grant execute on function floor._slip_telemetry(uuid) to loyalty_service;

comment on function floor._slip_telemetry(uuid) is
  'Telemetry of a closed slip; null when there is no such slip or it is not closed.';
--! EndIncluded floor/_slip_telemetry.sql
--! Included floor/_rated_seconds.sql
-- Answers compliance's question "how long did this player play?": the running seconds of their
-- slips within a stretch of time, from the events, also of a slip that began before it. A slip
-- that still runs counts until now.

create or replace function floor._rated_seconds(
  player_id uuid,
  since timestamptz,
  until timestamptz
) returns numeric
language sql
stable
security definer
set search_path = ''
return (
  select coalesce(
    sum(
      greatest(
        extract(epoch from least(span.ends_at, until) - greatest(span.begins_at, since)), 0
      )
    ),
    0
  )
  from (
    select
      e.running, e.occurred_at as begins_at,
      coalesce(
        lead(e.occurred_at) over (partition by e.rating_slip_id order by e.event_no),
        case when s.state = 'closed' then e.occurred_at else now() end
      ) as ends_at
    from floor.rating_slip as s
    join floor.rating_slip_event as e
      on e.casino_id = identity._casino() and e.rating_slip_id = s.rating_slip_id
    where s.casino_id = identity._casino()
      and s.player_id = _rated_seconds.player_id
      and s.opened_at < until
      and (s.closed_at is null or s.closed_at > since)
  ) as span
  where span.running
);

alter function floor._rated_seconds(uuid, timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._rated_seconds(uuid, timestamptz, timestamptz) from public;
grant execute on function floor._rated_seconds(uuid, timestamptz, timestamptz)
to compliance_service;

comment on function floor._rated_seconds(uuid, timestamptz, timestamptz) is
  'Seconds that a player''s slips ran, unpaused, within a stretch of time.';
--! EndIncluded floor/_rated_seconds.sql
--! Included floor/_closed_slips.sql
-- Answers loyalty's question "which slips were closed in this time, and what was their telemetry?",
-- for pricing a period anew. With the game's name and when the closing was written down.

create or replace function floor._closed_slips(since timestamptz, until timestamptz)
returns table (slip floor.slip_telemetry, game_name text, recorded_at timestamptz)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    row(
      s.casino_id, s.rating_slip_id, s.visit_id, s.player_id, s.opened_at, s.closed_at,
      s.accumulated_seconds, s.average_bet,
      g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate, g.point_multiplier,
      s.loyalty_policy_id, e.staff_id, e.correlation_id,
      s.table_id, g.code
    )::floor.slip_telemetry,
    g.name, e.created_at
  from floor.rating_slip as s
  join floor.game_settings as g
    on g.casino_id = s.casino_id and g.game_settings_id = s.game_settings_id
  join floor.rating_slip_event as e
    on e.casino_id = s.casino_id and e.rating_slip_id = s.rating_slip_id
      and e.event_no = s.last_event_no
  where s.casino_id = identity._casino()
    and s.state = 'closed'
    and s.closed_at >= since
    and s.closed_at < until;
end;

alter function floor._closed_slips(timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._closed_slips(timestamptz, timestamptz) from public;
grant execute on function floor._closed_slips(timestamptz, timestamptz) to loyalty_service;

comment on function floor._closed_slips(timestamptz, timestamptz) is
  'Telemetry of the slips closed from a moment until before another.';
--! EndIncluded floor/_closed_slips.sql
--! Included loyalty/_adds_up.sql
-- What must hold within one ledger entry, whoever writes it. The table's check calls this function,
-- because the text of a check is read anew for every insert, and a call is short.

create or replace function loyalty._adds_up(entry loyalty.loyalty_ledger) returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  return entry.entry_no > 0
    and entry.points_change <> 0
    and entry.balance_after = entry.balance_before + entry.points_change
    and entry.balance_after >= 0
    and (entry.transaction_type = 'REVERSAL') = (entry.reverses_entry_no is not null)
    and (entry.approved_by = entry.staff_id) is not true;
end
$$;

alter function loyalty._adds_up(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._adds_up(loyalty.loyalty_ledger) from public;

alter table loyalty.loyalty_ledger
-- squawk-ignore constraint-missing-not-valid
add constraint every_entry_adds_up check (loyalty._adds_up(loyalty_ledger));

comment on function loyalty._adds_up(loyalty.loyalty_ledger) is
  'Entries count from 1; no change is 0; the balance follows from the change and never goes below '
  '0; only a reversal names what it reverses; nobody approves what they gave.';
--! EndIncluded loyalty/_adds_up.sql
--! Included loyalty/promotion.sql
-- A campaign that adds points to what play earns: a window, a factor, whom and what it is for, and
-- a budget that is never exceeded. What it promises doesn't change once it is written; a draft
-- gives nothing until a second person publishes it. The row is the lock under which its budget is
-- used.

set local role pit_owner;

create table loyalty.promotion (
  casino_id integer not null references identity.casino on delete restrict,
  promotion_id uuid not null default uuidv7(),
  name text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  multiplier numeric(6, 3) not null,
  budget bigint not null,
  game_codes text[],
  table_ids uuid[],
  tiers text[],
  points_awarded bigint not null default 0,
  slips_awarded integer not null default 0,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  published_by uuid,
  published_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  primary key (casino_id, promotion_id),
  constraint key_makes_one_promotion unique (casino_id, idempotency_key),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint window_ends_after_it_begins check (starts_at < ends_at),
  constraint multiplier_adds_points check (multiplier > 1),
  constraint budget_is_never_exceeded check (
    budget > 0 and points_awarded between 0 and budget and slips_awarded >= 0
  ),
  constraint scope_names_something check (
    cardinality(game_codes) > 0 and cardinality(table_ids) > 0 and cardinality(tiers) > 0
  ),
  constraint nobody_publishes_their_own check (published_by <> created_by),
  constraint publishing_has_who_and_when check (num_nonnulls(published_by, published_at) <> 1),
  constraint ending_has_who_when_and_why check (
    num_nonnulls(ended_by, ended_at, end_reason) in (0, 3)
  ),
  constraint only_published_ones_award check (points_awarded = 0 or published_at is not null)
) with (fillfactor = 70);

-- An accrual asks for the campaigns that run at a moment; those that are over are most of them.
create index promotion_published on loyalty.promotion (casino_id, ends_at)
where published_at is not null;

alter table loyalty.promotion enable row level security;
alter table loyalty.promotion force row level security;

create policy manage_all on loyalty.promotion to pit_owner using (true);
create policy select_own_casino on loyalty.promotion for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.promotion for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.promotion for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.promotion for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.promotion to loyalty_service;
grant update (
  points_awarded, slips_awarded, published_by, published_at, ended_by, ended_at, end_reason
) on loyalty.promotion to loyalty_service;
grant select on loyalty.promotion to pit_staff;

reset role;

comment on table loyalty.promotion is
  'A campaign: while it runs, slips in its scope earn a PROMOTION entry beside their points.';
comment on column loyalty.promotion.name is
  'What staff call it; the reason of the entries that it makes.';
comment on column loyalty.promotion.starts_at is 'Slips that close from then on take part.';
comment on column loyalty.promotion.ends_at is 'Slips that close before then take part.';
comment on column loyalty.promotion.multiplier is
  'What a slip''s points come to with the campaign, as a factor: 2 is as much again.';
comment on column loyalty.promotion.budget is 'Most points that it may give in all.';
comment on column loyalty.promotion.game_codes is 'Games that take part; null: all.';
comment on column loyalty.promotion.table_ids is 'Tables that take part; null: all.';
comment on column loyalty.promotion.tiers is
  'Tiers, as held before the accrual, that take part; null: all.';
comment on column loyalty.promotion.points_awarded is 'Points given so far, of the budget.';
comment on column loyalty.promotion.slips_awarded is 'Slips that have got points so far.';
comment on column loyalty.promotion.published_by is
  'The second person, without whom it gives nothing.';
comment on column loyalty.promotion.ended_at is
  'When somebody stopped it early, or discarded the draft.';
--! EndIncluded loyalty/promotion.sql
--! Included loyalty/promotion_award.sql
-- Which campaign a PROMOTION entry belongs to: at most one for each campaign and slip, as the key
-- of this table says. The points themselves are in the ledger, to which no foreign key leads: it
-- would answer in the ledger's place when somebody tries to truncate it.

set local role pit_owner;

create table loyalty.promotion_award (
  casino_id integer not null,
  promotion_id uuid not null,
  rating_slip_id uuid not null,
  player_id uuid not null,
  entry_no bigint not null,
  points bigint not null,
  primary key (casino_id, promotion_id, rating_slip_id),
  foreign key (casino_id, promotion_id) references loyalty.promotion on delete restrict,
  constraint entry_belongs_to_one_promotion unique (casino_id, player_id, entry_no),
  constraint points_are_positive check (points > 0)
);

create index promotion_award_slip on loyalty.promotion_award (casino_id, rating_slip_id);

alter table loyalty.promotion_award enable row level security;
alter table loyalty.promotion_award force row level security;

create policy manage_all on loyalty.promotion_award to pit_owner using (true);
create policy select_own_casino on loyalty.promotion_award for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.promotion_award for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.promotion_award for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.promotion_award to loyalty_service;
grant select on loyalty.promotion_award to pit_staff;

create trigger promotion_award_is_append_only
before update or delete or truncate on loyalty.promotion_award
for each statement execute function ops._append_only('OPIMM');
alter table loyalty.promotion_award enable always trigger promotion_award_is_append_only;

reset role;

comment on table loyalty.promotion_award is
  'What a campaign gave for a slip: the PROMOTION entry of the player''s ledger.';
comment on column loyalty.promotion_award.entry_no is 'The PROMOTION entry in the ledger.';
comment on column loyalty.promotion_award.points is 'Points of that entry.';
--! EndIncluded loyalty/promotion_award.sql
--! Included loyalty/promotion_result.sql
-- What a command on campaigns gives back: the campaign as it is now, so that a screen needn't ask
-- again.

create type loyalty.promotion_result as (
  promotion loyalty.promotion,
  replayed boolean
);

alter type loyalty.promotion_result owner to pit_owner;

comment on type loyalty.promotion_result is
  'The campaign, and whether an earlier call had done this already.';
--! EndIncluded loyalty/promotion_result.sql
--! Included loyalty/promotion_state.sql
-- Where a campaign stands, in one word, as a field of it. Worked out and not stored: time alone
-- moves a campaign from one state to the next.

create or replace function loyalty.promotion_state(promotion loyalty.promotion) returns text
language sql
stable
return case
  when promotion.published_at is null and promotion.ended_at is not null then 'discarded'
  when promotion.published_at is null then 'draft'
  when promotion.ended_at is not null then 'ended'
  when promotion.points_awarded = promotion.budget then 'used_up'
  when promotion.ends_at <= now() then 'over'
  when promotion.starts_at > now() then 'scheduled'
  else 'running'
end;

alter function loyalty.promotion_state(loyalty.promotion) owner to loyalty_service;
revoke all on function loyalty.promotion_state(loyalty.promotion) from public;
grant execute on function loyalty.promotion_state(loyalty.promotion) to pit_staff;

comment on function loyalty.promotion_state(loyalty.promotion) is
  'draft, discarded, scheduled, running, used_up, over, or ended by a person.';
--! EndIncluded loyalty/promotion_state.sql
--! Included loyalty/expiry_run.sql
-- One night's expiry: how far it has come and what it took. Runs are made of batches, each its own
-- transaction, so that players aren't locked for the whole of it; a run that was interrupted goes
-- on where it was.

set local role pit_owner;

create table loyalty.expiry_run (
  casino_id integer not null,
  gaming_day date not null,
  cut_off date not null,
  loyalty_policy_id uuid not null,
  points_valid_days integer not null,
  last_player_id uuid,
  players integer not null default 0,
  points bigint not null default 0,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  correlation_id text not null,
  primary key (casino_id, gaming_day),
  foreign key (casino_id, loyalty_policy_id) references loyalty.loyalty_policy on delete restrict,
  constraint cut_off_follows_from_the_policy check (cut_off = gaming_day - points_valid_days),
  constraint sums_are_not_negative check (players >= 0 and points >= players)
);

create index expiry_run_policy on loyalty.expiry_run (casino_id, loyalty_policy_id);

alter table loyalty.expiry_run enable row level security;
alter table loyalty.expiry_run force row level security;

create policy manage_all on loyalty.expiry_run to pit_owner using (true);
create policy select_own_casino on loyalty.expiry_run for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('loyalty:view_all'))
);
create policy serve_own_casino on loyalty.expiry_run for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.expiry_run for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.expiry_run for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.expiry_run to loyalty_service;
grant update (last_player_id, players, points, finished_at)
on loyalty.expiry_run to loyalty_service;
grant select on loyalty.expiry_run to pit_staff;

reset role;

comment on table loyalty.expiry_run is
  'A gaming day''s expiry of points: cut-off, progress and what it took.';
comment on column loyalty.expiry_run.cut_off is
  'Points that were earned on gaming days before this one expire, as far as they are left.';
comment on column loyalty.expiry_run.points_valid_days is
  'Days that points stay good, by the policy in force when the gaming day began.';
comment on column loyalty.expiry_run.last_player_id is
  'The run has dealt with the players up to this one.';
comment on column loyalty.expiry_run.players is 'Players who lost points in it.';
comment on column loyalty.expiry_run.points is 'Points that expired in it.';
--! EndIncluded loyalty/expiry_run.sql
--! Included loyalty/expiry_batch.sql
-- What one call of the expiry job did, for the worker: whether there is more to do, and the entries
-- for its log.

create type loyalty.expiry_batch as (
  cut_off date,
  finished boolean,
  players integer,
  points bigint,
  ledger_entries loyalty.loyalty_ledger[]
);

alter type loyalty.expiry_batch owner to pit_owner;

comment on type loyalty.expiry_batch is
  'The run''s cut-off (null when points don''t expire), whether it is finished, players and '
  'points of this batch, and its ledger entries.';
--! EndIncluded loyalty/expiry_batch.sql
--! Included loyalty/expiry_notice.sql
-- A line of the notice list: whom to tell that points will expire, when and how many. A player
-- has a line for each gaming day on which something goes.

create type loyalty.expiry_notice as (
  player_id uuid,
  player_name text,
  card_no text,
  tier text,
  current_balance bigint,
  expires_on date,
  points bigint
);

alter type loyalty.expiry_notice owner to pit_owner;

comment on type loyalty.expiry_notice is
  'A player, the balance now, the gaming day on which points expire, and how many if none are '
  'spent until then.';
--! EndIncluded loyalty/expiry_notice.sql
--! Included loyalty/liability_line.sql
-- Outstanding points of one tier and age, and what they will cost. Old points are likelier to
-- expire, high tiers to be spent: that is why both are told apart.

create type loyalty.liability_line as (
  tier text,
  tier_rank integer,
  age_from_days integer,
  age_to_days integer,
  players integer,
  points bigint,
  cost numeric,
  breakage numeric,
  expected_cost numeric
);

alter type loyalty.liability_line owner to pit_owner;

comment on type loyalty.liability_line is
  'Tier (rank 1 is the lowest), age of the points in gaming days (no upper end for the oldest), '
  'players who hold such points, the points, their cost in dollars if all are spent, the part '
  'that is assumed never to be spent, and what is left of the cost.';
--! EndIncluded loyalty/liability_line.sql
--! Included loyalty/liability_totals.sql
-- What all outstanding points will cost, in one row, with the assumptions it is worked out by: a
-- figure without them can't be checked.

create type loyalty.liability_totals as (
  gaming_day date,
  players integer,
  points bigint,
  cost_per_point numeric,
  breakage_rate numeric,
  points_valid_days integer,
  cost numeric,
  breakage numeric,
  expected_cost numeric,
  expiring_points bigint,
  ties boolean
);

alter type loyalty.liability_totals owner to pit_owner;

comment on type loyalty.liability_totals is
  'The running gaming day; players with points and the points; dollars per point, share that is '
  'assumed never to be spent and days that points stay good (null: for ever), by the policy in '
  'force; cost in dollars, the part never spent, and the rest; points that expire within 30 days; '
  'whether the ledger adds up to the balances.';
--! EndIncluded loyalty/liability_totals.sql
--! Included loyalty/liability_day.sql
-- One gaming day of the roll-forward: opening + earned - redeemed - expired + adjusted = closing,
-- and a day's closing is the next one's opening.

create type loyalty.liability_day as (
  gaming_day date,
  opening bigint,
  earned bigint,
  earned_by_play bigint,
  earned_as_reward bigint,
  earned_in_promotions bigint,
  redeemed bigint,
  expired bigint,
  adjusted bigint,
  of_it_reversals bigint,
  closing bigint
);

alter type loyalty.liability_day owner to pit_owner;

comment on type loyalty.liability_day is
  'Points outstanding when the gaming day began and ended, and what changed them: earned (by '
  'play, as rewards, in promotions), redeemed, expired, and adjusted (signed: adjustments and '
  'reversals).';
--! EndIncluded loyalty/liability_day.sql
--! Included loyalty/terms_in_force.sql
-- What counts now, in one row for each casino: the limits of the policy in force and the steps of
-- the tiers in force, until the next version of either begins. A copy of loyalty_policy and
-- loyalty_tier, written anew in the transaction that adds a version (loyalty._renew_terms), so
-- that an award reads one row. Outside valid_from to valid_until the versions themselves are asked.

set local role pit_owner;

create table loyalty.terms_in_force (
  casino_id integer not null references identity.casino on delete restrict,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  loyalty_policy_id uuid not null,
  reward_limit bigint not null,
  reward_reason_length integer not null,
  rewards_per_minute integer not null,
  approval_threshold bigint not null,
  free_limit bigint not null,
  tiers text[] not null,
  tier_floors bigint[] not null,
  staff_day_limit bigint,
  player_day_limit bigint,
  request_hours integer not null,
  standings_as_of timestamptz not null default now(),
  primary key (casino_id),
  foreign key (casino_id, loyalty_policy_id) references loyalty.loyalty_policy on delete restrict,
  constraint it_ends_after_it_begins check (valid_from < valid_until),
  constraint every_tier_has_its_floor check (cardinality(tiers) = cardinality(tier_floors))
);

create index terms_in_force_policy on loyalty.terms_in_force (casino_id, loyalty_policy_id);

alter table loyalty.terms_in_force enable row level security;
alter table loyalty.terms_in_force force row level security;

create policy manage_all on loyalty.terms_in_force to pit_owner using (true);
create policy serve_own_casino on loyalty.terms_in_force for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.terms_in_force for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.terms_in_force for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.terms_in_force to loyalty_service;
grant update (
  valid_from, valid_until, loyalty_policy_id, reward_limit, reward_reason_length,
  rewards_per_minute, approval_threshold, free_limit, tiers, tier_floors, staff_day_limit,
  player_day_limit, request_hours, standings_as_of
) on loyalty.terms_in_force to loyalty_service;

reset role;

comment on table loyalty.terms_in_force is
  'Copy of the policy''s limits and the tiers in force at a casino now, for the write path. The '
  'truth is in loyalty_policy and loyalty_tier.';
comment on column loyalty.terms_in_force.valid_until is
  'When the next version of policy or tiers begins; infinity when none is planned.';
comment on column loyalty.terms_in_force.free_limit is
  'The most points of one reward against which nothing has to be asked but the pace: 0 when there '
  'is a limit of a gaming day.';
comment on column loyalty.terms_in_force.tiers is 'Tiers from the lowest up.';
comment on column loyalty.terms_in_force.tier_floors is
  'Lifetime points from which each of tiers begins; the first is 0.';
comment on column loyalty.terms_in_force.standings_as_of is
  'When everybody''s tier was last set to the tiers in force (loyalty._move_standings).';
--! EndIncluded loyalty/terms_in_force.sql
--! Included loyalty/_tier_standing.sql
-- The tier rule (domain.md section 4), in one place: the highest tier whose threshold is
-- reached, in the version of the tiers that was in force. Every version has a tier from 0, so
-- the newest version's highest reached row is the first one of this order.

create or replace function loyalty._tier_standing(
  casino_id integer,
  lifetime bigint,
  at timestamptz
)
returns setof loyalty.tier_standing
language sql
stable
rows 1
begin atomic
  select
    t.tier,
    coalesce(
      round(
        (lifetime - t.threshold_points) * 100.0
        / (t.next_threshold_points - t.threshold_points)
      )::integer,
      100
    ),
    t.multiplier
  from loyalty.loyalty_tier as t
  where t.casino_id = _tier_standing.casino_id
    and t.effective_from <= at
    and t.threshold_points <= lifetime
  order by t.effective_from desc, t.threshold_points desc
  limit 1;
end;

alter function loyalty._tier_standing(integer, bigint, timestamptz) owner to loyalty_service;
revoke all on function loyalty._tier_standing(integer, bigint, timestamptz) from public;

comment on function loyalty._tier_standing(integer, bigint, timestamptz) is
  'Tier, progress and multiplier of so many lifetime points at a moment; no row without tiers.';
--! EndIncluded loyalty/_tier_standing.sql
--! Included loyalty/_terms_at.sql
-- The terms at any moment, from the versions of policy and tiers: what loyalty.terms_in_force is a
-- copy of. No row when a policy or the tiers are missing at that moment.

create or replace function loyalty._terms_at(casino_id integer, at timestamptz)
returns setof loyalty.terms_in_force
language sql
stable
rows 1
begin atomic
  select
    p.casino_id, greatest(p.effective_from, t.effective_from),
    least(
      coalesce(
        (
          select min(n.effective_from)
          from loyalty.loyalty_policy as n
          where n.casino_id = p.casino_id and n.effective_from > at
        ),
        'infinity'
      ),
      coalesce(
        (
          select min(n.effective_from)
          from loyalty.loyalty_tier as n
          where n.casino_id = p.casino_id and n.effective_from > at
        ),
        'infinity'
      )
    ),
    p.loyalty_policy_id, p.reward_limit, p.reward_reason_length, p.rewards_per_minute,
    p.approval_threshold,
    case
      when p.staff_day_limit is null and p.player_day_limit is null
        then least(p.reward_limit, p.approval_threshold - 1)
      else 0
    end,
    array_agg(t.tier order by t.threshold_points),
    array_agg(t.threshold_points order by t.threshold_points),
    p.staff_day_limit, p.player_day_limit, p.request_hours, now()
  from loyalty._policy_in_force(_terms_at.casino_id, at) as p
  join loyalty.loyalty_tier as t
    on t.casino_id = p.casino_id
    and t.effective_from = (
      select max(l.effective_from)
      from loyalty.loyalty_tier as l
      where l.casino_id = p.casino_id and l.effective_from <= at
    )
  group by
    p.casino_id, p.effective_from, p.loyalty_policy_id, p.reward_limit, p.reward_reason_length,
    p.rewards_per_minute, p.approval_threshold, p.staff_day_limit, p.player_day_limit,
    p.request_hours, t.effective_from;
end;

alter function loyalty._terms_at(integer, timestamptz) owner to loyalty_service;
revoke all on function loyalty._terms_at(integer, timestamptz) from public;

comment on function loyalty._terms_at(integer, timestamptz) is
  'Limits and tiers at a moment and the time for which they hold; no row when none are in force.';
--! EndIncluded loyalty/_terms_at.sql
--! Included loyalty/_copy_terms.sql
-- Copies what is in force at the running casino now into loyalty.terms_in_force, which the write
-- path reads: when a version is added, and when a planned one has begun.

create or replace function loyalty._copy_terms() returns void
language sql
volatile
begin atomic
  insert into loyalty.terms_in_force
  select t.* from loyalty._terms_at(identity._casino(), now()) as t
  on conflict (casino_id) do update
  set (
    valid_from, valid_until, loyalty_policy_id, reward_limit, reward_reason_length,
    rewards_per_minute, approval_threshold, free_limit, tiers, tier_floors, staff_day_limit,
    player_day_limit, request_hours
  ) = row(
    excluded.valid_from, excluded.valid_until, excluded.loyalty_policy_id,
    excluded.reward_limit, excluded.reward_reason_length, excluded.rewards_per_minute,
    excluded.approval_threshold, excluded.free_limit, excluded.tiers, excluded.tier_floors,
    excluded.staff_day_limit, excluded.player_day_limit, excluded.request_hours
  );
end;

alter function loyalty._copy_terms() owner to loyalty_service;
revoke all on function loyalty._copy_terms() from public;

comment on function loyalty._copy_terms() is 'Renews the running casino''s row of terms_in_force.';
--! EndIncluded loyalty/_copy_terms.sql
--! Included loyalty/_renew_terms.sql
-- Writes loyalty.terms_in_force anew whenever a version of the policy or the tiers is added,
-- whoever adds it. A version that begins later ends the copy's validity then; the calls after that
-- ask the versions until the copy is renewed.

create or replace function loyalty._renew_terms() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
begin
  perform set_config('pit.casino', new.casino_id::text, true);
  perform loyalty._copy_terms();
  return null;
end
$$;

alter function loyalty._renew_terms() owner to loyalty_service;
revoke all on function loyalty._renew_terms() from public;

create or replace trigger a_new_policy_renews_the_terms
after insert or update on loyalty.loyalty_policy
for each row execute function loyalty._renew_terms();
create or replace trigger new_tiers_renew_the_terms
after insert or update on loyalty.loyalty_tier
for each row execute function loyalty._renew_terms();

comment on function loyalty._renew_terms() is
  'Trigger of loyalty_policy and loyalty_tier: copies what is in force to terms_in_force.';
--! EndIncluded loyalty/_renew_terms.sql
--! Included loyalty/_terms.sql
-- The terms that an entry of this moment is written under: the row in force, or for moments outside
-- it what the versions say.

create or replace function loyalty._terms(at timestamptz) returns loyalty.terms_in_force
language plpgsql
stable
set search_path = ''
as $$
declare
  v_terms loyalty.terms_in_force;
begin
  select t.* into v_terms
  from loyalty.terms_in_force as t
  where t.casino_id = identity._casino() and at >= t.valid_from and at < t.valid_until;
  if not found then
    select t.* into v_terms from loyalty._terms_at(identity._casino(), at) as t;
  end if;
  if not found then
    perform ops._refuse('LYPOL', array[at::text]);
  end if;
  return v_terms;
end
$$;

alter function loyalty._terms(timestamptz) owner to loyalty_service;
revoke all on function loyalty._terms(timestamptz) from public;

comment on function loyalty._terms(timestamptz) is
  'Limits and tiers of the running call''s casino at a moment. Error: LYPOL.';
--! EndIncluded loyalty/_terms.sql
--! Included loyalty/_tier.sql
-- The tier of a player: the highest whose floor their lifetime points reach. An expression over the
-- terms that the caller has read already, so that an award doesn't look tiers up.

create or replace function loyalty._tier(tiers text[], tier_floors bigint[], lifetime bigint)
returns text
language sql
immutable
return tiers[width_bucket(lifetime, tier_floors)];

alter function loyalty._tier(text[], bigint[], bigint) owner to loyalty_service;
revoke all on function loyalty._tier(text[], bigint[], bigint) from public;

comment on function loyalty._tier(text[], bigint[], bigint) is
  'Tier of these lifetime points; the floors ascend from 0.';
--! EndIncluded loyalty/_tier.sql
--! Included loyalty/_tier_progress.sql
-- How far a player is on the way to the next tier, as screens and statements show it. The same
-- arithmetic as loyalty._tier_standing, over the terms that the caller has read already.

create or replace function loyalty._tier_progress(tier_floors bigint[], lifetime bigint)
returns integer
language sql
immutable
return coalesce(
  round(
    (lifetime - tier_floors[width_bucket(lifetime, tier_floors)]) * 100.0
    / (
      tier_floors[width_bucket(lifetime, tier_floors) + 1]
      - tier_floors[width_bucket(lifetime, tier_floors)]
    )
  )::integer,
  100
);

alter function loyalty._tier_progress(bigint[], bigint) owner to loyalty_service;
revoke all on function loyalty._tier_progress(bigint[], bigint) from public;

comment on function loyalty._tier_progress(bigint[], bigint) is
  'Percent of the way from the tier''s floor to the next, half-up; 100 at the top.';
--! EndIncluded loyalty/_tier_progress.sql
--! Included loyalty/_entry_hash.sql
-- One link of a player's chain: the hash before and the content. A changed, removed or inserted
-- entry no longer fits the hashes that follow.

create or replace function loyalty._entry_hash(previous_hash bytea, content bytea) returns bytea
language sql
immutable
parallel safe
return sha256(previous_hash || content);

alter function loyalty._entry_hash(bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._entry_hash(bytea, bytea) from public;

comment on function loyalty._entry_hash(bytea, bytea) is
  'SHA-256 over the previous entry''s hash and the content of loyalty._entry_content.';
--! EndIncluded loyalty/_entry_hash.sql
--! Included loyalty/chain_problem.sql
-- Something in a player's ledger that doesn't fit: whose it is and which entry, so that somebody
-- can look at it.

create type loyalty.chain_problem as (
  player_id uuid,
  entry_no bigint,
  problem text,
  detail text
);

alter type loyalty.chain_problem owner to pit_owner;

comment on type loyalty.chain_problem is
  'A player, the entry, one word for it (entry_changed, entry_missing, entry_unlinked, '
  'entry_extra, sum_wrong, standing_wrong, standing_missing) and a sentence.';
--! EndIncluded loyalty/chain_problem.sql
--! Included loyalty/chain_state.sql
-- What one pass over the ledger tells of each player: enough to know whether something is wrong,
-- and with whom, without looking at two entries at once.

create type loyalty.chain_state as (
  player_id uuid,
  entries bigint,
  intact boolean
);

alter type loyalty.chain_state owner to pit_owner;

comment on type loyalty.chain_state is
  'A player, how many entries there are, and whether every entry fits its hash, its predecessor '
  'and the player''s standing.';
--! EndIncluded loyalty/chain_state.sql
--! Included loyalty/chain_verification.sql
-- What verifying the ledger finds: also how much was looked at, so that "nothing wrong" can't mean
-- "nothing looked at".

create type loyalty.chain_verification as (
  players bigint,
  entries bigint,
  intact boolean,
  problems_found bigint,
  problems loyalty.chain_problem[]
);

alter type loyalty.chain_verification owner to pit_owner;

comment on type loyalty.chain_verification is
  'How many players and entries were verified, whether all of them fit, and the first 1000 '
  'problems.';
--! EndIncluded loyalty/chain_verification.sql
--! Included loyalty/drift.sql
-- A difference between a player's standing and what the ledger says it should be: what
-- reconciliation reports.

create type loyalty.drift as (
  player_id uuid,
  entry_no bigint,
  what text,
  expected text,
  actual text
);

alter type loyalty.drift owner to pit_owner;

comment on type loyalty.drift is
  'A player, the number of the newest entry in the ledger, the column of player_loyalty that '
  'differs, what the ledger says and what the standing says.';
--! EndIncluded loyalty/drift.sql
--! Included loyalty/explanation_step.sql
-- One line of the sum that led to an entry's points: a figure, and how it follows from the lines
-- before.

create type loyalty.explanation_step as (
  step_no integer,
  step text,
  figure numeric,
  how text
);

alter type loyalty.explanation_step owner to pit_owner;

comment on type loyalty.explanation_step is
  'Number, name and figure of a step, and how it follows from those before.';
--! EndIncluded loyalty/explanation_step.sql
--! Included loyalty/entry_explanation.sql
-- Why an entry has the points it has: a sum to follow, a paragraph to read out, and whether the sum
-- still gives what was posted.

create type loyalty.entry_explanation as (
  ledger_entry loyalty.loyalty_ledger,
  policy_name text,
  policy_version integer,
  recalculated_points bigint,
  agrees boolean,
  summary text,
  steps loyalty.explanation_step[]
);

alter type loyalty.entry_explanation owner to pit_owner;

comment on type loyalty.entry_explanation is
  'The entry; the policy version that priced it; the points recalculated from the record and '
  'whether they agree; one paragraph in English; the steps.';
--! EndIncluded loyalty/entry_explanation.sql
--! Included loyalty/statement_line.sql
-- One line of a player's statement: an entry in the player's words and the balance that it leads
-- to.

create type loyalty.statement_line as (
  entry_no bigint,
  gaming_day date,
  occurred_at timestamptz,
  transaction_type text,
  description text,
  points_change bigint,
  balance bigint
);

alter type loyalty.statement_line owner to pit_owner;

comment on type loyalty.statement_line is
  'An entry of the period in words, and the balance after it, reckoned from the opening balance.';
--! EndIncluded loyalty/statement_line.sql
--! Included loyalty/statement.sql
-- A player's statement for a period: what a player gets to see and may dispute, so its sums tie
-- from the opening to the closing balance.

create type loyalty.statement as (
  player_id uuid,
  player_name text,
  card_no text,
  casino_name text,
  first_day date,
  last_day date,
  opening_balance bigint,
  earned bigint,
  redeemed bigint,
  expired bigint,
  adjusted bigint,
  closing_balance bigint,
  tier text,
  made_at timestamptz,
  lines loyalty.statement_line[]
);

alter type loyalty.statement owner to pit_owner;

comment on type loyalty.statement is
  'opening + earned - redeemed - expired + adjusted (adjustments and reversals) = closing, and the '
  'entries of the gaming days from first_day to last_day.';
--! EndIncluded loyalty/statement.sql
--! Included loyalty/_post_entry.sql
-- The one function that writes ledger entries. The caller says what happened and holds the key
-- (loyalty._claim_key); this stamps who, where and when. The update takes the lock of the player's
-- standing and has before and after; the insert appends the entry with the next number and hash.
-- Plain arguments instead of a record, because a record is taken apart and put together at every
-- step; terms, when the caller has read them already.

create or replace function loyalty._post_entry(
  actor identity.actor,
  player_id uuid,
  points_change bigint,
  lifetime_change bigint,
  transaction_type loyalty.transaction_type,
  event_type text,
  source loyalty.entry_source,
  reason text,
  staff_id uuid,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid default null,
  visit_id uuid default null,
  reverses_entry_no bigint default null,
  correlation_id text default null,
  terms loyalty.terms_in_force default null,
  approved_by uuid default null
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  v_correlation_id text := coalesce(correlation_id, actor.correlation_id);
  v_gaming_day date := identity._gaming_day(
    actor.timezone, actor.gaming_day_start, occurred_at
  );
  v_moved record;
  v_result loyalty.ledger_result;
begin
  if terms.casino_id is null then
    terms := loyalty._terms(occurred_at);
  end if;

  update loyalty.player_loyalty as p
  set current_balance = p.current_balance + points_change,
    lifetime_points = p.lifetime_points + lifetime_change,
    tier = loyalty._tier(terms.tiers, terms.tier_floors, p.lifetime_points + lifetime_change),
    tier_progress = loyalty._tier_progress(
      terms.tier_floors, p.lifetime_points + lifetime_change
    ),
    last_entry_no = p.last_entry_no + 1,
    last_entry_hash = loyalty._entry_hash(
      p.last_entry_hash,
      loyalty._entry_content(
        actor.casino_id, player_id, p.last_entry_no + 1, transaction_type, event_type, source,
        points_change, p.current_balance, p.current_balance + points_change, p.tier,
        loyalty._tier(terms.tiers, terms.tier_floors, p.lifetime_points + lifetime_change),
        rating_slip_id, visit_id, reverses_entry_no, reason, staff_id, approved_by,
        v_correlation_id, idempotency_key, request_fingerprint, v_gaming_day, occurred_at, now()
      )
    ),
    updated_at = now()
  where p.casino_id = identity._casino()
    and p.player_id = _post_entry.player_id
    and p.current_balance + points_change >= 0
  returning
    new.last_entry_no as entry_no,
    old.current_balance as balance_before, new.current_balance as balance_after,
    old.tier as tier_before, new.tier as tier_after, new.tier_progress,
    old.last_entry_hash as previous_hash, new.last_entry_hash as entry_hash
  into v_moved;
  if not found then
    perform loyalty._refuse_move(player_id, points_change);
  end if;

  insert into loyalty.loyalty_ledger
  values (
    actor.casino_id, player_id, v_moved.entry_no, transaction_type, event_type, source,
    points_change, v_moved.balance_before, v_moved.balance_after,
    v_moved.tier_before, v_moved.tier_after,
    rating_slip_id, visit_id, reverses_entry_no, reason, staff_id, approved_by,
    v_correlation_id, idempotency_key, request_fingerprint, v_gaming_day, occurred_at, now(),
    v_moved.previous_hash, v_moved.entry_hash
  )
  returning
    loyalty_ledger, null, false, v_moved.balance_after, v_moved.tier_after,
    v_moved.tier_progress
  into v_result;
  return v_result;
end
$$;

alter function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, loyalty.transaction_type, text, loyalty.entry_source,
  text, uuid, text, bytea, timestamptz, uuid, uuid, bigint, text, loyalty.terms_in_force, uuid
) owner to loyalty_service;
revoke all on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, loyalty.transaction_type, text, loyalty.entry_source,
  text, uuid, text, bytea, timestamptz, uuid, uuid, bigint, text, loyalty.terms_in_force, uuid
) from public;

comment on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, loyalty.transaction_type, text, loyalty.entry_source,
  text, uuid, text, bytea, timestamptz, uuid, uuid, bigint, text, loyalty.terms_in_force, uuid
) is
  'Appends one entry, moves the balance by points_change and the lifetime points by '
  'lifetime_change, and sets the tier in force at occurred_at. Errors: RSPLR, LYBAL with the '
  'shortfall, LYPOL.';
--! EndIncluded loyalty/_post_entry.sql
--! Included loyalty/entry_draft.sql
-- An entry that is to be posted in bulk: what the caller says of it. Number, balances, tiers,
-- gaming day and hashes are loyalty._post_entries' business.

create type loyalty.entry_draft as (
  player_id uuid,
  transaction_type loyalty.transaction_type,
  event_type text,
  source loyalty.entry_source,
  points_change bigint,
  rating_slip_id uuid,
  visit_id uuid,
  reverses_entry_no bigint,
  reason text,
  staff_id uuid,
  approved_by uuid,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz
);

alter type loyalty.entry_draft owner to pit_owner;

comment on type loyalty.entry_draft is 'A ledger entry before it is posted in bulk.';
--! EndIncluded loyalty/entry_draft.sql
--! Included loyalty/unposted_entry.sql
-- What became of a draft that loyalty._post_entries didn't post: its place in the list and why.
-- (Drafts that became entries aren't told of one by one: they are in the ledger.)

create type loyalty.unposted_entry as (
  draft_no bigint,
  idempotency_key text,
  replayed boolean,
  refusal text
);

alter type loyalty.unposted_entry owner to pit_owner;

comment on type loyalty.unposted_entry is
  'A draft that made no entry: replayed (its key was used for the same before), or refused.';
comment on column loyalty.unposted_entry.refusal is
  'SQLSTATE: LYIDM another request, RSPLR no such player, LYBAL balance short; null: replayed.';
--! EndIncluded loyalty/unposted_entry.sql
--! Included loyalty/_move_balance.sql
-- One step of loyalty._running_balance: a move that the balance doesn't suffice for is left out,
-- and whatever follows goes on from the balance before it.

create or replace function loyalty._move_balance(
  balance bigint,
  opening_balance bigint,
  points_change bigint
) returns bigint
language sql
immutable
return case
  when coalesce(balance, opening_balance) + points_change >= 0
    then coalesce(balance, opening_balance) + points_change
  else coalesce(balance, opening_balance)
end;

alter function loyalty._move_balance(bigint, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._move_balance(bigint, bigint, bigint) from public;

comment on function loyalty._move_balance(bigint, bigint, bigint) is
  'Balance after a move, or the balance before it when it would fall below 0.';
--! EndIncluded loyalty/_move_balance.sql
--! Included loyalty/_running_balance.sql
-- The balance of a player entry by entry, in one pass over many: a sum that never goes below zero,
-- because what would take it there is refused. An aggregate, to be used as a window function.

create or replace aggregate loyalty._running_balance(
  opening_balance bigint,
  points_change bigint
) (
  sfunc = loyalty._move_balance,
  stype = bigint
);

alter aggregate loyalty._running_balance(bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._running_balance(bigint, bigint) from public;

comment on aggregate loyalty._running_balance(bigint, bigint) is
  'Balance after each move, in the window''s order, from the opening balance on; a move that would '
  'take it below 0 leaves it as it is.';
--! EndIncluded loyalty/_running_balance.sql
--! Included loyalty/_add_link.sql
-- One step of loyalty._running_hash: the link that follows the one before, or for the first of a
-- window the player's last one.

create or replace function loyalty._add_link(
  entry_hash bytea,
  last_entry_hash bytea,
  content bytea
) returns bytea
language sql
immutable
return sha256(coalesce(entry_hash, last_entry_hash) || content);

alter function loyalty._add_link(bytea, bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._add_link(bytea, bytea, bytea) from public;

comment on function loyalty._add_link(bytea, bytea, bytea) is
  'Hash of the next entry, as loyalty._entry_hash computes it.';
--! EndIncluded loyalty/_add_link.sql
--! Included loyalty/_running_hash.sql
-- A player's chain of hashes entry by entry, in one pass over many. An aggregate, to be used as a
-- window function.

create or replace aggregate loyalty._running_hash(last_entry_hash bytea, content bytea) (
  sfunc = loyalty._add_link,
  stype = bytea
);

alter aggregate loyalty._running_hash(bytea, bytea) owner to loyalty_service;
revoke all on function loyalty._running_hash(bytea, bytea) from public;

comment on aggregate loyalty._running_hash(bytea, bytea) is
  'Hash of each entry in the window''s order, the first chained to the player''s last one.';
--! EndIncluded loyalty/_running_hash.sql
--! Included loyalty/_terms_between.sql
-- The terms of a stretch of time, one row for each version of policy or tiers that begins in it: so
-- that entries posted in bulk find theirs by a join instead of asking one by one.

create or replace function loyalty._terms_between(first_at timestamptz, last_at timestamptz)
returns setof loyalty.terms_in_force
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select distinct on (t.valid_from) t.*
  from (
    select first_at
    union
    select p.effective_from
    from loyalty.loyalty_policy as p
    where p.casino_id = identity._casino()
      and p.effective_from > first_at
      and p.effective_from <= last_at
    union
    select r.effective_from
    from loyalty.loyalty_tier as r
    where r.casino_id = identity._casino()
      and r.effective_from > first_at
      and r.effective_from <= last_at
  ) as b (begins_at)
  cross join lateral loyalty._terms(b.begins_at) as t
  where first_at is not null
  order by t.valid_from;
end
$$;

alter function loyalty._terms_between(timestamptz, timestamptz) owner to loyalty_service;
revoke all on function loyalty._terms_between(timestamptz, timestamptz) from public;

comment on function loyalty._terms_between(timestamptz, timestamptz) is
  'Limits and tiers of the running call''s casino from one moment to another, without gaps. '
  'Error: LYPOL when there are none at one of them.';
--! EndIncluded loyalty/_terms_between.sql
--! Included loyalty/_post_entries.sql
-- The twin of loyalty._post_entry for many entries at once, for imports: the same numbers,
-- balances, tiers, gaming days and hashes, in one pass over all of them. A player's drafts are
-- posted in the order of the list; standings are locked in the order of their ids. A draft that
-- can't be posted is left out and given back, and what follows goes on without it. Lifetime points
-- follow from the kind of entry: what is positive counts, a reversal takes back what counted.

create or replace function loyalty._post_entries(
  actor identity.actor,
  drafts loyalty.entry_draft[]
) returns setof loyalty.unposted_entry
language plpgsql
volatile
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_terms loyalty.terms_in_force[];
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
    and p.player_id in (select d.player_id from unnest(drafts) as d)
  order by p.player_id
  for no key update;

  v_terms := array(
    select t
    from (select min(d.occurred_at), max(d.occurred_at) from unnest(drafts) as d)
      as m (first_at, last_at)
    cross join lateral loyalty._terms_between(m.first_at, m.last_at) as t
  );

  return query
  with draft as materialized (
    select
      d.*, p.current_balance, p.lifetime_points, p.tier, p.last_entry_no, p.last_entry_hash,
      (
        select l.request_fingerprint
        from loyalty.loyalty_ledger as l
        where l.casino_id = identity._casino() and l.idempotency_key = d.idempotency_key
      ) as used_for
    from unnest(drafts) with ordinality as d (
      player_id, transaction_type, event_type, source, points_change, rating_slip_id, visit_id,
      reverses_entry_no, reason, staff_id, approved_by, idempotency_key, request_fingerprint,
      occurred_at, draft_no
    )
    left join loyalty.player_loyalty as p
      on p.casino_id = identity._casino() and p.player_id = d.player_id
  ),
  moved as materialized (
    select
      d.*,
      loyalty._running_balance(d.current_balance, d.points_change)
        over (partition by d.player_id order by d.draft_no rows unbounded preceding)
        as balance_after
    from draft as d
    where d.used_for is null and d.current_balance is not null
  ),
  balanced as (
    select
      m.*,
      lag(m.balance_after, 1, m.current_balance)
        over (partition by m.player_id order by m.draft_no) as balance_before
    from moved as m
  ),
  numbered as (
    select
      b.*,
      b.last_entry_no + row_number() over w as entry_no,
      (
        b.lifetime_points + sum(
          case b.transaction_type
            when 'REVERSAL' then least(b.points_change, 0)
            else greatest(b.points_change, 0)
          end
        ) over w
      )::bigint as lifetime_after
    from balanced as b
    where b.balance_after <> b.balance_before
    window w as (partition by b.player_id order by b.draft_no rows unbounded preceding)
  ),
  standing as (
    select
      n.*,
      loyalty._tier(t.tiers, t.tier_floors, n.lifetime_after) as tier_after,
      loyalty._tier_progress(t.tier_floors, n.lifetime_after) as progress_after,
      identity._gaming_day(actor.timezone, actor.gaming_day_start, n.occurred_at) as gaming_day
    from numbered as n
    join unnest(v_terms) as t on n.occurred_at >= t.valid_from and n.occurred_at < t.valid_until
  ),
  written as (
    select
      s.*,
      lag(s.tier_after, 1, s.tier) over (partition by s.player_id order by s.draft_no)
        as tier_before
    from standing as s
  ),
  chained as materialized (
    select
      w.*,
      loyalty._running_hash(
        w.last_entry_hash,
        loyalty._entry_content(
          actor.casino_id, w.player_id, w.entry_no, w.transaction_type, w.event_type, w.source,
          w.points_change, w.balance_before, w.balance_after, w.tier_before, w.tier_after,
          w.rating_slip_id, w.visit_id, w.reverses_entry_no, w.reason, w.staff_id, w.approved_by,
          actor.correlation_id, w.idempotency_key, w.request_fingerprint, w.gaming_day,
          w.occurred_at, now()
        )
      ) over (partition by w.player_id order by w.draft_no rows unbounded preceding)
        as entry_hash
    from written as w
  ),
  posted as (
    insert into loyalty.loyalty_ledger
    select
      actor.casino_id, c.player_id, c.entry_no, c.transaction_type, c.event_type, c.source,
      c.points_change, c.balance_before, c.balance_after, c.tier_before, c.tier_after,
      c.rating_slip_id, c.visit_id, c.reverses_entry_no, c.reason, c.staff_id, c.approved_by,
      actor.correlation_id, c.idempotency_key, c.request_fingerprint, c.gaming_day,
      c.occurred_at, now(),
      lag(c.entry_hash, 1, c.last_entry_hash) over (partition by c.player_id order by c.draft_no),
      c.entry_hash
    from chained as c
  ),
  kept as (
    update loyalty.player_loyalty as p
    set current_balance = c.balance_after,
      lifetime_points = c.lifetime_after,
      tier = c.tier_after,
      tier_progress = c.progress_after,
      last_entry_no = c.entry_no,
      last_entry_hash = c.entry_hash,
      updated_at = now()
    from (
      select distinct on (h.player_id) h.* from chained as h order by h.player_id, h.draft_no desc
    ) as c
    where p.casino_id = identity._casino() and p.player_id = c.player_id
  )
  select
    d.draft_no, d.idempotency_key, coalesce(d.used_for = d.request_fingerprint, false),
    case when d.used_for is null then 'RSPLR' when d.used_for <> d.request_fingerprint then 'LYIDM'
    end
  from draft as d
  where d.used_for is not null or d.current_balance is null
  union all
  select b.draft_no, b.idempotency_key, false, 'LYBAL'
  from balanced as b
  where b.balance_after = b.balance_before;
end
$$;

alter function loyalty._post_entries(identity.actor, loyalty.entry_draft[])
owner to loyalty_service;
revoke all on function loyalty._post_entries(identity.actor, loyalty.entry_draft[]) from public;
grant execute on function loyalty._post_entries(identity.actor, loyalty.entry_draft[])
to ops_service;

comment on function loyalty._post_entries(identity.actor, loyalty.entry_draft[]) is
  'Appends entries in bulk and moves the balances, and gives back the drafts that made no entry. '
  'No key may be twice in the list. Error: LYPOL.';
--! EndIncluded loyalty/_post_entries.sql
--! Included loyalty/_request_of_key.sql
-- For an import, which may not read the ledger: what a key was used for, so that a row that can't
-- be posted is still known when it was posted before.

create or replace function loyalty._request_of_key(idempotency_key text) returns bytea
language sql
stable
security definer
set search_path = ''
return (
  select l.request_fingerprint
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = _request_of_key.idempotency_key
);

alter function loyalty._request_of_key(text) owner to loyalty_service;
revoke all on function loyalty._request_of_key(text) from public;
grant execute on function loyalty._request_of_key(text) to ops_service;

comment on function loyalty._request_of_key(text) is
  'Fingerprint of the request that made the key''s ledger entry; null when the key is new.';
--! EndIncluded loyalty/_request_of_key.sql
--! Included loyalty/imported_standing.sql
-- What an import led to for one player, for its report: the standing as it is now, and what of the
-- balance came from imports.

create type loyalty.imported_standing as (
  player_id uuid,
  current_balance bigint,
  lifetime_points bigint,
  tier text,
  entries bigint,
  points numeric,
  imported_points numeric
);

alter type loyalty.imported_standing owner to pit_owner;

comment on type loyalty.imported_standing is 'A player''s standing after an import.';
comment on column loyalty.imported_standing.points is 'Sum of all of the player''s entries.';
comment on column loyalty.imported_standing.imported_points is
  'Sum of the imported ones that were not reversed.';
--! EndIncluded loyalty/imported_standing.sql
--! Included loyalty/_imported_standings.sql
-- Reads an import's result back from ledger and standings, for a list of players at once: loyalty's
-- tables are read by loyalty alone.

create or replace function loyalty._imported_standings(player_ids uuid[])
returns setof loyalty.imported_standing
language sql
stable
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
begin atomic
  select
    p.player_id, p.current_balance, p.lifetime_points, p.tier, coalesce(e.entries, 0),
    coalesce(e.points, 0), coalesce(e.imported_points, 0)
  from unnest(_imported_standings.player_ids) as i (player_id)
  join loyalty.player_loyalty as p
    on p.casino_id = identity._casino() and p.player_id = i.player_id
  left join (
    select
      l.player_id, count(*) as entries, sum(l.points_change) as points,
      sum(l.points_change) filter (
        where l.event_type = 'LEGACY_IMPORTED' and r.player_id is null
      ) as imported_points
    from loyalty.loyalty_ledger as l
    left join loyalty.loyalty_ledger as r
      on r.casino_id = identity._casino()
      and r.player_id = l.player_id
      and r.reverses_entry_no = l.entry_no
    where l.casino_id = identity._casino()
    group by l.player_id
  ) as e on e.player_id = i.player_id;
end;

alter function loyalty._imported_standings(uuid[]) owner to loyalty_service;
revoke all on function loyalty._imported_standings(uuid[]) from public;
grant execute on function loyalty._imported_standings(uuid[]) to ops_service;

comment on function loyalty._imported_standings(uuid[]) is
  'Standing, number and sum of entries and imported points of each of these players.';
--! EndIncluded loyalty/_imported_standings.sql
--! Included loyalty/_undo_import.sql
-- Compensates what one import posted for some players: a reversal for each entry. Debits are taken
-- back first, so that on the way no balance falls below where it ends. A player who has spent the
-- points is left alone as a whole. What is reversed stays reversed: calling it again is safe.

create or replace function loyalty._undo_import(
  actor identity.actor,
  imported_as text,
  player_ids uuid[],
  reason text,
  out undone bigint,
  out players_left bigint
)
language plpgsql
volatile
security definer
set search_path = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_drafts loyalty.entry_draft[];
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = any (_undo_import.player_ids)
  order by p.player_id
  for no key update;

  with imported as (
    select l.*, p.current_balance, sum(l.points_change) over (partition by l.player_id) as points
    from loyalty.loyalty_ledger as l
    join loyalty.player_loyalty as p
      on p.casino_id = identity._casino() and p.player_id = l.player_id
    where l.casino_id = identity._casino()
      and l.player_id = any (_undo_import.player_ids)
      and l.event_type = 'LEGACY_IMPORTED'
      and l.correlation_id = _undo_import.imported_as
      and not exists (
        select
        from loyalty.loyalty_ledger as r
        where r.casino_id = identity._casino()
          and r.player_id = l.player_id
          and r.reverses_entry_no = l.entry_no
      )
  )
  select
    array_agg(
      row(
        i.player_id, 'REVERSAL', 'ENTRY_REVERSED', 'import', -i.points_change,
        i.rating_slip_id, i.visit_id, i.entry_no, _undo_import.reason, actor.staff_id, null,
        'pit:undo:' || i.idempotency_key,
        ops._fingerprint(jsonb_build_array(
          'reverse_entry', i.player_id, i.entry_no, _undo_import.reason
        )),
        now()
      )::loyalty.entry_draft
      order by i.player_id, sign(i.points_change), i.entry_no desc
    ) filter (where i.points <= i.current_balance),
    count(distinct i.player_id) filter (where i.points > i.current_balance)
  into v_drafts, players_left
  from imported as i;

  undone := coalesce(cardinality(v_drafts), 0)
    - (select count(*) from loyalty._post_entries(actor, v_drafts));
end
$$;

alter function loyalty._undo_import(identity.actor, text, uuid[], text) owner to loyalty_service;
revoke all on function loyalty._undo_import(identity.actor, text, uuid[], text) from public;
grant execute on function loyalty._undo_import(identity.actor, text, uuid[], text)
to ops_service;

comment on function loyalty._undo_import(identity.actor, text, uuid[], text) is
  'Reverses the entries that were imported under this correlation id for these players. Gives the '
  'number of reversals, and of players who have spent what they would have to give back.';
--! EndIncluded loyalty/_undo_import.sql
--! Included loyalty/_used_key.sql
-- What a key has made so far: a ledger entry or a request for approval. To be asked under the key's
-- lock (loyalty._claim_key), or two calls with one key would both find nothing.

create or replace function loyalty._used_key(idempotency_key text)
returns table (entry loyalty.loyalty_ledger, request loyalty.reward_request)
language sql
stable
rows 1
begin atomic
  select
    (
      select l
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino()
        and l.idempotency_key = _used_key.idempotency_key
    ),
    (
      select r
      from loyalty.reward_request as r
      where r.casino_id = identity._casino()
        and r.idempotency_key = _used_key.idempotency_key
    );
end;

alter function loyalty._used_key(text) owner to loyalty_service;
revoke all on function loyalty._used_key(text) from public;

comment on function loyalty._used_key(text) is
  'Ledger entry and request that a key made; nulls when the key is new.';
--! EndIncluded loyalty/_used_key.sql
--! Included loyalty/_first_result.sql
-- What a key that was used gives again: the entry or request that it made, with the player's
-- standing now. The same key with another request is refused.

create or replace function loyalty._first_result(
  entry loyalty.loyalty_ledger,
  request loyalty.reward_request,
  fingerprint bytea
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result loyalty.ledger_result;
begin
  if coalesce(entry.request_fingerprint, request.request_fingerprint) <> fingerprint then
    perform ops._refuse('LYIDM');
  end if;
  select entry, request, true, p.current_balance, p.tier, p.tier_progress
  into v_result
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
    and p.player_id = coalesce(entry.player_id, request.player_id);
  return v_result;
end
$$;

alter function loyalty._first_result(
  loyalty.loyalty_ledger, loyalty.reward_request, bytea
) owner to loyalty_service;
revoke all on function loyalty._first_result(
  loyalty.loyalty_ledger, loyalty.reward_request, bytea
) from public;

comment on function loyalty._first_result(
  loyalty.loyalty_ledger, loyalty.reward_request, bytea
) is
  'First result of a key, with replayed = true. Error: LYIDM when the request was another.';
--! EndIncluded loyalty/_first_result.sql
--! Included loyalty/_claim_key.sql
-- First step of every command on points: takes the key's lock, so that calls with one key come
-- one after the other, and looks whether the key was used. 50 calls at once make one entry and
-- 49 replays; the same key for another request is refused.

create or replace function loyalty._claim_key(
  actor identity.actor,
  idempotency_key text,
  fingerprint bytea
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, idempotency_key);
  v_used record;
begin
  select u.entry, u.request into v_used
  from loyalty._used_key(_claim_key.idempotency_key) as u;
  if v_used.entry is distinct from null or v_used.request is distinct from null then
    return loyalty._first_result(v_used.entry, v_used.request, fingerprint);
  end if;
  return null;
end
$$;

alter function loyalty._claim_key(identity.actor, text, bytea) owner to loyalty_service;
revoke all on function loyalty._claim_key(identity.actor, text, bytea) from public;

comment on function loyalty._claim_key(identity.actor, text, bytea) is
  'Locks a key until the transaction ends and gives its first result with replayed = true, or a '
  'row of nulls when the key is new. Error: LYIDM.';
--! EndIncluded loyalty/_claim_key.sql
--! Included loyalty/_slip_outcome.sql
-- Describes where a closed slip's award stands: awarded, replayed or pending. While it is pending
-- there are no points to tell, not even 0.

create or replace function loyalty._slip_outcome(
  slip floor.slip_telemetry,
  outcome text,
  entry loyalty.loyalty_ledger,
  theoretical_win numeric,
  correlation_id text
) returns loyalty.slip_outcome
language plpgsql
stable
set search_path = ''
as $$
declare
  v_result loyalty.slip_outcome;
begin
  v_result.outcome := _slip_outcome.outcome;
  v_result.replayed := _slip_outcome.outcome = 'replayed';
  v_result.ledger_entry := entry;
  v_result.correlation_id := coalesce(entry.correlation_id, _slip_outcome.correlation_id);
  if _slip_outcome.outcome <> 'pending' then
    v_result.points := coalesce(entry.points_change, 0);
  end if;
  v_result.theoretical_win := round(_slip_outcome.theoretical_win, 2);
  select
    p.current_balance, p.lifetime_points, p.tier, p.tier_progress,
    case
      when entry.entry_no is null then v_result.points
      else (
        select coalesce(sum(a.points), 0)
        from loyalty.promotion_award as a
        where a.casino_id = identity._casino() and a.rating_slip_id = slip.rating_slip_id
      )
    end
  into
    v_result.current_balance, v_result.lifetime_points, v_result.tier, v_result.tier_progress,
    v_result.promotion_points
  from loyalty.player_loyalty as p
  where p.casino_id = slip.casino_id and p.player_id = slip.player_id;
  return v_result;
end
$$;

alter function loyalty._slip_outcome(
  floor.slip_telemetry, text, loyalty.loyalty_ledger, numeric, text
) owner to loyalty_service;
revoke all on function loyalty._slip_outcome(
  floor.slip_telemetry, text, loyalty.loyalty_ledger, numeric, text
) from public;

comment on function loyalty._slip_outcome(
  floor.slip_telemetry, text, loyalty.loyalty_ledger, numeric, text
) is 'The result of completing or recovering a slip.';
--! EndIncluded loyalty/_slip_outcome.sql
--! Included loyalty/_award_promotions.sql
-- What the campaigns add to a slip's points, each in an entry of its own: the campaign's factor on
-- what play earned, rounded half-up, less what play earned. A bonus is given whole or not at all:
-- the update of the campaign's row decides, so however many slips close at once, the budget holds.
-- Campaigns are taken in the order of their ids, after the player's row: nobody waits in a circle.

create or replace function loyalty._award_promotions(
  actor identity.actor,
  slip floor.slip_telemetry,
  entry loyalty.loyalty_ledger,
  correlation_id text
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_promotion record;
  v_bonus numeric;
  v_entry_no bigint;
begin
  for v_promotion in
    select p.promotion_id, p.name, p.multiplier
    from loyalty.promotion as p
    where p.casino_id = identity._casino()
      and p.published_at is not null
      and p.ends_at > slip.closed_at
      and p.starts_at <= slip.closed_at
      and (p.ended_at is null or p.ended_at > slip.closed_at)
      and (p.game_codes is null or slip.game_code = any (p.game_codes))
      and (p.table_ids is null or slip.table_id = any (p.table_ids))
      and (p.tiers is null or entry.tier_before = any (p.tiers))
      and p.points_awarded < p.budget
    order by p.promotion_id
  loop
    v_bonus := round(entry.points_change * v_promotion.multiplier) - entry.points_change;
    continue when v_bonus = 0;
    update loyalty.promotion as p
    set points_awarded = p.points_awarded + v_bonus::bigint, slips_awarded = p.slips_awarded + 1
    where p.casino_id = identity._casino()
      and p.promotion_id = v_promotion.promotion_id
      and p.points_awarded + v_bonus <= p.budget
      and (p.ended_at is null or p.ended_at > slip.closed_at);
    continue when not found;

    v_entry_no := ((
      loyalty._post_entry(
        actor, slip.player_id, v_bonus::bigint, v_bonus::bigint,
        'PROMOTION', 'RATING_SLIP_COMPLETED', 'promotion', v_promotion.name, slip.closed_by,
        format('pit:promotion:%s:%s', v_promotion.promotion_id, slip.rating_slip_id),
        ops._fingerprint(jsonb_build_array(
          'award_promotion', v_promotion.promotion_id, slip.rating_slip_id
        )),
        slip.closed_at, slip.rating_slip_id, slip.visit_id,
        correlation_id => _award_promotions.correlation_id
      )
    ).ledger_entry).entry_no;
    insert into loyalty.promotion_award (
      casino_id, promotion_id, rating_slip_id, player_id, entry_no, points
    )
    values (
      actor.casino_id, v_promotion.promotion_id, slip.rating_slip_id, slip.player_id, v_entry_no,
      v_bonus::bigint
    );
  end loop;
end
$$;

alter function loyalty._award_promotions(
  identity.actor, floor.slip_telemetry, loyalty.loyalty_ledger, text
) owner to loyalty_service;
revoke all on function loyalty._award_promotions(
  identity.actor, floor.slip_telemetry, loyalty.loyalty_ledger, text
) from public;

comment on function loyalty._award_promotions(
  identity.actor, floor.slip_telemetry, loyalty.loyalty_ledger, text
) is
  'Posts the PROMOTION entries of a slip whose GAMEPLAY entry was just written, at most one for '
  'each campaign whose window, scope and budget it fits.';
--! EndIncluded loyalty/_award_promotions.sql
--! Included loyalty/_award_slip.sql
-- Posts a slip's points once: the key is made from the slip. The player's row is locked before
-- pricing, so that the tier before the accrual is the one that counts. 0 points make no entry, and
-- nothing for a campaign to multiply.

create or replace function loyalty._award_slip(
  actor identity.actor,
  slip floor.slip_telemetry,
  correlation_id text
) returns loyalty.slip_outcome
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_calculation loyalty.points_calculation;
  v_entry loyalty.loyalty_ledger;
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = slip.casino_id and p.player_id = slip.player_id
  for no key update;

  v_calculation := loyalty._slip_points(slip);
  if v_calculation.points > 0 then
    v_entry := (
      loyalty._post_entry(
        actor, slip.player_id, v_calculation.points, v_calculation.points,
        'GAMEPLAY', 'RATING_SLIP_COMPLETED', 'system', null, slip.closed_by,
        loyalty._slip_key(slip.rating_slip_id),
        ops._fingerprint(jsonb_build_array('accrue_rating_slip', slip.rating_slip_id)),
        slip.closed_at, slip.rating_slip_id, slip.visit_id,
        correlation_id => _award_slip.correlation_id
      )
    ).ledger_entry;
    perform loyalty._award_promotions(actor, slip, v_entry, _award_slip.correlation_id);
  end if;
  return loyalty._slip_outcome(
    slip, 'awarded', v_entry, v_calculation.theoretical_win, _award_slip.correlation_id
  );
end
$$;

alter function loyalty._award_slip(identity.actor, floor.slip_telemetry, text)
owner to loyalty_service;
revoke all on function loyalty._award_slip(identity.actor, floor.slip_telemetry, text)
from public;

comment on function loyalty._award_slip(identity.actor, floor.slip_telemetry, text) is
  'Posts the GAMEPLAY entry of a closed slip, none when it is worth 0 points, and the PROMOTION '
  'entries beside it. The caller holds the slip''s key. Errors: those of _slip_points and '
  '_post_entry.';
--! EndIncluded loyalty/_award_slip.sql
--! Included loyalty/accrue_rating_slip.sql
-- What a closed slip earns, exactly once. floor calls it in the transaction that closes the
-- slip. When the award fails, the slip must not stay open for that: the failure is recorded, a
-- job to recover it is queued in the same transaction, and the outcome is pending. Calling it
-- again retries. Conflicts between transactions, lock timeouts and failing machines are not
-- outcomes: they are raised, and the whole command is repeated.

create or replace function loyalty.accrue_rating_slip(
  actor identity.actor,
  slip floor.slip_telemetry
)
returns loyalty.slip_outcome
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_entry loyalty.loyalty_ledger;
  v_failure loyalty.accrual_failure;
  v_outcome loyalty.slip_outcome;
  v_code text;
  v_message text;
begin
  v_entry := (
    loyalty._claim_key(
      actor,
      loyalty._slip_key(slip.rating_slip_id),
      ops._fingerprint(jsonb_build_array('accrue_rating_slip', slip.rating_slip_id))
    )
  ).ledger_entry;
  if v_entry.entry_no is not null then
    return loyalty._slip_outcome(
      slip, 'replayed', v_entry, (loyalty._slip_points(slip)).theoretical_win, null
    );
  end if;

  select * into v_failure
  from loyalty.accrual_failure as f
  where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;

  begin
    v_outcome := loyalty._award_slip(
      actor, slip, coalesce(v_failure.correlation_id, actor.correlation_id)
    );
  exception when others then
    get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
    if left(v_code, 2) in ('40', '53', '55', '57', '58', 'XX') then
      raise;
    end if;
    insert into loyalty.accrual_failure as f (
      casino_id, rating_slip_id, player_id, sqlstate, message, correlation_id
    )
    values (
      slip.casino_id, slip.rating_slip_id, slip.player_id, v_code, v_message,
      actor.correlation_id
    )
    on conflict (casino_id, rating_slip_id) do update
    set sqlstate = excluded.sqlstate, message = excluded.message,
      attempts = f.attempts + 1, last_attempt_at = now();
    if v_failure.rating_slip_id is null then
      perform ops._queue_job(
        'loyalty/recover_accruals',
        jsonb_build_object(
          'rating_slip_id', slip.rating_slip_id,
          'correlation_id', actor.correlation_id
        ),
        loyalty._slip_key(slip.rating_slip_id)
      );
    end if;
    return loyalty._slip_outcome(
      slip, 'pending', null, null, coalesce(v_failure.correlation_id, actor.correlation_id)
    );
  end;

  if v_failure.rating_slip_id is not null and v_failure.resolved_at is null then
    update loyalty.accrual_failure as f
    set resolved_at = now(), attempts = f.attempts + 1, last_attempt_at = now()
    where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;
  end if;
  return v_outcome;
end
$$;

alter function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
owner to loyalty_service;
revoke all on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
from public;
grant execute on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry)
to floor_service;

comment on function loyalty.accrue_rating_slip(identity.actor, floor.slip_telemetry) is
  'Posts what a closed slip earned, once, and says awarded, replayed or pending. For floor''s '
  'functions only. Raises errors of classes 40, 53, 55, 57, 58 and XX; every other failure is '
  'pending.';
--! EndIncluded loyalty/accrue_rating_slip.sql
--! Included loyalty/_open_standings.sql
-- loyalty._open_player_loyalty for a list of newly enrolled players, in the transaction of their
-- enrolment.

create or replace function loyalty._open_standings(player_ids uuid[], enrolled_at timestamptz[])
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_players bigint := coalesce(cardinality(player_ids), 0);
  v_opened bigint;
begin
  insert into loyalty.player_loyalty (casino_id, player_id, tier, tier_progress)
  select identity._casino(), p.player_id, s.tier, s.tier_progress
  from unnest(_open_standings.player_ids, _open_standings.enrolled_at) as p (player_id, at)
  cross join lateral loyalty._tier_standing(identity._casino(), 0, p.at) as s;
  get diagnostics v_opened = row_count;
  if v_opened < v_players then
    perform ops._refuse(
      'LYPOL', array[(select min(a.at) from unnest(_open_standings.enrolled_at) as a (at))::text]
    );
  end if;
end
$$;

alter function loyalty._open_standings(uuid[], timestamptz[]) owner to loyalty_service;
revoke all on function loyalty._open_standings(uuid[], timestamptz[]) from public;
grant execute on function loyalty._open_standings(uuid[], timestamptz[]) to floor_service;

comment on function loyalty._open_standings(uuid[], timestamptz[]) is
  'Creates the players'' balance rows with the lowest tier. Error: LYPOL without tiers.';
--! EndIncluded loyalty/_open_standings.sql
--! Included loyalty/_recent_awards.sql
-- The manual rewards that a person gave by themselves in these 60 seconds. One set, so that it
-- becomes part of the query that asks.

create or replace function loyalty._recent_awards(staff_id uuid)
returns table (created_at timestamptz)
language sql
stable
begin atomic
  select l.created_at
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.staff_id = _recent_awards.staff_id
    and l.transaction_type = 'MANUAL_BONUS'
    and l.approved_by is null
    and l.created_at > now() - interval '60 seconds';
end;

alter function loyalty._recent_awards(uuid) owner to loyalty_service;
revoke all on function loyalty._recent_awards(uuid) from public;

comment on function loyalty._recent_awards(uuid) is
  'When a person gave rewards that nobody had to approve, within these 60 seconds.';
--! EndIncluded loyalty/_recent_awards.sql
--! Included loyalty/_recent_rewards.sql
-- The manual rewards that a person gave in these 60 seconds, also those that wait for another
-- person: what the pace counts. A reward that was approved counts once, as its request.

create or replace function loyalty._recent_rewards(staff_id uuid)
returns table (created_at timestamptz)
language sql
stable
begin atomic
  select a.created_at from loyalty._recent_awards(_recent_rewards.staff_id) as a
  union all
  select r.created_at
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.requested_by = _recent_rewards.staff_id
    and r.created_at > now() - interval '60 seconds';
end;

alter function loyalty._recent_rewards(uuid) owner to loyalty_service;
revoke all on function loyalty._recent_rewards(uuid) from public;

comment on function loyalty._recent_rewards(uuid) is
  'Times of the manual rewards that a person gave in the last 60 seconds.';
--! EndIncluded loyalty/_recent_rewards.sql
--! Included loyalty/_refuse_pace.sql
-- Refuses a person who gave as many rewards in these 60 seconds as the policy allows, and says
-- how long to wait.

create or replace function loyalty._refuse_pace(
  actor identity.actor,
  per_minute integer
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_pace record := loyalty._reward_pace(actor, per_minute);
begin
  perform ops._refuse(
    'LYRTE',
    array[per_minute::text, v_pace.retry_after_seconds::text],
    jsonb_build_object('retryAfterSeconds', v_pace.retry_after_seconds)
  );
end
$$;

alter function loyalty._refuse_pace(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._refuse_pace(identity.actor, integer) from public;

comment on function loyalty._refuse_pace(identity.actor, integer) is
  'Raises LYRTE with retryAfterSeconds.';
--! EndIncluded loyalty/_refuse_pace.sql
--! Included loyalty/_gaming_day_begin.sql
-- When the running gaming day began, or one some days from it will begin: where the entries of a
-- day start, and how long somebody has to wait for the next.

create or replace function loyalty._gaming_day_begin(
  actor identity.actor,
  days integer default 0
) returns timestamptz
language sql
stable
return (
  identity._gaming_day(actor.timezone, actor.gaming_day_start, now()) + days
  + actor.gaming_day_start
) at time zone actor.timezone;

alter function loyalty._gaming_day_begin(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._gaming_day_begin(identity.actor, integer) from public;

comment on function loyalty._gaming_day_begin(identity.actor, integer) is
  'The moment at which the running gaming day, or the one so many days later, begins.';
--! EndIncluded loyalty/_gaming_day_begin.sql
--! Included loyalty/_given_today.sql
-- The points of the manual rewards that the caller gave in the running gaming day, or asked for:
-- what the limit of a staff member's day counts. A request counts while it waits and once it is
-- approved, on the day it was made; what was reversed still was given.

create or replace function loyalty._given_today(actor identity.actor) returns numeric
language sql
stable
return (
  select coalesce(sum(l.points_change), 0)
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.staff_id = actor.staff_id
    and l.transaction_type = 'MANUAL_BONUS'
    and l.approved_by is null
    and l.created_at >= loyalty._gaming_day_begin(actor)
) + (
  select coalesce(sum(r.points), 0)
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.requested_by = actor.staff_id
    and r.kind = 'reward'
    and r.status in ('pending', 'approved')
    and r.created_at >= loyalty._gaming_day_begin(actor)
);

alter function loyalty._given_today(identity.actor) owner to loyalty_service;
revoke all on function loyalty._given_today(identity.actor) from public;

comment on function loyalty._given_today(identity.actor) is
  'Points of manual rewards that the caller gave or asked for in the running gaming day.';
--! EndIncluded loyalty/_given_today.sql
--! Included loyalty/_received_today.sql
-- The points of manual rewards that a player was given in the running gaming day, or that are asked
-- for: what the limit of a player's day counts. Asked under the player's row lock. Walks back from
-- the newest entry and stops where the day begins, so that a long ledger costs nothing.

create or replace function loyalty._received_today(actor identity.actor, player_id uuid)
returns numeric
language plpgsql
stable
set search_path = ''
as $$
declare
  v_begin timestamptz := loyalty._gaming_day_begin(actor);
  v_points numeric;
  v_entry record;
begin
  select coalesce(sum(r.points), 0) into v_points
  from loyalty.reward_request as r
  where r.casino_id = identity._casino()
    and r.player_id = _received_today.player_id
    and r.kind = 'reward'
    and r.status in ('pending', 'approved')
    and r.created_at >= v_begin;
  for v_entry in
    select l.points_change, l.transaction_type, l.approved_by, l.occurred_at, l.created_at
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = _received_today.player_id
    order by l.entry_no desc
  loop
    -- Entries of one player are numbered under a lock, their times taken a little before it.
    exit when v_entry.created_at < v_begin - interval '1 hour';
    if v_entry.transaction_type = 'MANUAL_BONUS'
      and v_entry.approved_by is null
      and v_entry.occurred_at >= v_begin
    then
      v_points := v_points + v_entry.points_change;
    end if;
  end loop;
  return v_points;
end
$$;

alter function loyalty._received_today(identity.actor, uuid) owner to loyalty_service;
revoke all on function loyalty._received_today(identity.actor, uuid) from public;

comment on function loyalty._received_today(identity.actor, uuid) is
  'Points of manual rewards that a player was given, or that wait for approval, in the running '
  'gaming day.';
--! EndIncluded loyalty/_received_today.sql
--! Included loyalty/_check_day_limit.sql
-- Refuses a reward that would exceed a limit of the gaming day, and says how many points are left
-- and when the next gaming day begins. The limits exist only where the policy sets them.

create or replace function loyalty._check_day_limit(
  actor identity.actor,
  refusal text,
  day_limit bigint,
  points bigint,
  given numeric
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_left bigint := greatest(day_limit - given, 0);
begin
  if points <= v_left then
    return;
  end if;
  perform ops._refuse(
    refusal, array[v_left::text, day_limit::text],
    jsonb_build_object(
      'limit', day_limit,
      'left', v_left,
      'retryAfterSeconds',
      ceil(extract(epoch from loyalty._gaming_day_begin(actor, 1) - now()))
    )
  );
end
$$;

alter function loyalty._check_day_limit(identity.actor, text, bigint, bigint, numeric)
owner to loyalty_service;
revoke all on function loyalty._check_day_limit(identity.actor, text, bigint, bigint, numeric)
from public;

comment on function loyalty._check_day_limit(identity.actor, text, bigint, bigint, numeric) is
  'Raises the refusal (LYSDL, LYPDL) with limit, left and retryAfterSeconds when so many points no '
  'longer fit into the gaming day.';
--! EndIncluded loyalty/_check_day_limit.sql
--! Included loyalty/_request_reward.sql
-- Points that need a second person: writes them down for another person to decide, for as long as
-- the policy says. Nothing is in the ledger yet.

create or replace function loyalty._request_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid,
  visit_id uuid,
  request_hours integer,
  kind text default 'reward'
) returns loyalty.ledger_result
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  v_request loyalty.reward_request;
begin
  insert into loyalty.reward_request as r (
    casino_id, player_id, points, reason, rating_slip_id, visit_id, requested_by,
    correlation_id, idempotency_key, request_fingerprint, gaming_day, occurred_at, kind,
    expires_at
  )
  values (
    actor.casino_id, player_id, points, reason, rating_slip_id, visit_id, actor.staff_id,
    actor.correlation_id, idempotency_key, request_fingerprint,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, occurred_at), occurred_at,
    kind, now() + make_interval(hours => request_hours)
  )
  returning r.* into v_request;
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) owner to loyalty_service;
revoke all on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) from public;

comment on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid, integer, text
) is
  'Asks for another person''s approval of a reward or adjustment.';
--! EndIncluded loyalty/_request_reward.sql
--! Included loyalty/_check_reward.sql
-- What stands against a manual reward, the first thing in the order of the refusals: player,
-- policy, reason, points, limit, slip, pace, limits of the gaming day. The rules are those of
-- loyalty._manual_reward's one query, asked one by one; requests for approval count for the pace
-- and the gaming day too.

create or replace function loyalty._check_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  rating_slip_id uuid,
  at timestamptz
) returns loyalty.terms_in_force
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_terms loyalty.terms_in_force;
  v_slip floor.slip_state;
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = _check_reward.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  v_terms := loyalty._terms(at);
  if reason is null or length(reason) < v_terms.reward_reason_length then
    perform ops._refuse('LYRSN', array[v_terms.reward_reason_length::text]);
  elsif points is null or points < 1 then
    perform ops._refuse('LYPTS');
  elsif points > v_terms.reward_limit then
    perform ops._refuse(
      'LYLIM', array[v_terms.reward_limit::text],
      jsonb_build_object('limit', v_terms.reward_limit)
    );
  end if;
  if _check_reward.rating_slip_id is not null then
    v_slip := floor._slip_state(_check_reward.rating_slip_id);
    if v_slip.player_id is distinct from _check_reward.player_id then
      perform ops._refuse('RSNFD');
    elsif v_slip.state = 'closed' then
      perform ops._refuse('RSNOP');
    end if;
  end if;
  if actor.ingesting is not true
    and (loyalty._reward_pace(actor, v_terms.rewards_per_minute)).rewards_left = 0
  then
    perform loyalty._refuse_pace(actor, v_terms.rewards_per_minute);
  end if;
  if actor.ingesting is not true and v_terms.staff_day_limit is not null then
    perform loyalty._check_day_limit(
      actor, 'LYSDL', v_terms.staff_day_limit, points,
      loyalty._given_today(actor)
    );
  end if;
  if actor.ingesting is not true and v_terms.player_day_limit is not null then
    perform
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = _check_reward.player_id
    for no key update;
    perform loyalty._check_day_limit(
      actor, 'LYPDL', v_terms.player_day_limit, points,
      loyalty._received_today(actor, _check_reward.player_id)
    );
  end if;
  return v_terms;
end
$$;

alter function loyalty._check_reward(identity.actor, uuid, bigint, text, uuid, timestamptz)
owner to loyalty_service;
revoke all on function loyalty._check_reward(identity.actor, uuid, bigint, text, uuid, timestamptz)
from public;

comment on function loyalty._check_reward(identity.actor, uuid, bigint, text, uuid, timestamptz) is
  'Raises what stands against a reward, or gives the terms it is given under. Errors: RSPLR, '
  'LYPOL, LYRSN, LYPTS, LYLIM, RSNFD, RSNOP, LYRTE, LYSDL, LYPDL.';
--! EndIncluded loyalty/_check_reward.sql
--! Included loyalty/_manual_reward.sql
-- The rules of a manual reward, for a person and for a floor system's feed, which passes the time
-- of its event and is bound neither by pace and days nor by the approval threshold. One query asks
-- whether anything stands against it; only when something may, loyalty._check_reward says what, in
-- the order of the refusals.

create or replace function loyalty._manual_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  rating_slip_id uuid,
  occurred_at timestamptz
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_at timestamptz := coalesce(_manual_reward.occurred_at, now());
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'manual_reward', _manual_reward.player_id, points, _manual_reward.reason,
    _manual_reward.rating_slip_id
  ));
  v_reason text := btrim(_manual_reward.reason, E' \t\r\n');
  v_locked boolean := ops._lock(actor.casino_id, _manual_reward.idempotency_key);
  v_limited boolean := actor.ingesting is not true
    and ops._lock(actor.casino_id, 'pit:rewards:' || actor.staff_id);
  v_slip floor.slip_state;
  v_fits boolean := true;
  v_used record;
  v_terms loyalty.terms_in_force;
begin
  select u.entry, u.request into v_used
  from loyalty._used_key(_manual_reward.idempotency_key) as u;
  if v_used.entry is distinct from null or v_used.request is distinct from null then
    return loyalty._first_result(v_used.entry, v_used.request, v_fingerprint);
  end if;

  if _manual_reward.rating_slip_id is not null then
    v_slip := floor._slip_state(_manual_reward.rating_slip_id);
    v_fits := v_slip.player_id = _manual_reward.player_id and v_slip.state <> 'closed';
  end if;
  select t.* into v_terms
  from loyalty.terms_in_force as t
  where t.casino_id = identity._casino()
    and v_at >= t.valid_from and v_at < t.valid_until
    and length(v_reason) >= t.reward_reason_length
    and points between 1 and t.free_limit
    and v_fits
    and not exists (
      select
      from loyalty._recent_awards(actor.staff_id)
      where v_limited
      offset t.rewards_per_minute - 1
    );
  if not found then
    v_terms := loyalty._check_reward(
      actor, _manual_reward.player_id, points, v_reason, _manual_reward.rating_slip_id, v_at
    );
  end if;

  if v_limited and points >= v_terms.approval_threshold then
    return loyalty._request_reward(
      actor, _manual_reward.player_id, points, v_reason, _manual_reward.idempotency_key,
      v_fingerprint, v_at, _manual_reward.rating_slip_id, v_slip.visit_id,
      v_terms.request_hours
    );
  end if;
  return loyalty._post_entry(
    actor, _manual_reward.player_id, points, points,
    'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', v_reason, actor.staff_id,
    _manual_reward.idempotency_key, v_fingerprint, v_at,
    _manual_reward.rating_slip_id, v_slip.visit_id, terms => v_terms
  );
end
$$;

alter function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) from public;
grant execute on function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) to ops_service;

comment on function loyalty._manual_reward(
  identity.actor, uuid, bigint, text, text, uuid, timestamptz
) is
  'Checks and posts a manual reward, or asks for approval. Checked in this order: key, player, '
  'policy, reason, points, limit, slip, pace, limits of the gaming day.';
--! EndIncluded loyalty/_manual_reward.sql
--! Included loyalty/manual_reward.sql
-- A mid-session reward: a floor person gives a player points for a stated reason. Who gives it
-- comes from the session.

create or replace function loyalty.manual_reward(
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  rating_slip_id uuid default null
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:award');
begin
  return loyalty._manual_reward(
    v_actor, manual_reward.player_id, points, manual_reward.reason,
    identity._check_key(manual_reward.idempotency_key), manual_reward.rating_slip_id, null
  );
end
$$;

alter function loyalty.manual_reward(uuid, bigint, text, text, uuid) owner to loyalty_service;
revoke all on function loyalty.manual_reward(uuid, bigint, text, text, uuid) from public;
grant execute on function loyalty.manual_reward(uuid, bigint, text, text, uuid) to pit_staff;

comment on function loyalty.manual_reward(uuid, bigint, text, text, uuid) is
  'Gives a player points, 1 up to the policy''s limit, with a reason; the slip, when given, is '
  'the player''s and not closed. From the approval threshold on it becomes a request that another '
  'person decides. Capability loyalty:award. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYPOL, '
  'LYRSN, LYPTS, LYLIM, RSNFD, RSNOP, LYRTE (with retryAfterSeconds), LYSDL and LYPDL (with left).';
--! EndIncluded loyalty/manual_reward.sql
--! Included loyalty/reward_terms.sql
-- Tells a reward dialog the limits in force and the caller's pace, so that it asks for what will
-- be accepted. The command itself decides again.

create or replace function loyalty.reward_terms() returns loyalty.reward_limits
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:award');
  v_policy loyalty.loyalty_policy;
  v_pace record;
begin
  select p.* into v_policy from loyalty._policy_in_force(v_actor.casino_id, now()) as p;
  if v_policy.loyalty_policy_id is null then
    perform ops._refuse('LYPOL', array[now()::text]);
  end if;
  v_pace := loyalty._reward_pace(v_actor, v_policy.rewards_per_minute);
  return row(
    v_policy.reward_limit, v_policy.reward_reason_length, v_policy.rewards_per_minute,
    v_policy.approval_threshold, v_pace.rewards_left, v_pace.retry_after_seconds,
    v_policy.staff_day_limit,
    case
      when v_policy.staff_day_limit is not null
        then greatest(v_policy.staff_day_limit - loyalty._given_today(v_actor), 0)::bigint
    end,
    v_policy.player_day_limit, v_policy.request_hours
  );
end
$$;

alter function loyalty.reward_terms() owner to loyalty_service;
revoke all on function loyalty.reward_terms() from public;
grant execute on function loyalty.reward_terms() to pit_staff;

comment on function loyalty.reward_terms() is
  'Limits of manual rewards and the caller''s pace. Capability loyalty:award. Errors: IDUNA, '
  'IDFRB, LYPOL.';
--! EndIncluded loyalty/reward_terms.sql
--! Included loyalty/_redeem.sql
-- The rules of a redemption, for a person and for a floor system's feed. Lifetime points stay as
-- they are: spending never costs a tier. What is paid in currency goes into the cash log in the
-- same transaction, under the same key: points and cash move both or neither.

create or replace function loyalty._redeem(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  cash_amount numeric,
  occurred_at timestamptz
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_at timestamptz := coalesce(_redeem.occurred_at, now());
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'redeem', _redeem.player_id, points, _redeem.reason, trim_scale(cash_amount)
  ));
  v_result loyalty.ledger_result;
begin
  v_result := loyalty._claim_key(actor, _redeem.idempotency_key, v_fingerprint);
  if v_result.replayed then
    return v_result;
  end if;

  perform
  from loyalty.player_loyalty as p
  where p.casino_id = actor.casino_id and p.player_id = _redeem.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  if points is null or points < 1 then
    perform ops._refuse('LYPTS');
  end if;

  v_result := loyalty._post_entry(
    actor, _redeem.player_id, -points, 0,
    'REDEMPTION', 'POINTS_REDEEMED', 'manual', nullif(btrim(_redeem.reason), ''),
    actor.staff_id, _redeem.idempotency_key, v_fingerprint, v_at
  );
  if cash_amount is not null then
    perform compliance._record_redemption_cash(
      actor, _redeem.player_id, cash_amount, _redeem.idempotency_key, v_at
    );
  end if;
  return v_result;
end
$$;

alter function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) from public;
grant execute on function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) to ops_service;

comment on function loyalty._redeem(
  identity.actor, uuid, bigint, text, text, numeric, timestamptz
) is
  'Checks and posts a redemption, and records the currency paid for it. Checked in this order: '
  'key, player, points, balance, amount.';
--! EndIncluded loyalty/_redeem.sql
--! Included loyalty/redeem.sql
-- A player spends points. Payment in currency is written to the cash log in the same
-- transaction, so that no cash leaves without its record.

create or replace function loyalty.redeem(
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  cash_amount numeric default null
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:redeem');
begin
  perform identity._check_key(redeem.idempotency_key);
  return loyalty._redeem(
    v_actor, redeem.player_id, points, redeem.reason, redeem.idempotency_key, cash_amount, null
  );
end
$$;

alter function loyalty.redeem(uuid, bigint, text, text, numeric) owner to loyalty_service;
revoke all on function loyalty.redeem(uuid, bigint, text, text, numeric) from public;
grant execute on function loyalty.redeem(uuid, bigint, text, text, numeric) to pit_staff;

comment on function loyalty.redeem(uuid, bigint, text, text, numeric) is
  'Takes points from a player''s balance. cash_amount is in dollars when paid in currency. '
  'Capability loyalty:redeem. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYPTS, LYBAL, MTAMT.';
--! EndIncluded loyalty/redeem.sql
--! Included loyalty/_reverse_entry.sql
-- The rules of a reversal, for a person and for a floor system's feed. Reversing takes back from
-- the lifetime points what the entry had added to them, so it can cost a tier. Currency that was
-- paid for a redemption is offset in the cash log in the same transaction.

create or replace function loyalty._reverse_entry(
  actor identity.actor,
  player_id uuid,
  entry_no bigint,
  reason text,
  idempotency_key text,
  occurred_at timestamptz
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_at timestamptz := coalesce(_reverse_entry.occurred_at, now());
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'reverse_entry', _reverse_entry.player_id, _reverse_entry.entry_no, _reverse_entry.reason
  ));
  v_reason text := nullif(btrim(_reverse_entry.reason, E' \t\r\n'), '');
  v_result loyalty.ledger_result;
  v_reversed loyalty.loyalty_ledger;
begin
  v_result := loyalty._claim_key(actor, _reverse_entry.idempotency_key, v_fingerprint);
  if v_result.replayed then
    return v_result;
  end if;

  perform
  from loyalty.player_loyalty as p
  where p.casino_id = actor.casino_id and p.player_id = _reverse_entry.player_id
  for no key update;
  if not found then
    perform ops._refuse('RSPLR');
  end if;

  select * into v_reversed
  from loyalty.loyalty_ledger as l
  where l.casino_id = actor.casino_id
    and l.player_id = _reverse_entry.player_id
    and l.entry_no = _reverse_entry.entry_no;
  if not found then
    perform ops._refuse('LYENT');
  end if;
  if v_reversed.transaction_type = 'REVERSAL' or exists (
    select
    from loyalty.loyalty_ledger as l
    where l.casino_id = actor.casino_id
      and l.player_id = _reverse_entry.player_id
      and l.reverses_entry_no = _reverse_entry.entry_no
  ) then
    perform ops._refuse('LYREV');
  end if;
  if v_reason is null and actor.ingesting is not true then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  v_result := loyalty._post_entry(
    actor, _reverse_entry.player_id, -v_reversed.points_change,
    -greatest(v_reversed.points_change, 0),
    'REVERSAL', 'ENTRY_REVERSED', 'manual', v_reason, actor.staff_id,
    _reverse_entry.idempotency_key, v_fingerprint, v_at,
    v_reversed.rating_slip_id, v_reversed.visit_id, v_reversed.entry_no
  );
  if v_reversed.transaction_type = 'REDEMPTION' then
    perform compliance._offset_redemption_cash(
      actor, v_reversed.idempotency_key, v_reason, _reverse_entry.idempotency_key
    );
  end if;
  return v_result;
end
$$;

alter function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) owner to loyalty_service;
revoke all on function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) from public;
grant execute on function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) to ops_service;

comment on function loyalty._reverse_entry(
  identity.actor, uuid, bigint, text, text, timestamptz
) is
  'Checks and posts a reversal, under the player''s row lock, and offsets the currency paid for a '
  'redemption. Checked in this order: key, player, entry, not reversed and no reversal, reason '
  '(not of a feed), balance.';
--! EndIncluded loyalty/_reverse_entry.sql
--! Included loyalty/_check_promotion.sql
-- Whether a campaign makes sense: refuses the first thing that doesn't, in a sentence. Games and
-- tables are floor's, so floor is asked.

create or replace function loyalty._check_promotion(
  name text,
  starts_at timestamptz,
  ends_at timestamptz,
  multiplier numeric,
  budget bigint,
  game_codes text[],
  table_ids uuid[],
  tiers text[]
) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_name text := btrim(_check_promotion.name, E' \t\r\n');
  v_wrong text;
begin
  v_wrong := case
    when coalesce(v_name, '') = '' then 'it needs a name'
    when length(v_name) > 200 then 'its name is longer than 200 characters'
    when _check_promotion.starts_at is null or not isfinite(_check_promotion.starts_at)
      then 'it needs a time at which it begins'
    when _check_promotion.ends_at is null or not isfinite(_check_promotion.ends_at)
      then 'it needs a time at which it ends'
    when _check_promotion.ends_at <= _check_promotion.starts_at then 'it ends before it begins'
    when _check_promotion.multiplier is null
      or not (_check_promotion.multiplier > 1 and _check_promotion.multiplier <= 100)
      then 'the multiplier must be more than 1 and at most 100'
    when _check_promotion.multiplier <> round(_check_promotion.multiplier, 3)
      then 'the multiplier has more than three decimals'
    when _check_promotion.budget is null or _check_promotion.budget < 1
      then 'the budget must be at least 1 point'
    when 0 in (
      cardinality(_check_promotion.game_codes), cardinality(_check_promotion.table_ids),
      cardinality(_check_promotion.tiers)
    )
      then 'a scope that is given must name something'
  end;
  if v_wrong is null then
    select 'there is no game ' || coalesce(g.code, 'without a code')
    into v_wrong
    from unnest(_check_promotion.game_codes) as g (code)
    where not coalesce(floor._game_exists(g.code), false)
    limit 1;
  end if;
  if v_wrong is null then
    select 'there is no table ' || coalesce(t.table_id::text, 'without an id')
    into v_wrong
    from unnest(_check_promotion.table_ids) as t (table_id)
    where not floor._table_exists(t.table_id)
    limit 1;
  end if;
  if v_wrong is null then
    select 'there is no tier ' || coalesce(t.tier, 'without a name')
    into v_wrong
    from unnest(_check_promotion.tiers) as t (tier)
    where not exists (
      select
      from loyalty.loyalty_tier as l
      where l.casino_id = identity._casino() and l.tier = t.tier
    )
    limit 1;
  end if;
  if v_wrong is not null then
    perform ops._refuse('LYPIN', array[v_wrong]);
  end if;
end
$$;

alter function loyalty._check_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text[], uuid[], text[]
) owner to loyalty_service;
revoke all on function loyalty._check_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text[], uuid[], text[]
) from public;

comment on function loyalty._check_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text[], uuid[], text[]
) is 'Refuses a campaign that makes no sense at the casino of the running call. Error: LYPIN.';
--! EndIncluded loyalty/_check_promotion.sql
--! Included loyalty/create_promotion.sql
-- Writes a campaign down as a draft: what it promises, to whom, when and up to what budget. It
-- gives nothing until somebody else publishes it, and what it says never changes: another campaign
-- is another draft.

create or replace function loyalty.create_promotion(
  name text,
  starts_at timestamptz,
  ends_at timestamptz,
  multiplier numeric,
  budget bigint,
  idempotency_key text,
  game_codes text[] default null,
  table_ids uuid[] default null,
  tiers text[] default null
) returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_key text := identity._check_key(create_promotion.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'promotion:' || v_key);
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'create_promotion', create_promotion.name, extract(epoch from create_promotion.starts_at),
    extract(epoch from create_promotion.ends_at), trim_scale(create_promotion.multiplier),
    create_promotion.budget, create_promotion.game_codes, create_promotion.table_ids,
    create_promotion.tiers
  ));
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino() and p.idempotency_key = v_key;
  if found then
    if v_promotion.request_fingerprint <> v_fingerprint then
      perform ops._refuse('LYIDM');
    end if;
    return row(v_promotion, true);
  end if;

  perform loyalty._check_promotion(
    create_promotion.name, create_promotion.starts_at, create_promotion.ends_at,
    create_promotion.multiplier, create_promotion.budget, create_promotion.game_codes,
    create_promotion.table_ids, create_promotion.tiers
  );
  insert into loyalty.promotion (
    casino_id, name, starts_at, ends_at, multiplier, budget, game_codes, table_ids, tiers,
    created_by, correlation_id, idempotency_key, request_fingerprint
  )
  values (
    v_actor.casino_id, btrim(create_promotion.name, E' \t\r\n'), create_promotion.starts_at,
    create_promotion.ends_at, create_promotion.multiplier, create_promotion.budget,
    create_promotion.game_codes, create_promotion.table_ids, create_promotion.tiers,
    v_actor.staff_id, v_actor.correlation_id, v_key, v_fingerprint
  )
  returning * into v_promotion;
  return row(v_promotion, false);
end
$$;

alter function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) owner to loyalty_service;
revoke all on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) from public;
grant execute on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) to pit_staff;

comment on function loyalty.create_promotion(
  text, timestamptz, timestamptz, numeric, bigint, text, text[], uuid[], text[]
) is
  'Drafts a campaign: slips that close from starts_at until before ends_at earn, beside their '
  'points, round(points x multiplier) - points, as long as the budget holds; for these games, '
  'tables and tiers, or all where null. Capability loyalty:configure. Errors: IDUNA, IDFRB, '
  'IDKEY, LYIDM, LYPIN.';
--! EndIncluded loyalty/create_promotion.sql
--! Included loyalty/publish_promotion.sql
-- The second person of a campaign: from here on it gives points while its window is open. Whoever
-- wrote it can't be the one.

create or replace function loyalty.publish_promotion(promotion_id uuid)
returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino()
    and p.promotion_id = publish_promotion.promotion_id
  for no key update;
  if not found then
    perform ops._refuse('LYPNF');
  elsif v_promotion.created_by = v_actor.staff_id then
    perform ops._refuse('LYSLF');
  elsif v_promotion.ended_at is not null then
    perform ops._refuse('LYDEC', array[loyalty.promotion_state(v_promotion)]);
  elsif v_promotion.published_at is not null then
    return row(v_promotion, true);
  end if;

  update loyalty.promotion as p
  set published_by = v_actor.staff_id, published_at = now()
  where p.casino_id = identity._casino()
    and p.promotion_id = publish_promotion.promotion_id
  returning * into v_promotion;
  return row(v_promotion, false);
end
$$;

alter function loyalty.publish_promotion(uuid) owner to loyalty_service;
revoke all on function loyalty.publish_promotion(uuid) from public;
grant execute on function loyalty.publish_promotion(uuid) to pit_staff;

comment on function loyalty.publish_promotion(uuid) is
  'Puts a drafted campaign in force. Capability loyalty:configure, and another person than its '
  'author. Errors: IDUNA, IDFRB, LYPNF, LYSLF, LYDEC.';
--! EndIncluded loyalty/publish_promotion.sql
--! Included loyalty/end_promotion.sql
-- Stops a campaign before its time, or discards a draft. Stopping needs one person: it only ever
-- gives less. Slips that close from now on get nothing from it; what it gave stays.

create or replace function loyalty.end_promotion(promotion_id uuid, reason text)
returns loyalty.promotion_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_reason text := btrim(end_promotion.reason, E' \t\r\n');
  v_promotion loyalty.promotion;
begin
  select p.* into v_promotion
  from loyalty.promotion as p
  where p.casino_id = identity._casino()
    and p.promotion_id = end_promotion.promotion_id
  for no key update;
  if not found then
    perform ops._refuse('LYPNF');
  elsif v_promotion.ended_at is not null then
    return row(v_promotion, true);
  elsif coalesce(v_reason, '') = '' then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  update loyalty.promotion as p
  set ended_by = v_actor.staff_id, ended_at = now(), end_reason = v_reason
  where p.casino_id = identity._casino()
    and p.promotion_id = end_promotion.promotion_id
  returning * into v_promotion;
  return row(v_promotion, false);
end
$$;

alter function loyalty.end_promotion(uuid, text) owner to loyalty_service;
revoke all on function loyalty.end_promotion(uuid, text) from public;
grant execute on function loyalty.end_promotion(uuid, text) to pit_staff;

comment on function loyalty.end_promotion(uuid, text) is
  'Stops a campaign now, or discards a draft. Capability loyalty:configure. Errors: IDUNA, IDFRB, '
  'LYPNF, LYRSN.';
--! EndIncluded loyalty/end_promotion.sql
--! Included loyalty/_expirable.sql
-- The rule of expiry (domain.md section 5), first in, first out: what is left of the points that
-- were earned before the cut-off, max(0, credits before it - all debits so far). The balance is
-- credits less debits, so this is the balance less the credits since the cut-off: the newest
-- points are the last to go. An entry and its reversal count as neither.

create or replace function loyalty._expirable(player_id uuid, balance bigint, cut_off date)
returns bigint
language sql
stable
return greatest(
  0,
  balance - (
    select coalesce(sum(l.points_change), 0)
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id = _expirable.player_id
      and l.gaming_day >= cut_off
      and l.points_change > 0
      and l.transaction_type <> 'REVERSAL'
      and not exists (
        select
        from loyalty.loyalty_ledger as r
        where r.casino_id = identity._casino()
          and r.player_id = _expirable.player_id
          and r.reverses_entry_no = l.entry_no
      )
  )
)::bigint;

alter function loyalty._expirable(uuid, bigint, date) owner to loyalty_service;
revoke all on function loyalty._expirable(uuid, bigint, date) from public;

comment on function loyalty._expirable(uuid, bigint, date) is
  'Points of a player with this balance that were earned on gaming days before the cut-off and '
  'are still there.';
--! EndIncluded loyalty/_expirable.sql
--! Included loyalty/_open_expiry_run.sql
-- The run of a gaming day: made on its first call, with the cut-off by the policy that was in force
-- when the day began. No row when points don't expire by it.

create or replace function loyalty._open_expiry_run(actor identity.actor, gaming_day date)
returns setof loyalty.expiry_run
language plpgsql
volatile
rows 1
set search_path = ''
as $$
declare
  v_began timestamptz := (_open_expiry_run.gaming_day + actor.gaming_day_start)
    at time zone actor.timezone;
begin
  return query
  select r.*
  from loyalty.expiry_run as r
  where r.casino_id = identity._casino() and r.gaming_day = _open_expiry_run.gaming_day
  for no key update;
  if found then
    return;
  end if;
  return query
  insert into loyalty.expiry_run (
    casino_id, gaming_day, cut_off, loyalty_policy_id, points_valid_days, correlation_id
  )
  select
    p.casino_id, _open_expiry_run.gaming_day,
    _open_expiry_run.gaming_day - p.points_valid_days, p.loyalty_policy_id,
    p.points_valid_days, actor.correlation_id
  from loyalty._policy_in_force(actor.casino_id, v_began) as p
  where p.points_valid_days is not null
  returning *;
end
$$;

alter function loyalty._open_expiry_run(identity.actor, date) owner to loyalty_service;
revoke all on function loyalty._open_expiry_run(identity.actor, date) from public;

comment on function loyalty._open_expiry_run(identity.actor, date) is
  'The expiry run of a gaming day, new or begun before, locked; no row when points don''t expire.';
--! EndIncluded loyalty/_open_expiry_run.sql
--! Included loyalty/_expire_points.sql
-- The next batch of a gaming day's expiry. Players are taken in the order of their ids; only who
-- seems to have something that expires is locked, and counted again under the lock. The feed, which
-- locks players in an order of its own, waits meanwhile.

create or replace function loyalty._expire_points(
  actor identity.actor,
  at timestamptz,
  batch_size integer default 500
) returns loyalty.expiry_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, 'ops.ingest_events');
  v_run loyalty.expiry_run;
  v_terms loyalty.terms_in_force;
  v_player record;
  v_seen integer := 0;
  v_points bigint;
  v_key text;
  v_batch loyalty.expiry_batch;
begin
  select r.* into v_run
  from loyalty._open_expiry_run(
    actor, identity._gaming_day(actor.timezone, actor.gaming_day_start, at)
  ) as r;
  v_batch := row(v_run.cut_off, true, 0, 0, '{}');
  if v_run.cut_off is null or v_run.finished_at is not null then
    return v_batch;
  end if;

  v_terms := loyalty._terms(at);
  for v_player in
    select
      p.player_id, loyalty._expirable(p.player_id, p.current_balance, v_run.cut_off) as points
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino()
      and p.current_balance > 0
      and (v_run.last_player_id is null or p.player_id > v_run.last_player_id)
    order by p.player_id
    limit batch_size
  loop
    v_seen := v_seen + 1;
    v_run.last_player_id := v_player.player_id;
    continue when v_player.points = 0;

    select p.current_balance into strict v_points
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = v_player.player_id
    for no key update;
    v_points := loyalty._expirable(v_player.player_id, v_points, v_run.cut_off);
    v_key := format('pit:expiry:%s:%s', v_run.cut_off, v_player.player_id);
    continue when v_points = 0 or exists (
      select
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino() and l.idempotency_key = v_key
    );
    v_batch.ledger_entries := v_batch.ledger_entries || (
      loyalty._post_entry(
        actor, v_player.player_id, -v_points, 0,
        'EXPIRATION', 'POINTS_EXPIRED', 'system', format('earned before %s', v_run.cut_off),
        null, v_key,
        ops._fingerprint(jsonb_build_array('expire_points', v_player.player_id, v_run.cut_off)),
        at, terms => v_terms
      )
    ).ledger_entry;
    v_batch.players := v_batch.players + 1;
    v_batch.points := v_batch.points + v_points;
  end loop;

  v_batch.finished := v_seen < batch_size;
  update loyalty.expiry_run as r
  set last_player_id = v_run.last_player_id,
    players = r.players + v_batch.players,
    points = r.points + v_batch.points,
    finished_at = case when v_batch.finished then now() end
  where r.casino_id = identity._casino() and r.gaming_day = v_run.gaming_day;
  return v_batch;
end
$$;

alter function loyalty._expire_points(identity.actor, timestamptz, integer)
owner to loyalty_service;
revoke all on function loyalty._expire_points(identity.actor, timestamptz, integer) from public;

comment on function loyalty._expire_points(identity.actor, timestamptz, integer) is
  'Posts the EXPIRATION entries of the next players in the run of the moment''s gaming day: one '
  'for each player and cut-off.';
--! EndIncluded loyalty/_expire_points.sql
--! Included loyalty/expire_points_job.sql
-- The job behind expiry: one batch of the running gaming day's run. The task calls it until the run
-- is finished; a day that is done is done, however often the job comes.

create or replace function loyalty.expire_points_job(ticket text) returns loyalty.expiry_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/expire_points', ticket);
begin
  return loyalty._expire_points(v_actor, now());
end
$$;

alter function loyalty.expire_points_job(text) owner to loyalty_service;
revoke all on function loyalty.expire_points_job(text) from public;
grant execute on function loyalty.expire_points_job(text) to pit_worker;

comment on function loyalty.expire_points_job(text) is
  'For the task loyalty/expire_points: the next batch of today''s expiry. Error: OPTKT.';
--! EndIncluded loyalty/expire_points_job.sql
--! Included loyalty/_credits.sql
-- The points that were earned since a gaming day and stand: entries that a reversal took back don't
-- count, nor do reversals. Reversed entries are few, so they are gathered first and left out.

create or replace function loyalty._credits(since date)
returns table (player_id uuid, earned_on date, points bigint)
language sql
stable
begin atomic
  select l.player_id, l.gaming_day, l.points_change
  from loyalty.loyalty_ledger as l
  left join (
    select r.player_id, r.reverses_entry_no
    from loyalty.loyalty_ledger as r
    where r.casino_id = identity._casino() and r.reverses_entry_no is not null
  ) as r on r.player_id = l.player_id and r.reverses_entry_no = l.entry_no
  where l.casino_id = identity._casino()
    and l.gaming_day >= since
    and l.points_change > 0
    and l.transaction_type <> 'REVERSAL'
    and r.reverses_entry_no is null;
end;

alter function loyalty._credits(date) owner to loyalty_service;
revoke all on function loyalty._credits(date) from public;

comment on function loyalty._credits(date) is
  'Points that players earned on this gaming day or later, without what was reversed.';
--! EndIncluded loyalty/_credits.sql
--! Included loyalty/_expiry_runs.sql
-- The expiry runs from today until so many days from now, each with its cut-off by the policy that
-- will be in force when its gaming day begins. Today counts while its run isn't finished; days on
-- which points don't expire have none.

create or replace function loyalty._expiry_runs(actor identity.actor, days integer)
returns table (gaming_day date, cut_off date)
language sql
stable
begin atomic
  select d.gaming_day, d.gaming_day - p.points_valid_days
  from (
    select
      identity._gaming_day(actor.timezone, actor.gaming_day_start, now()) + n.n as gaming_day
    from generate_series(0, _expiry_runs.days) as n (n)
  ) as d
  cross join lateral loyalty._policy_in_force(
    actor.casino_id, (d.gaming_day + actor.gaming_day_start) at time zone actor.timezone
  ) as p
  where p.points_valid_days is not null
    and not exists (
      select
      from loyalty.expiry_run as r
      where r.casino_id = identity._casino()
        and r.gaming_day = d.gaming_day
        and r.finished_at is not null
    );
end;

alter function loyalty._expiry_runs(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._expiry_runs(identity.actor, integer) from public;

comment on function loyalty._expiry_runs(identity.actor, integer) is
  'Gaming days from today until so many days from now on which points expire, and their cut-offs.';
--! EndIncluded loyalty/_expiry_runs.sql
--! Included loyalty/_expiring.sql
-- Which points expire within so many days, and when. Of each player who has points from before the
-- last cut-off: what is left of each day's earnings, counted from the newest day back as far as the
-- balance goes, because the oldest points are always spent first. A day's points expire on the
-- first run whose cut-off is after it.

create or replace function loyalty._expiring(actor identity.actor, days integer)
returns table (
  player_id uuid, tier text, current_balance bigint, expires_on date, points bigint
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_cut_off date := (select max(r.cut_off) from loyalty._expiry_runs(actor, days) as r);
begin
  if v_cut_off is null then
    return;
  end if;
  return query
  with run as materialized (
    select r.gaming_day, r.cut_off from loyalty._expiry_runs(actor, days) as r
  ),
  due as materialized (
    select p.player_id, p.tier, p.current_balance, coalesce(c.points, 0) as newer
    from loyalty.player_loyalty as p
    left join (
      select c.player_id, sum(c.points) as points
      from loyalty._credits(v_cut_off) as c
      group by c.player_id
    ) as c on c.player_id = p.player_id
    where p.casino_id = identity._casino()
      and p.current_balance > coalesce(c.points, 0)
  ),
  earned as (
    select c.player_id, c.earned_on, sum(c.points) as points
    from loyalty._credits('-infinity') as c
    join due as d on d.player_id = c.player_id
    where c.earned_on < v_cut_off
    group by c.player_id, c.earned_on
  ),
  outstanding as (
    select
      d.player_id, d.tier, d.current_balance, e.earned_on,
      least(
        e.points,
        d.current_balance - d.newer + e.points
        - sum(e.points) over (partition by e.player_id order by e.earned_on desc)
      ) as points
    from due as d
    join earned as e on e.player_id = d.player_id
  )
  select o.player_id, o.tier, o.current_balance, w.expires_on, sum(o.points)::bigint
  from outstanding as o
  cross join lateral (
    select min(r.gaming_day) as expires_on from run as r where r.cut_off > o.earned_on
  ) as w
  where o.points > 0
  group by o.player_id, o.tier, o.current_balance, w.expires_on;
end
$$;

alter function loyalty._expiring(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._expiring(identity.actor, integer) from public;

comment on function loyalty._expiring(identity.actor, integer) is
  'Points that expire from today until so many days from now, if none are spent before, by player '
  'and gaming day.';
--! EndIncluded loyalty/_expiring.sql
--! Included loyalty/expiry_notices.sql
-- Whom to tell that points will expire, the nearest day first: a list for letters and messages.
-- What is spent until then doesn't expire.

create or replace function loyalty.expiry_notices(days integer default 30)
returns setof loyalty.expiry_notice
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
begin
  if expiry_notices.days is null or expiry_notices.days not between 0 and 366 then
    perform ops._refuse('LYPRD', array['the list looks ahead 0 to 366 days']);
  end if;
  return query
  with line as materialized (select e.* from loyalty._expiring(v_actor, expiry_notices.days) as e)
  select
    l.player_id, h.name, h.card_no, l.tier, l.current_balance, l.expires_on, l.points
  from line as l
  join floor._card_holders(
    array(select distinct e.player_id from line as e)
  ) as h on h.player_id = l.player_id
  order by l.expires_on, l.points desc, l.player_id;
end
$$;

alter function loyalty.expiry_notices(integer) owner to loyalty_service;
revoke all on function loyalty.expiry_notices(integer) from public;
grant execute on function loyalty.expiry_notices(integer) to pit_staff;

comment on function loyalty.expiry_notices(integer) is
  'Points that expire within so many days, one row for each player and gaming day. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
--! EndIncluded loyalty/expiry_notices.sql
--! Included loyalty/liability.sql
-- What the house owes in points, by tier and age, and what that will cost by the policy in force:
-- the cost if every point is spent, and what is left when the assumed share never is. The oldest
-- points are always spent first, so of a balance as much is at most so old as was earned since; the
-- rest is older. Dollars are exact; whoever shows them rounds.

create or replace function loyalty.liability() returns setof loyalty.liability_line
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_today date := identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now());
  v_tiers text[] := (loyalty._terms(now())).tiers;
begin
  return query
  select
    s.tier, array_position(v_tiers, s.tier), s.age_from, s.age_to, s.players, s.points,
    s.points * p.cost_per_point, s.points * p.cost_per_point * p.breakage_rate,
    s.points * p.cost_per_point * (1 - p.breakage_rate)
  from (
    select
      b.tier, a.age_from, a.age_to,
      (count(*) filter (where a.points > 0))::integer as players,
      sum(a.points)::bigint as points
    from (
      select
        h.tier, h.current_balance as balance,
        least(h.current_balance, coalesce(c.within_30, 0)) as within_30,
        least(h.current_balance, coalesce(c.within_90, 0)) as within_90,
        least(h.current_balance, coalesce(c.within_180, 0)) as within_180,
        least(h.current_balance, coalesce(c.within_365, 0)) as within_365
      from loyalty.player_loyalty as h
      left join (
        select
          c.player_id,
          sum(c.points) filter (where c.earned_on >= v_today - 30) as within_30,
          sum(c.points) filter (where c.earned_on >= v_today - 90) as within_90,
          sum(c.points) filter (where c.earned_on >= v_today - 180) as within_180,
          sum(c.points) as within_365
        from loyalty._credits(v_today - 365) as c
        group by c.player_id
      ) as c on c.player_id = h.player_id
      where h.casino_id = identity._casino() and h.current_balance > 0
    ) as b
    cross join lateral (
      values
        (0, 30, b.within_30),
        (31, 90, b.within_90 - b.within_30),
        (91, 180, b.within_180 - b.within_90),
        (181, 365, b.within_365 - b.within_180),
        (366, null, b.balance - b.within_365)
    ) as a (age_from, age_to, points)
    group by b.tier, a.age_from, a.age_to
    having sum(a.points) > 0
  ) as s
  cross join loyalty._policy_in_force(v_actor.casino_id, now()) as p
  order by array_position(v_tiers, s.tier), s.tier, s.age_from;
end
$$;

alter function loyalty.liability() owner to loyalty_service;
revoke all on function loyalty.liability() from public;
grant execute on function loyalty.liability() to pit_staff;

comment on function loyalty.liability() is
  'Outstanding points by tier and age (0 to 30, to 90, to 180, to 365 gaming days, older), with '
  'their cost; the points add up to all balances. Capability loyalty:view_all. Errors: IDUNA, '
  'IDFRB, LYPOL.';
--! EndIncluded loyalty/liability.sql
--! Included loyalty/liability_summary.sql
-- What the house owes in points, in one row, for the head of a report; and whether the ledger says
-- the same as the balances.

create or replace function loyalty.liability_summary() returns loyalty.liability_totals
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_terms loyalty.terms_in_force := loyalty._terms(now());
  v_cut_off date := (select max(r.cut_off) from loyalty._expiry_runs(v_actor, 30) as r);
  v_totals loyalty.liability_totals;
begin
  select
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now()),
    b.players, b.points, p.cost_per_point, p.breakage_rate, p.points_valid_days,
    b.points * p.cost_per_point, b.points * p.cost_per_point * p.breakage_rate,
    b.points * p.cost_per_point * (1 - p.breakage_rate),
    b.expiring,
    b.points = (
      select coalesce(sum(l.points_change), 0)
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino()
    )
  into v_totals
  from loyalty.loyalty_policy as p
  cross join (
    select
      (count(*) filter (where s.current_balance > 0))::integer as players,
      coalesce(sum(s.current_balance), 0)::bigint as points,
      coalesce(
        sum(greatest(s.current_balance - coalesce(c.points, 0), 0))
        filter (where v_cut_off is not null),
        0
      )::bigint as expiring
    from loyalty.player_loyalty as s
    left join (
      select c.player_id, sum(c.points) as points
      from loyalty._credits(v_cut_off) as c
      group by c.player_id
    ) as c on c.player_id = s.player_id
    where s.casino_id = identity._casino()
  ) as b
  where p.casino_id = identity._casino() and p.loyalty_policy_id = v_terms.loyalty_policy_id;
  return v_totals;
end
$$;

alter function loyalty.liability_summary() owner to loyalty_service;
revoke all on function loyalty.liability_summary() from public;
grant execute on function loyalty.liability_summary() to pit_staff;

comment on function loyalty.liability_summary() is
  'All outstanding points, their cost, and what of them expires within 30 days. Capability '
  'loyalty:view_all. Errors: IDUNA, IDFRB, LYPOL.';
--! EndIncluded loyalty/liability_summary.sql
--! Included loyalty/liability_roll_forward.sql
-- How the outstanding points came from one gaming day to the next, added up from the ledger
-- itself each time: an entry that arrives late counts on the day it belongs to, and the closing of
-- the last day is the sum of all balances, to the point.

create or replace function loyalty.liability_roll_forward(
  first_day date default null,
  last_day date default null
) returns setof loyalty.liability_day
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_last date := coalesce(
    liability_roll_forward.last_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_first date := coalesce(liability_roll_forward.first_day, v_last - 29);
begin
  if not (isfinite(v_first) and isfinite(v_last)) or v_last - v_first not between 0 and 399 then
    perform ops._refuse('LYPRD', array['it has 1 to 400 days']);
  end if;
  return query
  with day as (
    select
      greatest(l.gaming_day, v_first - 1) as gaming_day,
      sum(l.points_change) as change,
      sum(l.points_change) filter (where l.transaction_type = 'GAMEPLAY') as play,
      sum(l.points_change) filter (where l.transaction_type = 'MANUAL_BONUS') as reward,
      sum(l.points_change) filter (where l.transaction_type = 'PROMOTION') as promotion,
      sum(l.points_change) filter (where l.transaction_type = 'REDEMPTION') as redeemed,
      sum(l.points_change) filter (where l.transaction_type = 'EXPIRATION') as expired,
      sum(l.points_change) filter (where l.transaction_type = 'ADJUSTMENT') as adjusted,
      sum(l.points_change) filter (where l.transaction_type = 'REVERSAL') as reversed
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.gaming_day <= v_last
    group by greatest(l.gaming_day, v_first - 1)
  ),
  balance as (
    select n.gaming_day, sum(coalesce(d.change, 0)) over (order by n.gaming_day) as closing
    from (
      select (v_first - 1 + s.s) as gaming_day
      from generate_series(0, v_last - v_first + 1) as s (s)
    ) as n
    left join day as d on d.gaming_day = n.gaming_day
  )
  select
    b.gaming_day,
    (b.closing - coalesce(d.change, 0))::bigint,
    (coalesce(d.play, 0) + coalesce(d.reward, 0) + coalesce(d.promotion, 0))::bigint,
    coalesce(d.play, 0)::bigint,
    coalesce(d.reward, 0)::bigint,
    coalesce(d.promotion, 0)::bigint,
    -coalesce(d.redeemed, 0)::bigint,
    -coalesce(d.expired, 0)::bigint,
    (coalesce(d.adjusted, 0) + coalesce(d.reversed, 0))::bigint,
    coalesce(d.reversed, 0)::bigint,
    b.closing::bigint
  from balance as b
  left join day as d on d.gaming_day = b.gaming_day
  where b.gaming_day >= v_first
  order by b.gaming_day;
end
$$;

alter function loyalty.liability_roll_forward(date, date) owner to loyalty_service;
revoke all on function loyalty.liability_roll_forward(date, date) from public;
grant execute on function loyalty.liability_roll_forward(date, date) to pit_staff;

comment on function loyalty.liability_roll_forward(date, date) is
  'Outstanding points by gaming day (default: the last 30): opening + earned - redeemed - expired '
  '+ adjusted = closing. Capability loyalty:view_all. Errors: IDUNA, IDFRB, LYPRD.';
--! EndIncluded loyalty/liability_roll_forward.sql
--! Included loyalty/adjust_points.sql
-- Corrects a balance by hand, up or down. That always takes two people: what is asked here is in
-- the ledger only once somebody else has approved it.

create or replace function loyalty.adjust_points(
  player_id uuid,
  points_change bigint,
  reason text,
  idempotency_key text
) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:adjust');
  v_key text := identity._check_key(adjust_points.idempotency_key);
  v_reason text := btrim(adjust_points.reason, E' \t\r\n');
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'adjust_points', adjust_points.player_id, points_change, adjust_points.reason
  ));
  v_result loyalty.ledger_result := loyalty._claim_key(v_actor, v_key, v_fingerprint);
  v_balance bigint;
begin
  if v_result.replayed then
    return v_result;
  end if;

  select p.current_balance into v_balance
  from loyalty.player_loyalty as p
  where p.casino_id = v_actor.casino_id and p.player_id = adjust_points.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  if coalesce(v_reason, '') = '' then
    perform ops._refuse('LYRSN', array['1']);
  end if;
  if points_change is null or points_change = 0 or abs(points_change::numeric) > 1e15 then
    perform ops._refuse('LYPTS');
  end if;
  if v_balance + points_change < 0 then
    perform loyalty._refuse_move(adjust_points.player_id, points_change);
  end if;
  return loyalty._request_reward(
    v_actor, adjust_points.player_id, points_change, v_reason, v_key, v_fingerprint, now(),
    null, null, (loyalty._terms(now())).request_hours, 'adjustment'
  );
end
$$;

alter function loyalty.adjust_points(uuid, bigint, text, text) owner to loyalty_service;
revoke all on function loyalty.adjust_points(uuid, bigint, text, text) from public;
grant execute on function loyalty.adjust_points(uuid, bigint, text, text) to pit_staff;

comment on function loyalty.adjust_points(uuid, bigint, text, text) is
  'Asks for an adjustment of a balance, up or down, which another person approves or declines. '
  'Capability loyalty:adjust. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYRSN, LYPTS, LYBAL, '
  'LYPOL.';
--! EndIncluded loyalty/adjust_points.sql
--! Included loyalty/_lock_request.sql
-- First step of every decision on a request: locks it, so that of two people one decides, and
-- refuses whoever asked for it. Gives the request back; whether it is still open, the decision
-- asks.

create or replace function loyalty._lock_request(actor identity.actor, request_id uuid)
returns loyalty.reward_request
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_request loyalty.reward_request;
begin
  select r.* into v_request
  from loyalty.reward_request as r
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  for no key update;
  if not found then
    perform ops._refuse('LYREQ');
  elsif v_request.requested_by = actor.staff_id then
    perform ops._refuse('LYSLF');
  end if;
  return v_request;
end
$$;

alter function loyalty._lock_request(identity.actor, uuid) owner to loyalty_service;
revoke all on function loyalty._lock_request(identity.actor, uuid) from public;

comment on function loyalty._lock_request(identity.actor, uuid) is
  'Locks a request for somebody else''s decision. Errors: LYREQ, LYSLF.';
--! EndIncluded loyalty/_lock_request.sql
--! Included loyalty/_refuse_decided.sql
-- A request that was decided, or has waited too long, can't be decided again: says what it is. One
-- that is stale counts as expired before the job has marked it.

create or replace function loyalty._refuse_decided(request loyalty.reward_request) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if request.status <> 'pending' then
    perform ops._refuse('LYDEC', array[request.status]);
  elsif request.expires_at <= now() then
    perform ops._refuse('LYDEC', array['expired']);
  end if;
end
$$;

alter function loyalty._refuse_decided(loyalty.reward_request) owner to loyalty_service;
revoke all on function loyalty._refuse_decided(loyalty.reward_request) from public;

comment on function loyalty._refuse_decided(loyalty.reward_request) is
  'Raises LYDEC unless the request still waits.';
--! EndIncluded loyalty/_refuse_decided.sql
--! Included loyalty/approve_reward.sql
-- The second person agrees: the request becomes a ledger entry, under the request's key, given by
-- who asked and approved by who agreed, at the time of the approval.

create or replace function loyalty.approve_reward(request_id uuid) returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:approve');
  v_request loyalty.reward_request := loyalty._lock_request(v_actor, request_id);
  v_entry loyalty.loyalty_ledger;
  v_result loyalty.ledger_result;
begin
  if v_request.status = 'approved' and v_request.decided_by = v_actor.staff_id then
    select l.* into v_entry
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id = v_request.player_id
      and l.entry_no = v_request.entry_no;
    return loyalty._ledger_result(v_entry, v_request, true);
  end if;
  perform loyalty._refuse_decided(v_request);

  v_result := case v_request.kind
    when 'adjustment' then loyalty._post_entry(
      v_actor, v_request.player_id, v_request.points, greatest(v_request.points, 0),
      'ADJUSTMENT', 'POINTS_ADJUSTED', 'adjustment', v_request.reason, v_request.requested_by,
      v_request.idempotency_key, v_request.request_fingerprint, now(),
      approved_by => v_actor.staff_id
    )
    else loyalty._post_entry(
      v_actor, v_request.player_id, v_request.points, v_request.points,
      'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', v_request.reason,
      v_request.requested_by, v_request.idempotency_key, v_request.request_fingerprint, now(),
      v_request.rating_slip_id, v_request.visit_id, approved_by => v_actor.staff_id
    )
  end;
  update loyalty.reward_request as r
  set status = 'approved', decided_by = v_actor.staff_id, decided_at = now(),
    decision_correlation_id = v_actor.correlation_id,
    entry_no = (v_result.ledger_entry).entry_no
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  returning r.* into v_request;
  v_result.reward_request := v_request;
  return v_result;
end
$$;

alter function loyalty.approve_reward(uuid) owner to loyalty_service;
revoke all on function loyalty.approve_reward(uuid) from public;
grant execute on function loyalty.approve_reward(uuid) to pit_staff;

comment on function loyalty.approve_reward(uuid) is
  'Approves somebody else''s request, a reward or an adjustment, and posts it. Approving it again '
  'gives the first result. Capability loyalty:approve. Errors: IDUNA, IDFRB, LYREQ, LYSLF, LYDEC, '
  'LYBAL, LYPOL.';
--! EndIncluded loyalty/approve_reward.sql
--! Included loyalty/decline_reward.sql
-- The second person doesn't agree and says why. The request stays, with who asked and who declined;
-- the ledger never hears of it.

create or replace function loyalty.decline_reward(request_id uuid, reason text)
returns loyalty.ledger_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:approve');
  v_request loyalty.reward_request := loyalty._lock_request(v_actor, request_id);
  v_reason text := nullif(btrim(decline_reward.reason, E' \t\r\n'), '');
begin
  if v_request.status = 'declined'
    and v_request.decided_by = v_actor.staff_id
    and v_request.decision_reason = v_reason
  then
    return loyalty._ledger_result(null, v_request, true);
  end if;
  perform loyalty._refuse_decided(v_request);
  if v_reason is null then
    perform ops._refuse('LYRSN', array['1']);
  end if;

  update loyalty.reward_request as r
  set status = 'declined', decided_by = v_actor.staff_id, decided_at = now(),
    decision_reason = v_reason, decision_correlation_id = v_actor.correlation_id
  where r.casino_id = identity._casino() and r.reward_request_id = request_id
  returning r.* into v_request;
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty.decline_reward(uuid, text) owner to loyalty_service;
revoke all on function loyalty.decline_reward(uuid, text) from public;
grant execute on function loyalty.decline_reward(uuid, text) to pit_staff;

comment on function loyalty.decline_reward(uuid, text) is
  'Declines somebody else''s request, with a reason. Capability loyalty:approve. Errors: IDUNA, '
  'IDFRB, LYREQ, LYSLF, LYDEC, LYRSN.';
--! EndIncluded loyalty/decline_reward.sql
--! Included loyalty/expire_requests_job.sql
-- The job behind requests that nobody decided: marks those whose time is over. One that somebody is
-- deciding at this moment is left to them.

create or replace function loyalty.expire_requests_job(ticket text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/expire_requests', ticket);
  v_expired integer;
begin
  update loyalty.reward_request as r
  set status = 'expired', decided_at = now(),
    decision_correlation_id = v_actor.correlation_id
  where r.casino_id = identity._casino()
    and r.reward_request_id in (
      select w.reward_request_id
      from loyalty.reward_request as w
      where w.casino_id = identity._casino()
        and w.status = 'pending'
        and w.expires_at <= now()
      for no key update skip locked
    );
  get diagnostics v_expired = row_count;
  return v_expired;
end
$$;

alter function loyalty.expire_requests_job(text) owner to loyalty_service;
revoke all on function loyalty.expire_requests_job(text) from public;
grant execute on function loyalty.expire_requests_job(text) to pit_worker;

comment on function loyalty.expire_requests_job(text) is
  'For the task loyalty/expire_requests: marks requests expired that nobody decided in time and '
  'gives their number. Error: OPTKT.';
--! EndIncluded loyalty/expire_requests_job.sql
--! Included loyalty/approval.sql
-- The queue of approvals and what became of each, with the names of everybody concerned: who asked,
-- for whom, who decided. Runs with its reader's rights.

create view loyalty.approval with (security_invoker = true) as
select
  r.casino_id,
  r.reward_request_id,
  r.kind,
  r.player_id,
  p.card_no,
  p.first_name || ' ' || p.last_name as player_name,
  r.points,
  r.reason,
  case when r.status = 'pending' and r.expires_at <= now() then 'expired' else r.status end
  as status,
  r.rating_slip_id,
  r.requested_by,
  a.display_name as requested_by_name,
  r.created_at as requested_at,
  r.gaming_day,
  r.expires_at,
  r.decided_by,
  d.display_name as decided_by_name,
  r.decided_at,
  r.decision_reason,
  r.entry_no,
  l.current_balance,
  l.tier
from loyalty.reward_request as r
join floor.player as p on p.casino_id = r.casino_id and p.player_id = r.player_id
join loyalty.player_loyalty as l on l.casino_id = r.casino_id and l.player_id = r.player_id
left join identity.staff as a on a.casino_id = r.casino_id and a.staff_id = r.requested_by
left join identity.staff as d on d.casino_id = r.casino_id and d.staff_id = r.decided_by;

alter view loyalty.approval owner to pit_owner;
grant select on loyalty.approval to pit_staff;

comment on view loyalty.approval is
  E'@primaryKey casino_id,reward_request_id\n'
  'Rewards and adjustments that need or needed a second person, with who asked and who decided.';
comment on column loyalty.approval.status is
  'pending, approved, declined or expired; expired as soon as its time is over.';
comment on column loyalty.approval.requested_by_name is 'Who asked; somebody else decides.';
comment on column loyalty.approval.current_balance is 'The player''s balance now.';
--! EndIncluded loyalty/approval.sql
--! Included loyalty/_policy_settings.sql
-- The parameters of a policy version, without what makes it a version: what a draft holds and the
-- next version is made of. Made from the row, so that a new parameter is in it by itself.

create or replace function loyalty._policy_settings(policy loyalty.loyalty_policy) returns jsonb
language sql
stable
return to_jsonb(policy) - '{
  casino_id, loyalty_policy_id, version, effective_from, created_at, loyalty_draft_id
}'::text[];

alter function loyalty._policy_settings(loyalty.loyalty_policy) owner to loyalty_service;
revoke all on function loyalty._policy_settings(loyalty.loyalty_policy) from public;

comment on function loyalty._policy_settings(loyalty.loyalty_policy) is
  'Parameters of a policy version as a JSON object.';
--! EndIncluded loyalty/_policy_settings.sql
--! Included loyalty/_add_policy.sql
-- Adds a version of a policy: the parameters given, the next number for its name. Versions are
-- never changed; the terms in force follow by trigger.

create or replace function loyalty._add_policy(
  settings jsonb,
  effective_from timestamptz,
  loyalty_draft_id uuid default null
) returns loyalty.loyalty_policy
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_policy loyalty.loyalty_policy := jsonb_populate_record(
    null::loyalty.loyalty_policy, settings
  );
begin
  v_policy.casino_id := v_casino_id;
  v_policy.loyalty_policy_id := uuidv7();
  v_policy.version := (
    select coalesce(max(p.version), 0) + 1
    from loyalty.loyalty_policy as p
    where p.casino_id = v_casino_id and p.name = v_policy.name
  );
  v_policy.effective_from := _add_policy.effective_from;
  v_policy.created_at := now();
  v_policy.loyalty_draft_id := _add_policy.loyalty_draft_id;
  insert into loyalty.loyalty_policy select v_policy.*;
  return v_policy;
end
$$;

alter function loyalty._add_policy(jsonb, timestamptz, uuid) owner to loyalty_service;
revoke all on function loyalty._add_policy(jsonb, timestamptz, uuid) from public;

comment on function loyalty._add_policy(jsonb, timestamptz, uuid) is
  'Writes the next version of the policy that the settings name, in force from a moment on.';
--! EndIncluded loyalty/_add_policy.sql
--! Included loyalty/_add_tiers.sql
-- Adds a version of the tiers, all rows with one moment from which it is in force. Versions are
-- never changed; the terms in force follow by trigger.

create or replace function loyalty._add_tiers(
  tiers jsonb,
  effective_from timestamptz,
  loyalty_draft_id uuid default null
) returns void
language sql
volatile
begin atomic
  insert into loyalty.loyalty_tier (
    casino_id, effective_from, threshold_points, next_threshold_points, tier, multiplier,
    loyalty_draft_id
  )
  select
    identity._casino(), _add_tiers.effective_from, t.threshold_points,
    lead(t.threshold_points) over (order by t.threshold_points), t.tier, t.multiplier,
    _add_tiers.loyalty_draft_id
  from jsonb_to_recordset(_add_tiers.tiers) as t (
    tier text, threshold_points bigint, multiplier numeric(6, 3)
  );
end;

alter function loyalty._add_tiers(jsonb, timestamptz, uuid) owner to loyalty_service;
revoke all on function loyalty._add_tiers(jsonb, timestamptz, uuid) from public;

comment on function loyalty._add_tiers(jsonb, timestamptz, uuid) is
  'Writes a version of the tiers, in force from a moment on.';
--! EndIncluded loyalty/_add_tiers.sql
--! Included loyalty/_move_standings.sql
-- Puts every player's tier and progress where the tiers in force say they are: when a version is
-- put in force, and when a planned one has begun. Players are locked in order, and the feed, which
-- locks several in an order of its own, waits; only those change whom the new version moves.

create or replace function loyalty._move_standings() returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(identity._casino(), 'ops.ingest_events');
  v_moved integer;
begin
  perform
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
  order by p.player_id
  for no key update;
  update loyalty.player_loyalty as p
  set tier = s.tier, tier_progress = s.tier_progress
  from loyalty.player_loyalty as b
  cross join lateral loyalty._tier_standing(b.casino_id, b.lifetime_points, now()) as s
  where p.casino_id = identity._casino()
    and b.casino_id = identity._casino()
    and b.player_id = p.player_id
    and (p.tier, p.tier_progress) is distinct from (s.tier, s.tier_progress);
  get diagnostics v_moved = row_count;
  update loyalty.terms_in_force as t
  set standings_as_of = now()
  where t.casino_id = identity._casino();
  return v_moved;
end
$$;

alter function loyalty._move_standings() owner to loyalty_service;
revoke all on function loyalty._move_standings() from public;

comment on function loyalty._move_standings() is
  'Sets everybody''s tier to the tiers in force and gives the number of players moved.';
--! EndIncluded loyalty/_move_standings.sql
--! Included loyalty/draft_result.sql
-- What drafting, publishing and withdrawing rules give back: the draft as it is then, so that a
-- screen needn't ask again.

create type loyalty.draft_result as (
  loyalty_draft loyalty.loyalty_draft,
  replayed boolean
);

alter type loyalty.draft_result owner to pit_owner;

comment on type loyalty.draft_result is
  'The draft as it is now, and whether it is an earlier result given again.';
--! EndIncluded loyalty/draft_result.sql
--! Included loyalty/_drafted_policy.sql
-- A draft's policy: the version in force when it shall begin, with what shall differ. Naming
-- another known policy starts from that one's newest version instead. What isn't a parameter is
-- refused, so that a misspelt one doesn't pass for a change.

create or replace function loyalty._drafted_policy(changes jsonb, at timestamptz) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_base loyalty.loyalty_policy;
  v_unknown text;
  v_message text;
begin
  if changes is null then
    return null;
  elsif jsonb_typeof(changes) <> 'object' then
    perform ops._refuse('LYVER', array['the policy must be an object of parameters']);
  end if;
  select p.* into v_base
  from loyalty.loyalty_policy as p
  where p.casino_id = identity._casino() and p.name = changes ->> 'name'
  order by p.version desc
  limit 1;
  if not found or v_base.name = (
    select p.name from loyalty._policy_in_force(identity._casino(), at) as p
  ) then
    select p.* into v_base from loyalty._policy_in_force(identity._casino(), at) as p;
  end if;

  select string_agg(format('"%s" is no parameter', k), ', ') into v_unknown
  from jsonb_object_keys(changes) as k
  where not loyalty._policy_settings(v_base) ? k;
  if v_unknown is not null then
    perform ops._refuse('LYVER', array[v_unknown]);
  end if;
  return loyalty._policy_settings(jsonb_populate_record(v_base, changes));
exception
  when data_exception then
    get stacked diagnostics v_message = message_text;
    perform ops._refuse('LYVER', array[v_message]);
end
$$;

alter function loyalty._drafted_policy(jsonb, timestamptz) owner to loyalty_service;
revoke all on function loyalty._drafted_policy(jsonb, timestamptz) from public;

comment on function loyalty._drafted_policy(jsonb, timestamptz) is
  'All parameters of the policy in force at a moment, with these changes; null without any. Error: '
  'LYVER.';
--! EndIncluded loyalty/_drafted_policy.sql
--! Included loyalty/_drafted_tiers.sql
-- A draft's tiers in one form, from the lowest up, each with its name, its threshold and its
-- multiplier and nothing else. What the table's own checks say, loyalty._check_draft asks.

create or replace function loyalty._drafted_tiers(tiers jsonb) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_tiers jsonb;
  v_message text;
begin
  if tiers is null then
    return null;
  elsif jsonb_typeof(tiers) <> 'array' then
    perform ops._refuse('LYVER', array['the tiers must be a list']);
  end if;
  select
    jsonb_agg(
      jsonb_build_object(
        'tier', t.tier, 'threshold_points', t.threshold_points, 'multiplier', t.multiplier
      )
      order by t.threshold_points
    )
  into v_tiers
  from jsonb_to_recordset(tiers) as t (
    tier text, threshold_points bigint, multiplier numeric(6, 3)
  );
  if v_tiers -> 0 ->> 'threshold_points' is distinct from '0' then
    perform ops._refuse('LYVER', array['one tier must begin at 0 points']);
  end if;
  return v_tiers;
exception
  when data_exception then
    get stacked diagnostics v_message = message_text;
    perform ops._refuse('LYVER', array[v_message]);
end
$$;

alter function loyalty._drafted_tiers(jsonb) owner to loyalty_service;
revoke all on function loyalty._drafted_tiers(jsonb) from public;

comment on function loyalty._drafted_tiers(jsonb) is
  'A list of tiers in its one form; null without any. Error: LYVER.';
--! EndIncluded loyalty/_drafted_tiers.sql
--! Included loyalty/_put_in_force.sql
-- Makes versions of what a draft says, in force from its moment on; the first version of a casino
-- is in force from -infinity. Everybody's tier is another step: loyalty._move_standings.

create or replace function loyalty._put_in_force(draft loyalty.loyalty_draft) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_from timestamptz := coalesce(draft.effective_from, now());
begin
  if draft.policy is not null then
    perform loyalty._add_policy(
      draft.policy,
      case
        when exists (
          select
          from loyalty.loyalty_policy as p
          where p.casino_id = identity._casino() and p.effective_from is not null
        ) then v_from
        else '-infinity'
      end,
      draft.loyalty_draft_id
    );
  end if;
  if draft.tiers is not null then
    perform loyalty._add_tiers(
      draft.tiers,
      case
        when exists (
          select from loyalty.loyalty_tier as t where t.casino_id = identity._casino()
        ) then v_from
        else '-infinity'
      end,
      draft.loyalty_draft_id
    );
  end if;
end
$$;

alter function loyalty._put_in_force(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty._put_in_force(loyalty.loyalty_draft) from public;

comment on function loyalty._put_in_force(loyalty.loyalty_draft) is
  'Adds the versions of policy and tiers that a draft holds.';
--! EndIncluded loyalty/_put_in_force.sql
--! Included loyalty/_check_draft.sql
-- Whether a draft could be published: writes its versions and takes that back again, so that the
-- tables' own rules decide and not a copy of them. Their names are sentences and become the
-- refusal.

create or replace function loyalty._check_draft(draft loyalty.loyalty_draft) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_rule text;
  v_column text;
  v_message text;
begin
  if draft.effective_from <= now() or not isfinite(draft.effective_from) then
    perform ops._refuse('LYVER', array['they would have begun before now']);
  end if;
  begin
    perform loyalty._put_in_force(draft);
    perform ops._refuse('LYVER', array['this was a trial']);
  exception
    when sqlstate 'LYVER' then
      return;
    when integrity_constraint_violation then
      get stacked diagnostics
        v_rule = constraint_name, v_column = column_name, v_message = message_text;
      v_message := coalesce(
        replace(nullif(v_rule, ''), '_', ' '), format('"%s" is missing', v_column)
      );
    when data_exception then
      get stacked diagnostics v_message = message_text;
  end;
  perform ops._refuse('LYVER', array[v_message]);
end
$$;

alter function loyalty._check_draft(loyalty.loyalty_draft) owner to loyalty_service;
revoke all on function loyalty._check_draft(loyalty.loyalty_draft) from public;

comment on function loyalty._check_draft(loyalty.loyalty_draft) is
  'Refuses a draft that could not be published as it is now. Error: LYVER, with the rule broken.';
--! EndIncluded loyalty/_check_draft.sql
--! Included loyalty/draft_rules.sql
-- Somebody writes down how the rules should be: parameters of the policy, the tiers, or both.
-- Nothing changes by that; another person publishes it. Of the policy only what shall differ is
-- given, and the draft keeps all parameters, so that it says the same when the rules in force
-- change meanwhile.

create or replace function loyalty.draft_rules(
  note text,
  idempotency_key text,
  policy jsonb default null,
  tiers jsonb default null,
  effective_from timestamptz default null
) returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_key text := identity._check_key(draft_rules.idempotency_key);
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:draft:' || v_key);
  v_note text := nullif(btrim(draft_rules.note, E' \t\r\n'), '');
  v_fingerprint bytea := ops._fingerprint(jsonb_build_array(
    'draft_rules', draft_rules.note, draft_rules.policy, draft_rules.tiers,
    draft_rules.effective_from
  ));
  v_draft loyalty.loyalty_draft;
begin
  select d.* into v_draft
  from loyalty.loyalty_draft as d
  where d.casino_id = identity._casino() and d.idempotency_key = v_key;
  if v_draft.request_fingerprint <> v_fingerprint then
    perform ops._refuse('LYIDM');
  elsif found then
    return row(v_draft, true);
  end if;

  if v_note is null then
    perform ops._refuse('LYRSN', array['1']);
  elsif draft_rules.policy is null and draft_rules.tiers is null then
    perform ops._refuse('LYVER', array['they change neither the policy nor the tiers']);
  end if;
  insert into loyalty.loyalty_draft as d (
    casino_id, policy, tiers, effective_from, note, drafted_by, correlation_id,
    idempotency_key, request_fingerprint
  )
  values (
    v_actor.casino_id,
    loyalty._drafted_policy(draft_rules.policy, coalesce(draft_rules.effective_from, now())),
    loyalty._drafted_tiers(draft_rules.tiers),
    draft_rules.effective_from, v_note, v_actor.staff_id, v_actor.correlation_id, v_key,
    v_fingerprint
  )
  returning d.* into v_draft;
  perform loyalty._check_draft(v_draft);
  return row(v_draft, false);
end
$$;

alter function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz)
owner to loyalty_service;
revoke all on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz) from public;
grant execute on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz)
to pit_staff;

comment on function loyalty.draft_rules(text, text, jsonb, jsonb, timestamptz) is
  'Drafts rules for another person to publish. policy: an object with the parameters of '
  'loyalty_policy that shall differ from those in force, null for no limit; tiers: a list of tier, '
  'threshold_points and multiplier; effective_from: null for the moment of publishing. Capability '
  'loyalty:configure. Errors: IDUNA, IDFRB, IDKEY, LYIDM, LYRSN, LYVER.';
--! EndIncluded loyalty/draft_rules.sql
--! Included loyalty/_lock_draft.sql
-- First step of every decision on a draft: locks it, so that of two people who decide at once one
-- does.

create or replace function loyalty._lock_draft(loyalty_draft_id uuid)
returns loyalty.loyalty_draft
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_draft loyalty.loyalty_draft;
begin
  select d.* into v_draft
  from loyalty.loyalty_draft as d
  where d.casino_id = identity._casino() and d.loyalty_draft_id = _lock_draft.loyalty_draft_id
  for no key update;
  if not found then
    perform ops._refuse('LYDFT');
  end if;
  return v_draft;
end
$$;

alter function loyalty._lock_draft(uuid) owner to loyalty_service;
revoke all on function loyalty._lock_draft(uuid) from public;

comment on function loyalty._lock_draft(uuid) is 'Locks a draft for its decision. Error: LYDFT.';
--! EndIncluded loyalty/_lock_draft.sql
--! Included loyalty/_decide_draft.sql
-- Writes what became of a draft and who decided it, and gives it back: the only change that a
-- draft ever sees.

create or replace function loyalty._decide_draft(
  actor identity.actor,
  loyalty_draft_id uuid,
  status text,
  reason text default null
) returns loyalty.loyalty_draft
language sql
volatile
begin atomic
  update loyalty.loyalty_draft as d
  set status = _decide_draft.status, decided_by = actor.staff_id, decided_at = now(),
    decision_reason = _decide_draft.reason,
    decision_correlation_id = actor.correlation_id
  where d.casino_id = identity._casino()
    and d.loyalty_draft_id = _decide_draft.loyalty_draft_id
  returning d.*;
end;

alter function loyalty._decide_draft(identity.actor, uuid, text, text) owner to loyalty_service;
revoke all on function loyalty._decide_draft(identity.actor, uuid, text, text) from public;

comment on function loyalty._decide_draft(identity.actor, uuid, text, text) is
  'Marks a draft published or withdrawn by the caller.';
--! EndIncluded loyalty/_decide_draft.sql
--! Included loyalty/publish_draft.sql
-- The second person publishes what the first drafted: it becomes a version of the policy, the tiers
-- or both, never changed again. One decision on the rules of a casino at a time.

create or replace function loyalty.publish_draft(loyalty_draft_id uuid)
returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_locked boolean := ops._lock(v_actor.casino_id, 'pit:rules');
  v_draft loyalty.loyalty_draft := loyalty._lock_draft(publish_draft.loyalty_draft_id);
begin
  if v_draft.drafted_by = v_actor.staff_id then
    perform ops._refuse('LYSLF');
  elsif v_draft.status = 'published' and v_draft.decided_by = v_actor.staff_id then
    return row(v_draft, true);
  elsif v_draft.status <> 'open' then
    perform ops._refuse('LYDEC', array[v_draft.status]);
  end if;
  perform loyalty._check_draft(v_draft);
  perform loyalty._put_in_force(v_draft);
  if v_draft.tiers is not null and v_draft.effective_from is null then
    perform loyalty._move_standings();
  end if;
  return row(
    loyalty._decide_draft(v_actor, publish_draft.loyalty_draft_id, 'published'), false
  );
end
$$;

alter function loyalty.publish_draft(uuid) owner to loyalty_service;
revoke all on function loyalty.publish_draft(uuid) from public;
grant execute on function loyalty.publish_draft(uuid) to pit_staff;

comment on function loyalty.publish_draft(uuid) is
  'Puts somebody else''s draft in force, from its moment on or now. Publishing it again gives the '
  'first result. Capability loyalty:configure. Errors: IDUNA, IDFRB, LYDFT, LYSLF, LYDEC, LYVER.';
--! EndIncluded loyalty/publish_draft.sql
--! Included loyalty/withdraw_draft.sql
-- A draft that shall not come: its author takes it back, or somebody else declines it, and says
-- why.

create or replace function loyalty.withdraw_draft(loyalty_draft_id uuid, reason text)
returns loyalty.draft_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:configure');
  v_draft loyalty.loyalty_draft := loyalty._lock_draft(withdraw_draft.loyalty_draft_id);
  v_reason text := nullif(btrim(withdraw_draft.reason, E' \t\r\n'), '');
begin
  if v_draft.status = 'withdrawn'
    and v_draft.decided_by = v_actor.staff_id
    and v_draft.decision_reason = v_reason
  then
    return row(v_draft, true);
  elsif v_draft.status <> 'open' then
    perform ops._refuse('LYDEC', array[v_draft.status]);
  elsif v_reason is null then
    perform ops._refuse('LYRSN', array['1']);
  end if;
  return row(
    loyalty._decide_draft(
      v_actor, withdraw_draft.loyalty_draft_id, 'withdrawn', v_reason
    ),
    false
  );
end
$$;

alter function loyalty.withdraw_draft(uuid, text) owner to loyalty_service;
revoke all on function loyalty.withdraw_draft(uuid, text) from public;
grant execute on function loyalty.withdraw_draft(uuid, text) to pit_staff;

comment on function loyalty.withdraw_draft(uuid, text) is
  'Withdraws a draft, one''s own or somebody else''s, with a reason. Capability loyalty:configure. '
  'Errors: IDUNA, IDFRB, LYDFT, LYDEC, LYRSN.';
--! EndIncluded loyalty/withdraw_draft.sql
--! Included loyalty/renew_terms_job.sql
-- The job behind planned versions: when one has begun, the copy for the write path is renewed and
-- everybody's tier moved. An award that was under way at that moment may still have used the tiers
-- before, so standings are set once more when ten minutes have passed.

create or replace function loyalty.renew_terms_job(ticket text) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/renew_terms', ticket);
  v_terms loyalty.terms_in_force;
begin
  select t.* into v_terms
  from loyalty.terms_in_force as t
  where t.casino_id = v_actor.casino_id;
  if v_terms.valid_until <= now() then
    perform loyalty._copy_terms();
  end if;
  if exists (
    select
    from loyalty.loyalty_tier as t
    where t.casino_id = identity._casino()
      and t.effective_from <= now()
      and t.effective_from + interval '10 minutes' > v_terms.standings_as_of
  ) then
    return loyalty._move_standings();
  end if;
  return 0;
end
$$;

alter function loyalty.renew_terms_job(text) owner to loyalty_service;
revoke all on function loyalty.renew_terms_job(text) from public;
grant execute on function loyalty.renew_terms_job(text) to pit_worker;

comment on function loyalty.renew_terms_job(text) is
  'For the task loyalty/renew_terms: puts a planned version of policy or tiers into effect and '
  'gives the number of players whose tier moved. Error: OPTKT.';
--! EndIncluded loyalty/renew_terms_job.sql
--! Included loyalty/preview_line.sql
-- One line of a preview: what the play at a game by players of a tier was awarded, and what other
-- rules would have given.

create type loyalty.preview_line as (
  game text,
  game_name text,
  tier text,
  slips bigint,
  awarded bigint,
  previewed bigint
);

alter type loyalty.preview_line owner to pit_owner;

comment on type loyalty.preview_line is
  'Game, tier held before the award, closed slips, points awarded, points under the rules looked '
  'at.';
--! EndIncluded loyalty/preview_line.sql
--! Included loyalty/rules_preview.sql
-- What a period would have cost under other rules, as a whole, as a sentence for whoever decides
-- on them, and line by line.

create type loyalty.rules_preview as (
  first_day date,
  last_day date,
  slips bigint,
  awarded bigint,
  previewed bigint,
  sentence text,
  lines loyalty.preview_line[]
);

alter type loyalty.rules_preview owner to pit_owner;

comment on type loyalty.rules_preview is
  'Gaming days looked at, closed slips, points awarded in them, points under the rules looked at, '
  'the same as a sentence, and the lines by game and tier.';
--! EndIncluded loyalty/rules_preview.sql
--! Included loyalty/_priced_slips.sql
-- The closed slips of a period, each with what it was awarded and what it would be worth under
-- other rules. The tier is that before the award, of the lifetime points that the ledger had then;
-- a slip worth nothing has no entry and is placed after the entry before its closing was written
-- down. Slips whose award is still pending were awarded nothing and are left out.

create or replace function loyalty._priced_slips(
  since timestamptz,
  until timestamptz,
  policy loyalty.loyalty_policy,
  tiers jsonb
) returns table (
  rating_slip_id uuid,
  game text,
  game_name text,
  tier text,
  awarded bigint,
  previewed bigint
)
language sql
stable
begin atomic
  with
  slip as materialized (
    select
      s.slip, s.game_name, l.points_change,
      coalesce(
        l.entry_no - 1,
        (
          select e.entry_no
          from loyalty.loyalty_ledger as e
          where e.casino_id = identity._casino()
            and e.player_id = (s.slip).player_id
            and e.created_at <= s.recorded_at
          order by e.entry_no desc
          limit 1
        )
      ) as after_entry_no
    from floor._closed_slips(_priced_slips.since, _priced_slips.until) as s
    left join loyalty.loyalty_ledger as l
      on l.casino_id = identity._casino()
      and l.idempotency_key = loyalty._slip_key((s.slip).rating_slip_id)
    where not exists (
      select
      from loyalty.accrual_failure as f
      where f.casino_id = identity._casino()
        and f.rating_slip_id = (s.slip).rating_slip_id
        and f.resolved_at is null
    )
  ),
  lifetime as (
    select
      l.player_id, l.entry_no,
      sum(
        case
          when l.transaction_type = 'REVERSAL' then least(l.points_change, 0)
          else greatest(l.points_change, 0)
        end
      ) over (partition by l.player_id order by l.entry_no)::bigint as points
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id in (select (s.slip).player_id from slip as s)
  )
  select
    (s.slip).rating_slip_id, (s.slip).game_code, s.game_name, held.tier,
    coalesce(s.points_change, 0),
    (
      loyalty.calculate_points(
        (s.slip).average_bet, (s.slip).accumulated_seconds, (s.slip).house_edge,
        (s.slip).decisions_per_hour, (s.slip).seats, (s.slip).conversion_rate,
        (s.slip).point_multiplier,
        case
          when _priced_slips.tiers is null then held.multiplier
          else (
            select (t.value ->> 'multiplier')::numeric
            from jsonb_array_elements(_priced_slips.tiers) as t
            where (t.value ->> 'threshold_points')::bigint <= coalesce(e.points, 0)
            order by (t.value ->> 'threshold_points')::bigint desc
            limit 1
          )
        end,
        _priced_slips.policy
      )
    ).points
  from slip as s
  left join lifetime as e
    on e.player_id = (s.slip).player_id and e.entry_no = s.after_entry_no
  left join lateral loyalty._tier_standing(
    identity._casino(), coalesce(e.points, 0), (s.slip).closed_at
  ) as held on true;
end;

alter function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) owner to loyalty_service;
revoke all on function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) from public;

comment on function loyalty._priced_slips(
  timestamptz, timestamptz, loyalty.loyalty_policy, jsonb
) is
  'Slips closed from a moment until before another, with the points awarded and those under a '
  'policy and tiers (null: those in force when each slip closed).';
--! EndIncluded loyalty/_priced_slips.sql
--! Included loyalty/preview_rules.sql
-- "What would the last 7 days have cost?" Prices the play of past gaming days with a draft's rules,
-- or with those in force, which gives exactly what was awarded under them. The play and the tiers
-- held before each award are taken as they were; that more points would also have raised tiers
-- sooner isn't followed up.

create or replace function loyalty.preview_rules(
  first_day date,
  last_day date,
  loyalty_draft_id uuid default null
) returns loyalty.rules_preview
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('loyalty:view_all');
  v_draft loyalty.loyalty_draft;
  v_policy loyalty.loyalty_policy;
  v_result loyalty.rules_preview;
  v_days integer := last_day - first_day + 1;
begin
  if v_days is null or v_days < 1 or v_days > 366 then
    perform ops._refuse('LYPRD', array['it must have 1 to 366 days']);
  end if;
  if preview_rules.loyalty_draft_id is not null then
    select d.* into v_draft
    from loyalty.loyalty_draft as d
    where d.casino_id = identity._casino()
      and d.loyalty_draft_id = preview_rules.loyalty_draft_id;
    if not found then
      perform ops._refuse('LYDFT');
    end if;
  end if;
  if v_draft.policy is null then
    select p.* into v_policy
    from loyalty._policy_in_force(
      identity._casino(), coalesce(v_draft.effective_from, now())
    ) as p;
  else
    v_policy := jsonb_populate_record(null::loyalty.loyalty_policy, v_draft.policy);
  end if;
  if v_policy.name is null then
    perform ops._refuse('LYPOL', array[now()::text]);
  end if;

  with line as (
    select
      s.game, s.game_name, s.tier, count(*) as slips, sum(s.awarded)::bigint as awarded,
      sum(s.previewed)::bigint as previewed
    from loyalty._priced_slips(
      (first_day + v_actor.gaming_day_start) at time zone v_actor.timezone,
      (last_day + 1 + v_actor.gaming_day_start) at time zone v_actor.timezone,
      v_policy, v_draft.tiers
    ) as s
    group by s.game, s.game_name, s.tier
  )
  select
    coalesce(sum(l.slips), 0), coalesce(sum(l.awarded), 0), coalesce(sum(l.previewed), 0),
    coalesce(
      array_agg(
        row(
          l.game, l.game_name, l.tier, l.slips, l.awarded, l.previewed
        )::loyalty.preview_line
        order by l.game_name, l.game, l.tier
      ),
      '{}'
    )
  into v_result.slips, v_result.awarded, v_result.previewed, v_result.lines
  from line as l;
  v_result.first_day := preview_rules.first_day;
  v_result.last_day := preview_rules.last_day;
  v_result.sentence := format(
    'The %s from %s to %s would have cost %s points instead of %s.',
    case v_days when 1 then 'gaming day' else v_days || ' gaming days' end,
    first_day, last_day,
    ltrim(to_char(v_result.previewed, '9,999,999,999,999,999,990')),
    ltrim(to_char(v_result.awarded, '9,999,999,999,999,999,990'))
  );
  return v_result;
end
$$;

alter function loyalty.preview_rules(date, date, uuid) owner to loyalty_service;
revoke all on function loyalty.preview_rules(date, date, uuid) from public;
grant execute on function loyalty.preview_rules(date, date, uuid) to pit_staff;

comment on function loyalty.preview_rules(date, date, uuid) is
  'What the play of past gaming days would have cost under a draft, or under the policy in force '
  '(no draft), as a whole and by game and tier. Capability loyalty:view_all. Errors: IDUNA, IDFRB, '
  'LYPRD, LYDFT, LYPOL.';
--! EndIncluded loyalty/preview_rules.sql
--! Included loyalty/_chain_states.sql
-- The whole ledger in one pass that parallel workers share, each entry on its own: its hash is
-- recomputed, and a digest of its number, balance and hash is XORed with the same of what it says
-- came before. Along an unbroken chain everything cancels out but the beginning and the end, which
-- the standing has; a gap, an insertion or a swap doesn't, and loyalty._chain_problems says where.
-- Rows are returned because a query that fills a variable isn't shared among workers.

create or replace function loyalty._chain_states(player_id uuid default null)
returns setof loyalty.chain_state
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set jit = off
set max_parallel_workers_per_gather = 4
set parallel_setup_cost = 0
set parallel_tuple_cost = 0
as $$
begin
  return query
  select
    coalesce(c.player_id, p.player_id), coalesce(c.entries, 0),
    p.player_id is not null
    and coalesce(c.entries, 0) = p.last_entry_no
    and coalesce(c.fits, true)
    and coalesce(c.links, 0) = (
      hashbyteaextended(sha256(''), 0)
      # hashbyteaextended(p.last_entry_hash, (p.last_entry_no << 40) # p.current_balance)
    )
  from (
    select
      l.player_id,
      count(*) as entries,
      bool_and(
        l.balance_after = l.balance_before + l.points_change
        and l.entry_hash = loyalty._entry_hash(
          l.previous_hash,
          loyalty._entry_content(
            l.casino_id, l.player_id, l.entry_no, l.transaction_type, l.event_type, l.source,
            l.points_change, l.balance_before, l.balance_after, l.tier_before, l.tier_after,
            l.rating_slip_id, l.visit_id, l.reverses_entry_no, l.reason, l.staff_id,
            l.approved_by, l.correlation_id, l.idempotency_key, l.request_fingerprint,
            l.gaming_day, l.occurred_at, l.created_at
          )
        )
      ) as fits,
      bit_xor(
        hashbyteaextended(l.entry_hash, (l.entry_no << 40) # l.balance_after)
        # hashbyteaextended(l.previous_hash, ((l.entry_no - 1) << 40) # l.balance_before)
      ) as links
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and (_chain_states.player_id is null or l.player_id = _chain_states.player_id)
    group by l.player_id
  ) as c
  full join (
    select s.*
    from loyalty.player_loyalty as s
    where s.casino_id = identity._casino()
      and (_chain_states.player_id is null or s.player_id = _chain_states.player_id)
  ) as p on p.player_id = c.player_id;
end
$$;

alter function loyalty._chain_states(uuid) owner to loyalty_service;
revoke all on function loyalty._chain_states(uuid) from public;

comment on function loyalty._chain_states(uuid) is
  'For each player of the running call''s casino, or one: entries, and whether the ledger '
  'fits itself and the standing.';
--! EndIncluded loyalty/_chain_states.sql
--! Included loyalty/_chain_problems.sql
-- What exactly is wrong with the ledgers of these players: entry by entry, each beside the one
-- before it and the standing beside the last one.

create or replace function loyalty._chain_problems(player_ids uuid[])
returns setof loyalty.chain_problem
language sql
stable
set search_path = ''
begin atomic
  with ledger as (
    select
      l.player_id, l.entry_no, l.points_change, l.balance_before, l.balance_after,
      l.previous_hash, l.entry_hash,
      coalesce(lag(l.entry_no) over w, 0) as before_no,
      coalesce(lag(l.entry_hash) over w, sha256('')) as before_hash,
      coalesce(lag(l.balance_after) over w, 0) as before_balance,
      lead(l.entry_no) over w is null as is_last,
      sum(l.points_change) over (partition by l.player_id) as balance,
      loyalty._entry_hash(
        l.previous_hash,
        loyalty._entry_content(
          l.casino_id, l.player_id, l.entry_no, l.transaction_type, l.event_type, l.source,
          l.points_change, l.balance_before, l.balance_after, l.tier_before, l.tier_after,
          l.rating_slip_id, l.visit_id, l.reverses_entry_no, l.reason, l.staff_id,
          l.approved_by, l.correlation_id, l.idempotency_key, l.request_fingerprint,
          l.gaming_day, l.occurred_at, l.created_at
        )
      ) as computed_hash
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino() and l.player_id = any (player_ids)
    window w as (partition by l.player_id order by l.entry_no)
  ),
  standing as (
    select p.*
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino() and p.player_id = any (player_ids)
  ),
  problem as (
    select
      l.player_id, l.before_no + 1 as entry_no, 'entry_missing' as problem,
      case
        when l.entry_no - l.before_no = 2 then format('Entry %s is missing.', l.before_no + 1)
        else format('Entries %s to %s are missing.', l.before_no + 1, l.entry_no - 1)
      end as detail
    from ledger as l
    where l.entry_no > l.before_no + 1

    union all
    select
      s.player_id, coalesce(l.entry_no, 0) + 1, 'entry_missing',
      case
        when s.last_entry_no = coalesce(l.entry_no, 0) + 1
        then format('Entry %s, the newest, is missing.', s.last_entry_no)
        else format('Entries %s to %s, the newest, are missing.',
          coalesce(l.entry_no, 0) + 1, s.last_entry_no)
      end
    from standing as s
    left join ledger as l on l.player_id = s.player_id and l.is_last
    where s.last_entry_no > coalesce(l.entry_no, 0)

    union all
    select
      l.player_id, l.entry_no, 'entry_extra',
      format('Entry %s is not known to the player''s standing, which ends with entry %s.',
        l.entry_no, s.last_entry_no)
    from ledger as l
    join standing as s on s.player_id = l.player_id
    where l.entry_no > s.last_entry_no

    union all
    select
      l.player_id, l.entry_no, 'entry_changed',
      format('What entry %s says doesn''t fit its hash.', l.entry_no)
    from ledger as l
    where l.computed_hash <> l.entry_hash

    union all
    select
      l.player_id, l.entry_no, 'entry_unlinked',
      format('Entry %s doesn''t follow entry %s as it stands.', l.entry_no, l.before_no)
    from ledger as l
    where l.entry_no = l.before_no + 1 and l.previous_hash <> l.before_hash

    union all
    select
      l.player_id, l.entry_no, 'sum_wrong',
      format('Entry %s: %s %s %s is not %s, or does not follow the balance of %s before it.',
        l.entry_no, l.balance_before, case when l.points_change < 0 then '-' else '+' end,
        abs(l.points_change), l.balance_after, l.before_balance)
    from ledger as l
    where l.balance_after <> l.balance_before + l.points_change
      or l.entry_no = l.before_no + 1 and l.balance_before <> l.before_balance

    union all
    select
      l.player_id, l.entry_no, 'standing_missing',
      'The player has entries and no standing.'
    from ledger as l
    where l.is_last and not exists (
      select from standing as s where s.player_id = l.player_id
    )

    union all
    select
      s.player_id, coalesce(l.entry_no, 0), 'standing_wrong',
      format('The standing''s %s is %s, the ledger''s up to entry %s is %s.',
        d.what, d.actual, coalesce(l.entry_no, 0), d.expected)
    from standing as s
    left join ledger as l on l.player_id = s.player_id and l.is_last
    cross join lateral (
      values
        ('balance', s.current_balance::text, coalesce(l.balance, 0)::text),
        (
          'last hash', encode(s.last_entry_hash, 'hex'),
          encode(coalesce(l.entry_hash, sha256('')), 'hex')
        )
    ) as d (what, actual, expected)
    where d.actual <> d.expected
  )
  select p.player_id, p.entry_no, p.problem, p.detail
  from problem as p
  order by p.player_id, p.entry_no, p.problem;
end;

alter function loyalty._chain_problems(uuid[]) owner to loyalty_service;
revoke all on function loyalty._chain_problems(uuid[]) from public;

comment on function loyalty._chain_problems(uuid[]) is
  'Everything that doesn''t fit in the ledgers of these players: gaps, changed, extra and '
  'unlinked entries, wrong sums, and standings that differ.';
--! EndIncluded loyalty/_chain_problems.sql
--! Included loyalty/_verify_chain.sql
-- Is the ledger what was written? Recomputes every entry's hash and the chain of each player, and
-- compares the standings: whatever was changed, removed, inserted or swapped behind the functions'
-- back has a name. What somebody who can change everything has made fit again, the seals show.

create or replace function loyalty._verify_chain(player_id uuid default null)
returns loyalty.chain_verification
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_suspects uuid[];
  v_result loyalty.chain_verification;
begin
  select
    count(*), coalesce(sum(c.entries), 0), array_agg(c.player_id) filter (where not c.intact)
  into v_result.players, v_result.entries, v_suspects
  from loyalty._chain_states(_verify_chain.player_id) as c;
  if _verify_chain.player_id is not null and v_result.players = 0 then
    perform ops._refuse('RSPLR');
  end if;

  v_result.intact := v_suspects is null;
  select
    count(*),
    coalesce(
      array_agg(row(p.player_id, p.entry_no, p.problem, p.detail)::loyalty.chain_problem)
        filter (where p.place <= 1000),
      '{}'
    )
  into v_result.problems_found, v_result.problems
  from loyalty._chain_problems(v_suspects)
    with ordinality as p (player_id, entry_no, problem, detail, place);
  return v_result;
end
$$;

alter function loyalty._verify_chain(uuid) owner to loyalty_service;
revoke all on function loyalty._verify_chain(uuid) from public;
grant execute on function loyalty._verify_chain(uuid) to ops_service;

comment on function loyalty._verify_chain(uuid) is
  'Recomputes the ledger of one player, or of all of the running call''s casino: every hash, every '
  'link, every sum, and the standings. Error: RSPLR.';
--! EndIncluded loyalty/_verify_chain.sql
--! Included loyalty/verify_chain.sql
-- Is the ledger what was written? For whoever audits, with a session or a login of their own; the
-- command line asks loyalty._verify_chain the same.

create or replace function loyalty.verify_chain(player_id uuid default null)
returns loyalty.chain_verification
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return loyalty._verify_chain(verify_chain.player_id);
end
$$;

alter function loyalty.verify_chain(uuid) owner to loyalty_service;
revoke all on function loyalty.verify_chain(uuid) from public;
grant execute on function loyalty.verify_chain(uuid) to pit_staff, pit_auditor;

comment on function loyalty.verify_chain(uuid) is
  'Recomputes the ledger of one player, or of all: every hash, every link, every sum, and the '
  'standings. Capability audit:view, or an auditor''s login. Errors: IDUNA, IDFRB, RSPLR.';
--! EndIncluded loyalty/verify_chain.sql
--! Included loyalty/_drift.sql
-- The cache beside the truth, in one pass without hashes: what each player's standing should be
-- after the ledger, and where it is something else. A tier may be that of the tiers in force now or
-- that of the moment when everybody's tier was last moved, until a planned version's job has run.

create or replace function loyalty._drift(player_id uuid default null) returns setof loyalty.drift
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  select d.player_id, d.entry_no, v.what, v.expected, v.actual
  from (
    select
      coalesce(l.player_id, p.player_id) as player_id, coalesce(l.entry_no, 0) as entry_no,
      coalesce(l.entries, 0) as entries, coalesce(l.balance, 0) as balance,
      coalesce(l.lifetime, 0)::bigint as lifetime,
      coalesce(h.entry_hash, sha256('')) as entry_hash,
      p.player_id is not null as has_standing, p.current_balance, p.lifetime_points, p.tier,
      p.tier_progress, p.last_entry_no, p.last_entry_hash
    from (
      select
        e.player_id, count(*) as entries, max(e.entry_no) as entry_no,
        sum(e.points_change) as balance,
        sum(
          case
            when e.transaction_type <> 'REVERSAL' then greatest(e.points_change, 0)
            else least(e.points_change, 0)
          end
        ) as lifetime
      from loyalty.loyalty_ledger as e
      where e.casino_id = identity._casino()
        and (_drift.player_id is null or e.player_id = _drift.player_id)
      group by e.player_id
    ) as l
    full join (
      select s.*
      from loyalty.player_loyalty as s
      where s.casino_id = identity._casino()
        and (_drift.player_id is null or s.player_id = _drift.player_id)
    ) as p on p.player_id = l.player_id
    left join loyalty.loyalty_ledger as h
      on h.casino_id = identity._casino()
      and h.player_id = l.player_id
      and h.entry_no = l.entry_no
  ) as d
  left join loyalty.terms_in_force as f on f.casino_id = identity._casino()
  left join lateral loyalty._tier_standing(identity._casino(), d.lifetime, now()) as t on true
  left join lateral loyalty._tier_standing(
    identity._casino(), d.lifetime, f.standings_as_of
  ) as u on true
  cross join lateral (
    values
      ('standing', 'exists', case when d.has_standing then 'exists' else 'is missing' end),
      ('entries', d.entry_no::text, d.entries::text),
      ('current_balance', d.balance::text, d.current_balance::text),
      ('lifetime_points', d.lifetime::text, d.lifetime_points::text),
      ('tier', t.tier, case when d.tier = u.tier then t.tier else d.tier end),
      (
        'tier_progress', t.tier_progress::text,
        case
          when d.tier_progress = u.tier_progress then t.tier_progress else d.tier_progress
        end::text
      ),
      ('last_entry_no', d.entry_no::text, d.last_entry_no::text),
      ('last_entry_hash', encode(d.entry_hash, 'hex'), encode(d.last_entry_hash, 'hex'))
  ) as v (what, expected, actual)
  where v.actual is distinct from v.expected
    and (d.has_standing or v.what = 'standing');
end
$$;

alter function loyalty._drift(uuid) owner to loyalty_service;
revoke all on function loyalty._drift(uuid) from public;
grant execute on function loyalty._drift(uuid) to ops_service;

comment on function loyalty._drift(uuid) is
  'Every difference between the standings and the ledger of the running call''s casino, or of one '
  'player: sums, tier, number and hash of the newest entry. No row is the answer.';
--! EndIncluded loyalty/_drift.sql
--! Included loyalty/_chain_heads.sql
-- The newest entry of every player, for the seals: as the standing numbers it and as the ledger has
-- it. entry_hash is null where the ledger has no such entry, or another hash than the standing.

create or replace function loyalty._chain_heads()
returns table (player_id uuid, entry_no bigint, entry_hash bytea)
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.player_id, p.last_entry_no, l.entry_hash
  from loyalty.player_loyalty as p
  left join loyalty.loyalty_ledger as l
    on l.casino_id = identity._casino()
    and l.player_id = p.player_id
    and l.entry_no = p.last_entry_no
    and l.entry_hash = p.last_entry_hash
  where p.casino_id = identity._casino() and p.last_entry_no > 0;
end;

alter function loyalty._chain_heads() owner to loyalty_service;
revoke all on function loyalty._chain_heads() from public;
grant execute on function loyalty._chain_heads() to ops_service;

comment on function loyalty._chain_heads() is
  'Number and hash of every player''s newest entry in the running call''s casino.';
--! EndIncluded loyalty/_chain_heads.sql
--! Included loyalty/_chain_misfits.sql
-- Which of these entries are no longer what they were: for the seals, which know numbers and hashes
-- of entries and nothing else about them.

create or replace function loyalty._chain_misfits(
  player_ids uuid[],
  entry_nos bigint[],
  entry_hashes bytea[]
)
returns table (place bigint, found boolean)
language sql
stable
security definer
set search_path = ''
begin atomic
  select e.place, l.entry_no is not null
  from unnest(player_ids, entry_nos, entry_hashes)
    with ordinality as e (player_id, entry_no, entry_hash, place)
  left join loyalty.loyalty_ledger as l
    on l.casino_id = identity._casino()
    and l.player_id = e.player_id
    and l.entry_no = e.entry_no
  where l.entry_hash is distinct from e.entry_hash;
end;

alter function loyalty._chain_misfits(uuid[], bigint[], bytea[]) owner to loyalty_service;
revoke all on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) from public;
grant execute on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) to ops_service;

comment on function loyalty._chain_misfits(uuid[], bigint[], bytea[]) is
  'The places in these lists whose entry is missing (found is false) or has another hash.';
--! EndIncluded loyalty/_chain_misfits.sql
--! Included loyalty/_chain_links.sql
-- A piece of a player's chain as a proof needs it: the entry itself, and of each one after it just
-- the content that its hash was computed over.

create or replace function loyalty._chain_links(
  player_id uuid,
  first_no bigint,
  last_no bigint,
  out entry loyalty.loyalty_ledger,
  out contents bytea[]
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    (array_agg(l order by l.entry_no))[1],
    array_agg(
      loyalty._entry_content(
        l.casino_id, l.player_id, l.entry_no, l.transaction_type, l.event_type, l.source,
        l.points_change, l.balance_before, l.balance_after, l.tier_before, l.tier_after,
        l.rating_slip_id, l.visit_id, l.reverses_entry_no, l.reason, l.staff_id,
        l.approved_by, l.correlation_id, l.idempotency_key, l.request_fingerprint,
        l.gaming_day, l.occurred_at, l.created_at
      )
      order by l.entry_no
    ) filter (where l.entry_no > first_no)
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.player_id = _chain_links.player_id
    and l.entry_no between first_no and last_no;
end;

alter function loyalty._chain_links(uuid, bigint, bigint) owner to loyalty_service;
revoke all on function loyalty._chain_links(uuid, bigint, bigint) from public;
grant execute on function loyalty._chain_links(uuid, bigint, bigint) to ops_service;

comment on function loyalty._chain_links(uuid, bigint, bigint) is
  'The entry first_no of a player and the contents of those after it up to last_no.';
--! EndIncluded loyalty/_chain_links.sql
--! Included loyalty/ledger_entries.sql
-- The ledger in plain words, for an auditor with psql: who got or lost how many points, when, why
-- and by whom. Players and staff are ids; floor.read_player tells who somebody is.

create or replace view loyalty.ledger_entries with (security_invoker = true) as
select
  l.player_id,
  l.entry_no,
  l.gaming_day,
  l.occurred_at as happened_at,
  l.created_at as written_at,
  l.transaction_type as kind,
  l.event_type as cause,
  l.source,
  l.points_change as points,
  l.balance_before,
  l.balance_after,
  l.tier_before,
  l.tier_after,
  l.reverses_entry_no,
  l.reason,
  l.staff_id as given_by,
  l.approved_by,
  l.rating_slip_id,
  l.visit_id,
  l.correlation_id as request_id
from loyalty.loyalty_ledger as l;

alter view loyalty.ledger_entries owner to pit_owner;
grant select on loyalty.ledger_entries to pit_auditor;

comment on view loyalty.ledger_entries is
  'Every change of points, for auditors'' logins.';
--! EndIncluded loyalty/ledger_entries.sql
--! Included loyalty/balances.sql
-- What every player has now, in plain words, for an auditor with psql. It is the cache; whether it
-- fits the ledger is what verify_chain says.

create or replace view loyalty.balances with (security_invoker = true) as
select
  p.player_id,
  p.current_balance as balance,
  p.lifetime_points,
  p.tier,
  p.last_entry_no as entries,
  p.updated_at as last_changed_at
from loyalty.player_loyalty as p;

alter view loyalty.balances owner to pit_owner;
grant select on loyalty.balances to pit_auditor;

comment on view loyalty.balances is
  'Every player''s balance and tier, for auditors'' logins.';
--! EndIncluded loyalty/balances.sql
--! Included loyalty/_points_text.sql
-- Points as people read them, for explanations and statements: one form everywhere, whatever the
-- session's settings.

create or replace function loyalty._points_text(points numeric) returns text
language sql
stable
return to_char(points, 'FM999,999,999,999,999,999,990');

alter function loyalty._points_text(numeric) owner to loyalty_service;
revoke all on function loyalty._points_text(numeric) from public;

comment on function loyalty._points_text(numeric) is 'A whole number with commas: 12,345.';
--! EndIncluded loyalty/_points_text.sql
--! Included loyalty/_lifetime_before.sql
-- The lifetime points that an entry found, by the rule of domain.md section 4: the tier that an
-- accrual multiplies by is the one before it.

create or replace function loyalty._lifetime_before(entry loyalty.loyalty_ledger) returns bigint
language sql
stable
return (
  select coalesce(
    sum(
      case
        when l.transaction_type <> 'REVERSAL' then greatest(l.points_change, 0)
        else least(l.points_change, 0)
      end
    ),
    0
  )::bigint
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.player_id = entry.player_id
    and l.entry_no < entry.entry_no
);

alter function loyalty._lifetime_before(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._lifetime_before(loyalty.loyalty_ledger) from public;

comment on function loyalty._lifetime_before(loyalty.loyalty_ledger) is
  'Sum of the positive entries before this one that are no reversals, less what reversals took.';
--! EndIncluded loyalty/_lifetime_before.sql
--! Included loyalty/_explain_play.sql
-- Why play earned what it did: the slip's telemetry, the policy version it opened with, the tier
-- before, and every step of the formula, calculated anew.

create or replace function loyalty._explain_play(
  actor identity.actor,
  entry loyalty.loyalty_ledger
) returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slip floor.slip_telemetry := floor._slip_telemetry(entry.rating_slip_id);
  v_policy loyalty.loyalty_policy;
  v_tier loyalty.tier_standing;
  v_sum loyalty.points_calculation;
  v_result loyalty.entry_explanation;
  v_fewer integer;
  v_bonus boolean;
begin
  if v_slip.loyalty_policy_id is null then
    select p.* into v_policy
    from loyalty._policy_in_force(entry.casino_id, v_slip.opened_at) as p;
  else
    select p.* into v_policy
    from loyalty.loyalty_policy as p
    where p.casino_id = identity._casino() and p.loyalty_policy_id = v_slip.loyalty_policy_id;
  end if;
  select t.* into v_tier
  from loyalty._tier_standing(
    entry.casino_id, loyalty._lifetime_before(entry), v_slip.closed_at
  ) as t;
  v_sum := loyalty.calculate_points(
    v_slip.average_bet, v_slip.accumulated_seconds, v_slip.house_edge,
    v_slip.decisions_per_hour, v_slip.seats, v_slip.conversion_rate, v_slip.point_multiplier,
    v_tier.multiplier, v_policy
  );
  v_fewer := greatest(v_policy.full_table_seats - v_slip.seats, 0);
  v_bonus := v_sum.volume_points <> v_sum.seat_points;

  v_result.policy_name := v_policy.name;
  v_result.policy_version := v_policy.version;
  v_result.recalculated_points := v_sum.points;
  v_result.steps := array[
    row(1, 'Average bet', v_slip.average_bet,
      'dollars, weighted by the time each bet was in play')::loyalty.explanation_step,
    row(2, 'Time played', v_slip.accumulated_seconds,
      'seconds between opening and closing, pauses left out')::loyalty.explanation_step,
    row(3, 'Decisions', trim_scale(v_sum.decisions),
      format('%s seconds x %s an hour%s', v_slip.accumulated_seconds, v_slip.decisions_per_hour,
        case when v_policy.round_decisions then ', rounded half up' else '' end)
    )::loyalty.explanation_step,
    row(4, 'Theoretical win', trim_scale(v_sum.theoretical_win),
      format('dollars: average bet x house edge of %s%% x decisions',
        trim_scale(v_slip.house_edge)))::loyalty.explanation_step,
    row(5, 'Base points', trim_scale(v_sum.base_points),
      format('theoretical win x %s points a dollar x %s for the game',
        trim_scale(v_slip.conversion_rate), trim_scale(v_slip.point_multiplier))
    )::loyalty.explanation_step,
    row(6, 'With the tier', trim_scale(v_sum.tier_points),
      case when v_policy.apply_tier_multiplier
        then format('x %s for %s, the tier before', trim_scale(v_tier.multiplier), v_tier.tier)
        else 'the policy does not multiply by the tier'
      end)::loyalty.explanation_step,
    row(7, 'With the seat bonus', trim_scale(v_sum.seat_points),
      case when v_sum.seat_points <> v_sum.tier_points
        then format('x %s: %s seats, %s fewer than %s',
          trim_scale(1 + v_policy.seat_bonus_rate * v_fewer), v_slip.seats, v_fewer,
          v_policy.full_table_seats)
        else 'no bonus'
      end)::loyalty.explanation_step,
    row(8, 'With the volume bonus', trim_scale(v_sum.volume_points),
      case when v_bonus
        then format('x %s: more decisions than %s', trim_scale(v_policy.volume_bonus),
          v_slip.decisions_per_hour)
        else 'no bonus'
      end)::loyalty.explanation_step,
    row(9, 'Points', v_sum.points,
      case v_policy.rounding when 'half_up' then 'rounded half up' else 'rounded down' end
      || ', once, at the end')::loyalty.explanation_step
  ];
  v_result.summary := concat(
    format('These %s points are for play from %s to %s. ',
      loyalty._points_text(entry.points_change),
      to_char(v_slip.opened_at at time zone actor.timezone, 'YYYY-MM-DD HH24:MI'),
      to_char(v_slip.closed_at at time zone actor.timezone, 'YYYY-MM-DD HH24:MI')),
    format('The player bet $%s on average for %s seconds, which at %s decisions an hour makes '
      '%s decisions and, with a house edge of %s%%, a theoretical win of $%s. ',
      to_char(v_slip.average_bet, 'FM999,999,999,990.00'),
      loyalty._points_text(v_slip.accumulated_seconds), v_slip.decisions_per_hour,
      trim_scale(v_sum.decisions), trim_scale(v_slip.house_edge),
      to_char(v_sum.theoretical_win, 'FM999,999,999,990.00')),
    format('Under version %s of the policy %s, in force when the slip was opened, that is worth '
      '%s base points', v_policy.version, v_policy.name, trim_scale(round(v_sum.base_points, 2))),
    case when v_policy.apply_tier_multiplier then format(
      '; the tier before, %s, makes it %s', v_tier.tier, trim_scale(round(v_sum.tier_points, 2))
    ) end,
    case when v_sum.seat_points <> v_sum.tier_points then format(
      '; %s seats instead of %s make it %s', v_slip.seats, v_policy.full_table_seats,
      trim_scale(round(v_sum.seat_points, 2))
    ) end,
    case when v_bonus then format(
      '; more than %s decisions make it %s', v_slip.decisions_per_hour,
      trim_scale(round(v_sum.volume_points, 2))
    ) end,
    format('. %s once at the end, this gives %s points.',
      case v_policy.rounding when 'half_up' then 'Rounded half up' else 'Rounded down' end,
      loyalty._points_text(v_sum.points))
  );
  return v_result;
end
$$;

alter function loyalty._explain_play(identity.actor, loyalty.loyalty_ledger)
owner to loyalty_service;
revoke all on function loyalty._explain_play(identity.actor, loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_play(identity.actor, loyalty.loyalty_ledger) is
  'Explains a GAMEPLAY entry: telemetry, policy version, tier and each step, calculated anew.';
--! EndIncluded loyalty/_explain_play.sql
--! Included loyalty/_explain_promotion.sql
-- Why a campaign added points: its factor on what the slip's play had earned, from the record of
-- the award and the GAMEPLAY entry of the same slip.

create or replace function loyalty._explain_promotion(entry loyalty.loyalty_ledger)
returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_promotion loyalty.promotion;
  v_play loyalty.loyalty_ledger;
  v_times numeric;
  v_result loyalty.entry_explanation;
begin
  select p.* into v_promotion
  from loyalty.promotion_award as a
  join loyalty.promotion as p
    on p.casino_id = identity._casino() and p.promotion_id = a.promotion_id
  where a.casino_id = identity._casino()
    and a.player_id = entry.player_id
    and a.entry_no = entry.entry_no;
  select l.* into v_play
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = loyalty._slip_key(entry.rating_slip_id);
  v_times := v_play.points_change * v_promotion.multiplier;

  v_result.recalculated_points := round(v_times) - v_play.points_change;
  v_result.steps := array[
    row(1, 'Points of the play', v_play.points_change, format('entry %s', v_play.entry_no)
    )::loyalty.explanation_step,
    row(2, 'With the promotion', trim_scale(v_times),
      format('x %s for "%s"', trim_scale(v_promotion.multiplier), v_promotion.name)
    )::loyalty.explanation_step,
    row(3, 'Rounded', round(v_times), 'half up')::loyalty.explanation_step,
    row(4, 'Points', v_result.recalculated_points, 'less the points of the play itself'
    )::loyalty.explanation_step
  ];
  v_result.summary := format(
    'These %s points are from the promotion "%s", which multiplies the points of play by %s: '
    'entry %s gave %s points for the same slip, times %s is %s, less the %s that were given '
    'already.',
    loyalty._points_text(entry.points_change), v_promotion.name,
    trim_scale(v_promotion.multiplier), v_play.entry_no,
    loyalty._points_text(v_play.points_change), trim_scale(v_promotion.multiplier),
    loyalty._points_text(round(v_times)), loyalty._points_text(v_play.points_change)
  );
  return v_result;
end
$$;

alter function loyalty._explain_promotion(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._explain_promotion(loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_promotion(loyalty.loyalty_ledger) is
  'Explains a PROMOTION entry: the campaign, its factor and the play that it multiplies.';
--! EndIncluded loyalty/_explain_promotion.sql
--! Included loyalty/_explain_expiry.sql
-- Why points expired: first in, first out, so what is left of what was earned before the cut-off is
-- the balance less everything earned since. Counted as it was when the entry was written.

create or replace function loyalty._explain_expiry(entry loyalty.loyalty_ledger)
returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_cut_off date := substring(entry.idempotency_key from '^pit:expiry:([0-9-]{10}):')::date;
  v_since bigint;
  v_result loyalty.entry_explanation;
begin
  select coalesce(sum(l.points_change), 0) into v_since
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.player_id = entry.player_id
    and l.entry_no < entry.entry_no
    and l.gaming_day >= v_cut_off
    and l.points_change > 0
    and l.transaction_type <> 'REVERSAL'
    and not exists (
      select
      from loyalty.loyalty_ledger as r
      where r.casino_id = identity._casino()
        and r.player_id = entry.player_id
        and r.entry_no < entry.entry_no
        and r.reverses_entry_no = l.entry_no
    );
  v_result.recalculated_points := -greatest(entry.balance_before - v_since, 0);
  v_result.steps := array[
    row(1, 'Balance before', entry.balance_before, 'points')::loyalty.explanation_step,
    row(2, 'Earned since the cut-off', v_since,
      format('from the gaming day %s on, reversed entries left out', v_cut_off)
    )::loyalty.explanation_step,
    row(3, 'Points', v_result.recalculated_points,
      'what is left of older points: balance less what was earned since, never less than 0'
    )::loyalty.explanation_step
  ];
  v_result.summary := format(
    '%s points expired. Points earned before %s were no longer good, and the oldest points are '
    'used first: of the balance of %s, %s had been earned since then, which leaves %s older ones.',
    loyalty._points_text(-entry.points_change), v_cut_off,
    loyalty._points_text(entry.balance_before), loyalty._points_text(v_since),
    loyalty._points_text(-v_result.recalculated_points)
  );
  return v_result;
end
$$;

alter function loyalty._explain_expiry(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._explain_expiry(loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_expiry(loyalty.loyalty_ledger) is
  'Explains an EXPIRATION entry: the cut-off, the balance and what was earned since.';
--! EndIncluded loyalty/_explain_expiry.sql
--! Included loyalty/_explain_decision.sql
-- Why somebody's decision moved points: who it was, who agreed, what they said, and for a reversal
-- what it takes back.

create or replace function loyalty._explain_decision(entry loyalty.loyalty_ledger)
returns loyalty.entry_explanation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_by text := coalesce(identity._display_name(entry.staff_id), 'The system');
  v_points text := loyalty._points_text(abs(entry.points_change));
  v_reversed loyalty.loyalty_ledger;
  v_result loyalty.entry_explanation;
begin
  if entry.transaction_type = 'REVERSAL' then
    select l.* into v_reversed
    from loyalty.loyalty_ledger as l
    where l.casino_id = identity._casino()
      and l.player_id = entry.player_id
      and l.entry_no = entry.reverses_entry_no;
    v_result.recalculated_points := -v_reversed.points_change;
    v_result.steps := array[
      row(1, 'Points of the reversed entry', v_reversed.points_change,
        format('entry %s, %s', v_reversed.entry_no, v_reversed.transaction_type)
      )::loyalty.explanation_step,
      row(2, 'Points', v_result.recalculated_points, 'the opposite')::loyalty.explanation_step
    ];
  else
    v_result.recalculated_points := entry.points_change;
    v_result.steps := array[
      row(1, 'Points', entry.points_change, 'as decided')::loyalty.explanation_step
    ];
  end if;

  v_result.summary := concat(
    case
      when entry.event_type = 'LEGACY_IMPORTED'
      then format('%s points were taken over from the system before this one', v_points)
      when entry.transaction_type = 'MANUAL_BONUS'
      then format('%s gave the player %s points', v_by, v_points)
      when entry.transaction_type = 'REDEMPTION'
      then format('%s redeemed %s points for the player', v_by, v_points)
      when entry.transaction_type = 'REVERSAL' then format(
        '%s reversed entry %s (%s of %s points)', v_by, v_reversed.entry_no,
        v_reversed.transaction_type, loyalty._points_text(v_reversed.points_change)
      )
      when entry.points_change > 0
      then format('%s adjusted the balance by adding %s points', v_by, v_points)
      else format('%s adjusted the balance by taking %s points', v_by, v_points)
    end,
    case when entry.rating_slip_id is not null and entry.transaction_type = 'MANUAL_BONUS'
      then ' while a rating slip was running'
    end,
    case when entry.approved_by is not null
      then format(', approved by %s', coalesce(identity._display_name(entry.approved_by), '?'))
    end,
    case when entry.reason is not null then format(', for this reason: "%s"', entry.reason) end,
    '.'
  );
  return v_result;
end
$$;

alter function loyalty._explain_decision(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._explain_decision(loyalty.loyalty_ledger) from public;

comment on function loyalty._explain_decision(loyalty.loyalty_ledger) is
  'Explains a reward, redemption, adjustment, reversal or imported entry: who, why and how much.';
--! EndIncluded loyalty/_explain_decision.sql
--! Included loyalty/explain_entry.sql
-- Why does this entry have these points? Everything that led to the number, taken from the record
-- and calculated anew, so that a player, a manager or an auditor needn't redo the sum.

create or replace function loyalty.explain_entry(player_id uuid, entry_no bigint)
returns loyalty.entry_explanation
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader();
  v_entry loyalty.loyalty_ledger;
  v_result loyalty.entry_explanation;
begin
  select l.* into v_entry
  from loyalty.loyalty_ledger as l
  where l.casino_id = v_actor.casino_id
    and l.player_id = explain_entry.player_id
    and l.entry_no = explain_entry.entry_no;
  if not found then
    perform ops._refuse('LYENT');
  end if;

  v_result := case
    when v_entry.transaction_type = 'GAMEPLAY' and v_entry.event_type = 'RATING_SLIP_COMPLETED'
    then loyalty._explain_play(v_actor, v_entry)
    when v_entry.transaction_type = 'PROMOTION' and v_entry.event_type = 'RATING_SLIP_COMPLETED'
    then loyalty._explain_promotion(v_entry)
    when v_entry.transaction_type = 'EXPIRATION' and v_entry.event_type = 'POINTS_EXPIRED'
    then loyalty._explain_expiry(v_entry)
    else loyalty._explain_decision(v_entry)
  end;
  v_result.ledger_entry := v_entry;
  v_result.agrees := v_result.recalculated_points is not distinct from v_entry.points_change;
  v_result.summary := concat(
    v_result.summary,
    format(
      ' The balance went from %s to %s', loyalty._points_text(v_entry.balance_before),
      loyalty._points_text(v_entry.balance_after)
    ),
    case
      when v_entry.tier_after <> v_entry.tier_before
      then format(' and the tier from %s to %s', v_entry.tier_before, v_entry.tier_after)
      else format('; the tier is still %s', v_entry.tier_after)
    end,
    '.',
    case when not v_result.agrees then format(
      ' Calculated anew it would be %s points: the entry does not agree with the record.',
      coalesce(loyalty._points_text(v_result.recalculated_points), 'no')
    ) end
  );
  return v_result;
end
$$;

alter function loyalty.explain_entry(uuid, bigint) owner to loyalty_service;
revoke all on function loyalty.explain_entry(uuid, bigint) from public;
grant execute on function loyalty.explain_entry(uuid, bigint) to pit_staff, pit_auditor;

comment on function loyalty.explain_entry(uuid, bigint) is
  'Which policy version, telemetry and steps gave an entry its points, as a table and as a '
  'paragraph. For everybody signed in and auditors'' logins. Errors: IDUNA, LYENT.';
--! EndIncluded loyalty/explain_entry.sql
--! Included loyalty/_statement_text.sql
-- What a player reads on a statement: no names of staff, no codes, no reasons that were written for
-- colleagues.

create or replace function loyalty._statement_text(
  transaction_type text,
  event_type text,
  reason text,
  reverses_entry_no bigint
) returns text
language sql
immutable
return case
  when event_type = 'LEGACY_IMPORTED' then 'Carried over from the former program'
  when transaction_type = 'GAMEPLAY' then 'Points for rated play'
  when transaction_type = 'MANUAL_BONUS' then 'Bonus points'
  when transaction_type = 'PROMOTION' then coalesce('Promotion: ' || reason, 'Promotion')
  when transaction_type = 'ADJUSTMENT' then 'Adjustment'
  when transaction_type = 'REDEMPTION' then 'Points redeemed'
  when transaction_type = 'EXPIRATION' then 'Points expired'
  else 'Reversal of entry ' || reverses_entry_no
end;

alter function loyalty._statement_text(text, text, text, bigint) owner to loyalty_service;
revoke all on function loyalty._statement_text(text, text, text, bigint) from public;

comment on function loyalty._statement_text(text, text, text, bigint) is
  'A ledger entry in the words of a player''s statement.';
--! EndIncluded loyalty/_statement_text.sql
--! Included loyalty/player_statement.sql
-- A player's statement for a period of gaming days. The balance of each line is reckoned from the
-- opening balance, because an entry may be written after ones that happened later.

create or replace function loyalty.player_statement(
  player_id uuid,
  first_day date,
  last_day date
) returns loyalty.statement
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader();
  v_result loyalty.statement;
begin
  if first_day is null or last_day is null or first_day > last_day
    or not isfinite(first_day) or not isfinite(last_day)
  then
    perform ops._refuse('LYPRD', array[format('%s to %s', first_day, last_day)]);
  end if;
  select p.tier into v_result.tier
  from loyalty.player_loyalty as p
  where p.casino_id = v_actor.casino_id and p.player_id = player_statement.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  v_result.player_id := player_statement.player_id;
  v_result.first_day := first_day;
  v_result.last_day := last_day;
  v_result.made_at := now();
  v_result.casino_name := identity._casino_name();
  v_result.player_name := floor._player_name(player_statement.player_id);
  v_result.card_no := floor._player_card(player_statement.player_id);

  with entry as (
    select
      l.*,
      case
        when l.transaction_type in ('ADJUSTMENT', 'REVERSAL') then 'adjusted'
        when l.transaction_type = 'REDEMPTION' then 'redeemed'
        when l.transaction_type = 'EXPIRATION' then 'expired'
        else 'earned'
      end as movement
    from loyalty.loyalty_ledger as l
    where l.casino_id = v_actor.casino_id
      and l.player_id = player_statement.player_id
      and l.gaming_day <= last_day
  ),
  line as (
    select
      e.*, sum(e.points_change) over (order by e.gaming_day, e.entry_no) as running
    from entry as e
  )
  select
    coalesce(sum(l.points_change) filter (where l.gaming_day < first_day), 0),
    coalesce(sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'earned'
    ), 0),
    coalesce(-sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'redeemed'
    ), 0),
    coalesce(-sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'expired'
    ), 0),
    coalesce(sum(l.points_change) filter (
      where l.gaming_day >= first_day and l.movement = 'adjusted'
    ), 0),
    coalesce(sum(l.points_change), 0),
    coalesce(
      array_agg(
        row(
          l.entry_no, l.gaming_day, l.occurred_at, l.transaction_type,
          loyalty._statement_text(l.transaction_type, l.event_type, l.reason, l.reverses_entry_no),
          l.points_change, l.running
        )::loyalty.statement_line
        order by l.gaming_day, l.entry_no
      ) filter (where l.gaming_day >= first_day),
      '{}'
    )
  into
    v_result.opening_balance, v_result.earned, v_result.redeemed, v_result.expired,
    v_result.adjusted, v_result.closing_balance, v_result.lines
  from line as l;
  return v_result;
end
$$;

alter function loyalty.player_statement(uuid, date, date) owner to loyalty_service;
revoke all on function loyalty.player_statement(uuid, date, date) from public;
grant execute on function loyalty.player_statement(uuid, date, date) to pit_staff;

comment on function loyalty.player_statement(uuid, date, date) is
  'A player''s entries of these gaming days in words, with the balances before, between and '
  'after. For everybody signed in. Errors: IDUNA, RSPLR, LYPRD.';
--! EndIncluded loyalty/player_statement.sql
--! Included loyalty/balance_as_of.sql
-- What a player had at a moment: the entries of what had happened by then. Entries may be written
-- later than they happened, so known_at asks what the ledger knew at another moment.

create or replace function loyalty.balance_as_of(
  player_id uuid,
  at timestamptz,
  known_at timestamptz default null
) returns bigint
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader();
  v_balance bigint;
begin
  select coalesce(sum(l.points_change), 0) into v_balance
  from loyalty.player_loyalty as p
  left join loyalty.loyalty_ledger as l
    on l.casino_id = v_actor.casino_id
    and l.player_id = p.player_id
    and l.occurred_at <= balance_as_of.at
    and (balance_as_of.known_at is null or l.created_at <= balance_as_of.known_at)
  where p.casino_id = v_actor.casino_id and p.player_id = balance_as_of.player_id
  group by p.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  return v_balance;
end
$$;

alter function loyalty.balance_as_of(uuid, timestamptz, timestamptz) owner to loyalty_service;
revoke all on function loyalty.balance_as_of(uuid, timestamptz, timestamptz) from public;
grant execute on function loyalty.balance_as_of(uuid, timestamptz, timestamptz)
to pit_staff, pit_auditor;

comment on function loyalty.balance_as_of(uuid, timestamptz, timestamptz) is
  'A player''s balance after everything that had happened by a moment (occurred_at), with '
  'known_at: as far as it was written by then (created_at). For everybody signed in and '
  'auditors'' logins. Errors: IDUNA, RSPLR.';
--! EndIncluded loyalty/balance_as_of.sql
--! Included loyalty/_load_tiers.sql
-- Loads a list of tiers as a new version when it differs from the one in force, and puts every
-- player's tier where the new version says it is.

create or replace function loyalty._load_tiers(tiers jsonb) returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_version timestamptz;
begin
  if jsonb_typeof(tiers) is distinct from 'array' or not exists (
    select
    from jsonb_to_recordset(tiers) as t (
      tier text, threshold_points bigint, multiplier numeric(6, 3)
    )
    where t.threshold_points = 0
  ) then
    perform ops._refuse('OPPRP', array['"tiers" must be a list with one tier from 0 points']);
  end if;

  select max(t.effective_from) into v_version
  from loyalty.loyalty_tier as t
  where t.casino_id = v_casino_id and t.effective_from <= now();

  if not exists (
    (
      select t.tier, t.threshold_points, t.multiplier
      from jsonb_to_recordset(tiers) as t (
        tier text, threshold_points bigint, multiplier numeric(6, 3)
      )
      except
      select t.tier, t.threshold_points, t.multiplier
      from loyalty.loyalty_tier as t
      where t.casino_id = v_casino_id and t.effective_from = v_version
    )
    union all
    (
      select t.tier, t.threshold_points, t.multiplier
      from loyalty.loyalty_tier as t
      where t.casino_id = v_casino_id and t.effective_from = v_version
      except
      select t.tier, t.threshold_points, t.multiplier
      from jsonb_to_recordset(tiers) as t (
        tier text, threshold_points bigint, multiplier numeric(6, 3)
      )
    )
  ) then
    return false;
  end if;

  perform loyalty._add_tiers(
    tiers, case when v_version is null then '-infinity' else now() end
  );
  perform loyalty._move_standings();
  return true;
end
$$;

alter function loyalty._load_tiers(jsonb) owner to loyalty_service;
revoke all on function loyalty._load_tiers(jsonb) from public;

comment on function loyalty._load_tiers(jsonb) is
  'Adds a version of the tiers when the list differs from the one in force; true if it did. '
  'Error: OPPRP.';
--! EndIncluded loyalty/_load_tiers.sql
--! Included loyalty/_load_casino.sql
-- Loyalty's part of setting a property up: policies and tiers as effective versions. Both known
-- policies are seeded; the one that the file names is in force. The first version is in force
-- from -infinity, a changed one from now on; the past is never rewritten.

create or replace function loyalty._load_casino(property jsonb) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_policy text := property ->> 'policy';
  v_changed boolean := false;
  v_in_force loyalty.loyalty_policy;
  v_tiers_changed boolean;
begin
  if v_policy is not null and v_policy not in ('pt1', 'theo') then
    perform ops._refuse('OPPRP', array['"policy" must be pt1 or theo']);
  end if;
  if not exists (
    select from loyalty.loyalty_policy as p where p.casino_id = v_casino_id
  ) then
    insert into loyalty.loyalty_policy (
      casino_id, name, version, round_decisions, apply_tier_multiplier,
      seat_bonus_rate, volume_bonus, rounding
    )
    values
      (v_casino_id, 'pt1', 0, true, true, 0.05, 1.1, 'half_up'),
      (v_casino_id, 'theo', 0, false, false, 0, 1, 'floor');
    v_changed := true;
  end if;

  select p.* into v_in_force from loyalty._policy_in_force(v_casino_id, now()) as p;
  if v_policy is not null and v_in_force.name is distinct from v_policy then
    perform loyalty._add_policy(
      loyalty._policy_settings(p),
      case when v_in_force.loyalty_policy_id is null then '-infinity' else now() end
    )
    from loyalty.loyalty_policy as p
    where p.casino_id = v_casino_id and p.name = v_policy
    order by p.version desc
    limit 1;
    v_changed := true;
  end if;

  -- In a statement of its own: "f() or true" needn't call f.
  v_tiers_changed := loyalty._load_tiers(property -> 'tiers');
  return v_changed or v_tiers_changed;
end
$$;

alter function loyalty._load_casino(jsonb) owner to loyalty_service;
revoke all on function loyalty._load_casino(jsonb) from public;
grant execute on function loyalty._load_casino(jsonb) to ops_service;

comment on function loyalty._load_casino(jsonb) is
  'Loads policy and tiers of a property file for the casino of the running call; true when '
  'something changed. Without "policy" none is put in force. Error: OPPRP.';
--! EndIncluded loyalty/_load_casino.sql
--! Included floor/_completion.sql
-- Puts a closed slip and what loyalty said about it into one result, so that floor and loyalty
-- keep their own types and a caller gets one answer.

create or replace function floor._completion(slip floor.rating_slip, award loyalty.slip_outcome)
returns floor.rating_slip_completion
language sql
immutable
return row(
  slip, award.outcome, award.replayed, award.points, award.theoretical_win,
  award.current_balance, award.lifetime_points, award.tier, award.tier_progress,
  award.ledger_entry, award.correlation_id, award.promotion_points
)::floor.rating_slip_completion;

alter function floor._completion(floor.rating_slip, loyalty.slip_outcome) owner to floor_service;
revoke all on function floor._completion(floor.rating_slip, loyalty.slip_outcome) from public;

comment on function floor._completion(floor.rating_slip, loyalty.slip_outcome) is
  'The result of a completed slip.';
--! EndIncluded floor/_completion.sql
--! Included floor/enrolment.sql
-- A player who is to be enrolled, as floor._enroll_players takes them by the list. Texts as they
-- were given: what makes a player is floor's to judge.

create type floor.enrolment as (
  card_no text,
  first_name text,
  last_name text,
  birth_date date,
  enrolled_at timestamptz
);

alter type floor.enrolment owner to pit_owner;

comment on type floor.enrolment is 'A player who is to be enrolled.';
--! EndIncluded floor/enrolment.sql
--! Included floor/_enroll_players.sql
-- The twin of floor._enroll_player for many players at once, for imports: the same rules. Whoever
-- doesn't meet them, and whose card is enrolled already, is left out.

create or replace function floor._enroll_players(
  actor identity.actor,
  enrolments floor.enrolment[]
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_player_ids uuid[];
  v_enrolled_at timestamptz[];
begin
  with enrolled as (
    insert into floor.player (
      casino_id, card_no, first_name, last_name, birth_date, enrolled_at, correlation_id
    )
    select
      actor.casino_id, btrim(e.card_no), btrim(e.first_name), btrim(e.last_name), e.birth_date,
      e.enrolled_at, actor.correlation_id
    from unnest(enrolments) as e
    where btrim(e.card_no) ~ '^[^\s[:cntrl:]]([^[:cntrl:]]{0,62}[^\s[:cntrl:]])?$'
      and btrim(e.first_name) ~ '^[^[:cntrl:]]{1,100}$' and e.first_name ~ '\S'
      and btrim(e.last_name) ~ '^[^[:cntrl:]]{1,100}$' and e.last_name ~ '\S'
      and isfinite(e.birth_date) and e.birth_date < e.enrolled_at
      and e.enrolled_at between now() - interval '60 years' and now() + interval '1 minute'
    order by btrim(e.card_no)
    on conflict on constraint card_is_unique_in_its_casino do nothing
    returning player_id, enrolled_at
  )
  select array_agg(e.player_id), array_agg(e.enrolled_at)
  into v_player_ids, v_enrolled_at
  from enrolled as e;
  perform loyalty._open_standings(v_player_ids, v_enrolled_at);
  return coalesce(cardinality(v_player_ids), 0);
end
$$;

alter function floor._enroll_players(identity.actor, floor.enrolment[]) owner to floor_service;
revoke all on function floor._enroll_players(identity.actor, floor.enrolment[]) from public;
grant execute on function floor._enroll_players(identity.actor, floor.enrolment[])
to ops_service;

comment on function floor._enroll_players(identity.actor, floor.enrolment[]) is
  'Creates the players of a list with their standings and gives their number. Error: LYPOL.';
--! EndIncluded floor/_enroll_players.sql
--! Included floor/_players_by_card.sql
-- floor._player_by_card for a list of cards, for imports: other contexts don't read floor's
-- tables, they ask.

create or replace function floor._players_by_card(cards text[])
returns table (card_no text, player_id uuid)
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.card_no, p.player_id
  from floor.player as p
  join (select distinct c.card from unnest(_players_by_card.cards) as c (card)) as c
    on c.card = p.card_no
  where p.casino_id = identity._casino();
end;

alter function floor._players_by_card(text[]) owner to floor_service;
revoke all on function floor._players_by_card(text[]) from public;
grant execute on function floor._players_by_card(text[]) to ops_service;

comment on function floor._players_by_card(text[]) is
  'Players of these cards; unknown cards are left out.';
--! EndIncluded floor/_players_by_card.sql
--! Included floor/_presence.sql
-- For the cash log, which notes the visit and the slip of whoever stands there: what was open at
-- that moment, not what is open now, so that cash entered late is noted as cash entered at once.

create or replace function floor._presence(
  player_id uuid,
  at timestamptz,
  out is_enrolled boolean,
  out visit_id uuid,
  out rating_slip_id uuid,
  out table_id uuid
)
language sql
stable
security definer
set search_path = ''
begin atomic
  select
    exists (
      select
      from floor.player as p
      where p.casino_id = identity._casino() and p.player_id = _presence.player_id
    ),
    case when coalesce(v.closed_at, 'infinity') > at then v.visit_id end,
    case when coalesce(s.closed_at, 'infinity') > at then s.rating_slip_id end,
    case when coalesce(s.closed_at, 'infinity') > at then s.table_id end
  from (values (true)) as always
  left join lateral (
    select w.visit_id, w.closed_at
    from floor.visit as w
    where w.casino_id = identity._casino()
      and w.player_id = _presence.player_id
      and w.opened_at <= at
    order by w.opened_at desc, w.visit_id desc
    limit 1
  ) as v on true
  left join lateral (
    select r.rating_slip_id, r.table_id, r.closed_at
    from floor.rating_slip as r
    where r.casino_id = identity._casino()
      and r.player_id = _presence.player_id
      and r.opened_at <= at
    order by r.opened_at desc, r.rating_slip_id desc
    limit 1
  ) as s on true;
end;

alter function floor._presence(uuid, timestamptz) owner to floor_service;
revoke all on function floor._presence(uuid, timestamptz) from public;
grant execute on function floor._presence(uuid, timestamptz) to compliance_service;

comment on function floor._presence(uuid, timestamptz) is
  'Whether a player is enrolled, and the visit, slip and table that were open at a moment.';
--! EndIncluded floor/_presence.sql
--! Included floor/_left_table.sql
-- For the cash log: a bet of currency rides until the player leaves the table. Asked by times, so
-- the answer is the same whether the cash was entered before or after the slip was closed.

create or replace function floor._left_table(
  player_id uuid,
  table_id uuid,
  after timestamptz,
  until timestamptz
) returns timestamptz
language sql
stable
security definer
set search_path = ''
return (
  select min(case when s.table_id = _left_table.table_id then s.closed_at else s.opened_at end)
  from floor.rating_slip as s
  where s.casino_id = identity._casino()
    and s.player_id = _left_table.player_id
    and s.opened_at <= until
    and case when s.table_id = _left_table.table_id
      then s.closed_at > after and s.closed_at <= until
      else s.opened_at > after
    end
);

alter function floor._left_table(uuid, uuid, timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._left_table(uuid, uuid, timestamptz, timestamptz) from public;
grant execute on function floor._left_table(uuid, uuid, timestamptz, timestamptz)
to compliance_service;

comment on function floor._left_table(uuid, uuid, timestamptz, timestamptz) is
  'When a player''s slip at a table first ended, or one at another table began, between two '
  'moments; null when neither did.';
--! EndIncluded floor/_left_table.sql
--! Included floor/_table_exists.sql
-- For the cash log, which may name a table that is out of service by now, but none that never
-- was.

create or replace function floor._table_exists(table_id uuid) returns boolean
language sql
stable
security definer
set search_path = ''
return exists (
  select
  from floor.gaming_table as t
  where t.casino_id = identity._casino() and t.table_id = _table_exists.table_id
);

alter function floor._table_exists(uuid) owner to floor_service;
revoke all on function floor._table_exists(uuid) from public;
grant execute on function floor._table_exists(uuid) to loyalty_service, compliance_service;

comment on function floor._table_exists(uuid) is 'Whether a table belongs to the casino.';
--! EndIncluded floor/_table_exists.sql
--! Included floor/_game_exists.sql
-- For contexts that are told the code of a game, a campaign's scope for example, and must not keep
-- one that isn't the casino's.

create or replace function floor._game_exists(code text) returns boolean
language sql
stable
security definer
set search_path = ''
return exists (
  select
  from floor.game_settings as g
  where g.casino_id = identity._casino() and g.code = _game_exists.code
);

alter function floor._game_exists(text) owner to floor_service;
revoke all on function floor._game_exists(text) from public;
grant execute on function floor._game_exists(text) to loyalty_service;

comment on function floor._game_exists(text) is 'Whether the casino deals a game of this code.';
--! EndIncluded floor/_game_exists.sql
--! Included floor/_find_players.sql
-- The search for players, for other contexts: the cash log looks for enrolled and unknown people
-- at once and reads no floor table.

create or replace function floor._find_players(search text) returns setof floor.player
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.* from floor.find_players(search) as p;
end;

alter function floor._find_players(text) owner to floor_service;
revoke all on function floor._find_players(text) from public;
grant execute on function floor._find_players(text) to compliance_service;

comment on function floor._find_players(text) is
  'floor.find_players for the casino of the running call.';
--! EndIncluded floor/_find_players.sql
--! Included floor/_player_name.sql
-- For the cash log, which shows as whom an unknown person was identified. Other contexts don't
-- read floor's tables, they ask.

create or replace function floor._player_name(player_id uuid) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.first_name || ' ' || p.last_name
  from floor.player as p
  where p.casino_id = identity._casino() and p.player_id = _player_name.player_id
);

alter function floor._player_name(uuid) owner to floor_service;
revoke all on function floor._player_name(uuid) from public;
grant execute on function floor._player_name(uuid) to loyalty_service, compliance_service;

comment on function floor._player_name(uuid) is 'First and last name of a player.';
--! EndIncluded floor/_player_name.sql
--! Included floor/_player_card.sql
-- For a player's statement, which names the card. Other contexts don't read floor's tables, they
-- ask.

create or replace function floor._player_card(player_id uuid) returns text
language sql
stable
security definer
set search_path = ''
return (
  select p.card_no
  from floor.player as p
  where p.casino_id = identity._casino() and p.player_id = _player_card.player_id
);

alter function floor._player_card(uuid) owner to floor_service;
revoke all on function floor._player_card(uuid) from public;
grant execute on function floor._player_card(uuid) to loyalty_service;

comment on function floor._player_card(uuid) is 'Number of a player''s card.';
--! EndIncluded floor/_player_card.sql
--! Included floor/read_player.sql
-- An auditor's look at who a player is. Auditors' logins read ledgers and logs, which know players
-- by their ids; names, cards and birth dates are read here only, and every look is logged.

create or replace function floor.read_player(player_id uuid, purpose text) returns floor.player
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
  v_purpose text := ops._check_purpose(purpose);
  v_player floor.player;
begin
  select p.* into v_player
  from floor.player as p
  where p.casino_id = v_actor.casino_id and p.player_id = read_player.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  perform ops._log(
    v_actor, 'player read', v_player.player_id, jsonb_build_object('purpose', v_purpose)
  );
  return v_player;
end
$$;

alter function floor.read_player(uuid, text) owner to floor_service;
revoke all on function floor.read_player(uuid, text) from public;
grant execute on function floor.read_player(uuid, text) to pit_auditor;

comment on function floor.read_player(uuid, text) is
  'Name, card and birth date of a player, for an auditor''s login; the look and its purpose go '
  'into the audit log. Errors: IDUNA, IDPUR, RSPLR.';
--! EndIncluded floor/read_player.sql
--! Included floor/read_player_by_card.sql
-- An auditor who holds a statement or a complaint knows the card, not the id. The look is logged
-- as that of floor.read_player is.

create or replace function floor.read_player_by_card(card_no text, purpose text)
returns floor.player
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
  v_purpose text := ops._check_purpose(purpose);
  v_player floor.player;
begin
  select p.* into v_player
  from floor.player as p
  where p.casino_id = v_actor.casino_id and p.card_no = read_player_by_card.card_no;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  perform ops._log(
    v_actor, 'player read', v_player.player_id, jsonb_build_object('purpose', v_purpose)
  );
  return v_player;
end
$$;

alter function floor.read_player_by_card(text, text) owner to floor_service;
revoke all on function floor.read_player_by_card(text, text) from public;
grant execute on function floor.read_player_by_card(text, text) to pit_auditor;

comment on function floor.read_player_by_card(text, text) is
  'The player who holds a card, for an auditor''s login; the look and its purpose go into the '
  'audit log. Errors: IDUNA, IDPUR, RSPLR.';
--! EndIncluded floor/read_player_by_card.sql
--! Included floor/_card_holders.sql
-- Names and cards of many players at once, for another context's list of them: one call instead of
-- two for every line.

create or replace function floor._card_holders(player_ids uuid[])
returns table (player_id uuid, card_no text, name text)
language sql
stable
security definer
set search_path = ''
begin atomic
  select p.player_id, p.card_no, p.first_name || ' ' || p.last_name
  from floor.player as p
  where p.casino_id = identity._casino() and p.player_id = any (player_ids);
end;

alter function floor._card_holders(uuid[]) owner to floor_service;
revoke all on function floor._card_holders(uuid[]) from public;
grant execute on function floor._card_holders(uuid[]) to loyalty_service;

comment on function floor._card_holders(uuid[]) is
  'Card number, first and last name of these players.';
--! EndIncluded floor/_card_holders.sql
--! Included compliance/mtl_kind.sql
-- The kinds of transactions that the cash log knows (compliance.md section 1): which way money
-- goes, on which line of the report it counts, and whether it counts at all. The list is the law's
-- and the same for every casino, so it has no casino; on a cluster it is a reference table.

set local role pit_owner;

create table compliance.mtl_kind (
  kind text primary key,
  label text not null,
  direction text not null,
  counts boolean not null,
  ctr_line integer,
  ctr_line_out integer,
  needs_note boolean not null default false,
  sort_no integer not null,
  constraint kind_is_a_word check (kind ~ '^[a-z]+(_[a-z]+)*$'),
  constraint direction_is_in_out_or_both check (direction in ('in', 'out', 'both')),
  constraint what_counts_has_a_line check (counts = (ctr_line is not null)),
  constraint what_goes_both_ways_has_two_lines check (
    (direction = 'both') = (ctr_line_out is not null)
  )
);

grant select on compliance.mtl_kind to compliance_service, pit_staff, pit_auditor;

insert into compliance.mtl_kind
(kind, label, direction, counts, ctr_line, ctr_line_out, needs_note, sort_no)
values
('chip_purchase', 'Chips bought', 'in', true, 18, null, false, 1),
('money_play', 'Money play', 'in', true, 21, null, false, 2),
('bill_validator', 'Bill validator', 'in', true, 25, null, false, 3),
('front_money_deposit', 'Front money deposited', 'in', true, 55, null, false, 4),
('safekeeping_deposit', 'Safekeeping deposited', 'in', true, 55, null, false, 5),
('marker_payment', 'Marker paid', 'in', true, 46, null, false, 6),
('wire_purchase', 'Wire bought', 'in', true, 23, null, false, 7),
('instrument_purchase', 'Casino check bought', 'in', true, 12, null, false, 8),
('exchange', 'Currency exchanged', 'both', true, 14, 15, false, 9),
('chip_redemption', 'Chips redeemed', 'out', true, 28, null, false, 10),
('bet_payment', 'Bet paid', 'out', true, 31, null, false, 11),
('credit_advance', 'Credit advanced', 'out', true, 30, null, false, 12),
('front_money_withdrawal', 'Front money withdrawn', 'out', true, 56, null, false, 13),
('safekeeping_withdrawal', 'Safekeeping withdrawn', 'out', true, 56, null, false, 14),
('wire_payout', 'Wire paid out', 'out', true, 32, null, false, 15),
('check_cashed', 'Check cashed', 'out', true, 13, null, false, 16),
('comp_or_incentive', 'Comp or incentive', 'out', true, 33, null, false, 17),
('promotion_payout', 'Promotion paid', 'out', true, 34, null, false, 18),
('jackpot', 'Jackpot', 'out', false, null, null, false, 19),
('other_in', 'Other, in', 'in', true, 997, null, true, 20),
('other_out', 'Other, out', 'out', true, 998, null, true, 21);

reset role;

comment on table compliance.mtl_kind is
  'Kinds of transactions in the cash log, with their lines of the currency transaction report.';
comment on column compliance.mtl_kind.direction is 'in, out, or both for an exchange.';
comment on column compliance.mtl_kind.counts is
  'False: logged, never summed (jackpots are exempt). True: summed when paid in currency.';
comment on column compliance.mtl_kind.ctr_line is
  'Code of its line in the report; of an exchange, the line of cash in.';
comment on column compliance.mtl_kind.ctr_line_out is 'Of an exchange, the line of cash out.';
comment on column compliance.mtl_kind.needs_note is 'Whether an entry of this kind needs a note.';
comment on column compliance.mtl_kind.sort_no is 'Place in a list to choose from.';
--! EndIncluded compliance/mtl_kind.sql
--! Included compliance/mtl_area.sql
-- Where cash is handled, as the cash log knows it. The same for every casino, so it has no casino;
-- on a cluster it is a reference table.

set local role pit_owner;

create table compliance.mtl_area (
  area text primary key,
  label text not null,
  sort_no integer not null,
  constraint area_is_a_word check (area ~ '^[a-z]+(_[a-z]+)*$')
);

grant select on compliance.mtl_area to compliance_service, pit_staff, pit_auditor;

insert into compliance.mtl_area (area, label, sort_no)
values
('pit', 'Pit', 1),
('cage', 'Cage', 2),
('slot', 'Slot', 3),
('poker', 'Poker', 4),
('kiosk', 'Kiosk', 5),
('sportsbook', 'Sportsbook', 6),
('other', 'Other', 7);

reset role;

comment on table compliance.mtl_area is 'Areas of a casino in which cash changes hands.';
comment on column compliance.mtl_area.sort_no is 'Place in a list to choose from.';
--! EndIncluded compliance/mtl_area.sql
--! Included compliance/mtl_tender.sql
-- What cash log entries are paid with; only currency is summed. The same for every casino, so it
-- has no casino; on a cluster it is a reference table.

set local role pit_owner;

create table compliance.mtl_tender (
  tender text primary key,
  label text not null,
  sort_no integer not null,
  constraint tender_is_a_word check (tender ~ '^[a-z]+(_[a-z]+)*$')
);

grant select on compliance.mtl_tender to compliance_service, pit_staff, pit_auditor;

insert into compliance.mtl_tender (tender, label, sort_no)
values
('currency', 'Currency', 1),
('chips', 'Chips', 2),
('check', 'Check', 3),
('wire', 'Wire', 4),
('ticket', 'Ticket', 5),
('other', 'Other', 6);

reset role;

comment on table compliance.mtl_tender is 'What a transaction in the cash log is paid with.';
comment on column compliance.mtl_tender.sort_no is 'Place in a list to choose from.';
--! EndIncluded compliance/mtl_tender.sql
--! Included compliance/patron.sql
-- Whoever hands cash over or is given some: an enrolled player, or an unknown person by their
-- description. A player's row is made when it is first needed. The row of a player, or of an
-- unknown person nobody has identified, is also the lock under which that person's day is summed.

set local role pit_owner;

create table compliance.patron (
  casino_id integer not null references identity.casino on delete restrict,
  patron_id uuid not null default uuidv7(),
  player_id uuid,
  description text,
  known_name text,
  sex text,
  apparent_age text,
  height text,
  build text,
  hair text,
  clothing text,
  seat text,
  created_by uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, patron_id),
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  constraint one_patron_per_player unique (casino_id, player_id),
  constraint a_patron_is_a_player_or_described check (
    (player_id is not null) = (
      num_nonnulls(
        description, known_name, sex, apparent_age, height, build, hair, clothing, seat
      ) = 0
    )
  )
);

-- The search for an unknown person, latest first.
create index unknown_patron on compliance.patron (casino_id, created_at)
where player_id is null;

alter table compliance.patron enable row level security;
alter table compliance.patron force row level security;

create policy manage_all on compliance.patron to pit_owner using (true);
create policy select_own_casino on compliance.patron for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.patron for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.patron for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron for insert to compliance_service
with check (casino_id = identity._casino());
create policy lock_own_casino on compliance.patron for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.patron to compliance_service;
-- Locking a row needs the privilege to update one column; nothing ever does.
grant update (created_at) on compliance.patron to compliance_service;
grant select on compliance.patron to pit_staff;
-- Auditors' logins read descriptions through compliance.read_patron, which logs it.
grant select (casino_id, patron_id, player_id, created_by, correlation_id, created_at)
on compliance.patron to pit_auditor;

reset role;

comment on table compliance.patron is
  'A person of the cash log: an enrolled player, or an unknown person with a description.';
comment on column compliance.patron.player_id is 'The enrolled player; null for an unknown person.';
comment on column compliance.patron.known_name is 'Name of an unknown person, where one was heard.';
comment on column compliance.patron.apparent_age is 'How old the person looks.';
comment on column compliance.patron.seat is 'Where the person was sitting.';
--! EndIncluded compliance/patron.sql
--! Included compliance/patron_link.sql
-- That an unknown person is a certain player. Identifying moves and deletes nothing: entries and
-- daily sums stay with the unknown person's row, and the player's sums are taken over all rows
-- that are linked. A link found wrong is undone with a note and stays on record.

set local role pit_owner;

create table compliance.patron_link (
  casino_id integer not null,
  link_id uuid not null default uuidv7(),
  unknown_patron_id uuid not null,
  player_patron_id uuid not null,
  note text,
  linked_by uuid not null,
  linked_at timestamptz not null default now(),
  correlation_id text not null,
  undone_at timestamptz,
  undone_by uuid,
  undo_note text,
  primary key (casino_id, link_id),
  foreign key (casino_id, unknown_patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, player_patron_id) references compliance.patron on delete restrict,
  constraint nobody_is_linked_to_themselves check (unknown_patron_id <> player_patron_id),
  constraint it_is_undone_by_somebody_with_a_note check (
    num_nonnulls(undone_at, undone_by, undo_note) in (0, 3)
    and coalesce(btrim(undo_note) <> '', true)
  )
);

create unique index one_live_link_per_unknown_patron
on compliance.patron_link (casino_id, unknown_patron_id)
where undone_at is null;
create index patron_link_unknown on compliance.patron_link (casino_id, unknown_patron_id);
create index patron_link_player on compliance.patron_link (casino_id, player_patron_id);

alter table compliance.patron_link enable row level security;
alter table compliance.patron_link force row level security;

create policy manage_all on compliance.patron_link to pit_owner using (true);
create policy select_own_casino on compliance.patron_link for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.patron_link for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.patron_link for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron_link for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.patron_link for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.patron_link to compliance_service;
grant update (undone_at, undone_by, undo_note) on compliance.patron_link to compliance_service;
grant select on compliance.patron_link to pit_staff, pit_auditor;

reset role;

comment on table compliance.patron_link is
  'An unknown person identified as a player, and perhaps found not to be them after all.';
comment on column compliance.patron_link.undone_at is
  'When the link was undone; null while it holds.';
--! EndIncluded compliance/patron_link.sql
--! Included compliance/money_play.sql
-- Currency that rides on a table as a bet. What is said each time is the total riding; what counts
-- is what came on top, so what already rides has to be known per person and table until they leave
-- it: another table, the end of the slip, or leaves_table. Times are those of the bets, not of
-- their writing, so that a feed sent late gives the same increases.

set local role pit_owner;

create table compliance.money_play (
  casino_id integer not null,
  money_play_id uuid not null default uuidv7(),
  patron_id uuid not null,
  table_id uuid not null,
  amount numeric(14, 2) not null,
  counted numeric(18, 2) not null,
  started_at timestamptz not null,
  last_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  correlation_id text not null,
  primary key (casino_id, money_play_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, table_id) references floor.gaming_table on delete restrict,
  constraint what_rides_is_not_negative check (amount >= 0 and counted >= 0),
  constraint it_lasts_from_first_to_last check (started_at <= last_at),
  constraint an_end_has_its_reason check ((ended_at is null) = (ended_by is null)),
  constraint it_ends_in_a_known_way check (ended_by in ('table', 'slip', 'left'))
);

create index money_play_patron on compliance.money_play (casino_id, patron_id, started_at);
-- What rides now is few rows however many have ended.
create index money_play_riding on compliance.money_play (casino_id, patron_id)
where ended_at is null;
create index money_play_table on compliance.money_play (casino_id, table_id);

alter table compliance.money_play enable row level security;
alter table compliance.money_play force row level security;

create policy manage_all on compliance.money_play to pit_owner using (true);
create policy serve_own_casino on compliance.money_play for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.money_play for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.money_play for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.money_play to compliance_service;
grant update (amount, counted, started_at, last_at, ended_at, ended_by)
on compliance.money_play to compliance_service;

reset role;

comment on table compliance.money_play is
  'Currency riding as a bet for one patron at one table, from the first bet until they leave.';
comment on column compliance.money_play.amount is
  'This patron''s part of what rides; a person''s total is the sum over their linked rows.';
comment on column compliance.money_play.counted is
  'What was entered under it. More than what rides when the bet was lowered.';
comment on column compliance.money_play.last_at is 'When the total riding was last told.';
comment on column compliance.money_play.ended_by is
  'table: seen at another table; slip: the rating slip ended; left: leaves_table.';
--! EndIncluded compliance/money_play.sql
--! Included compliance/mtl_entry.sql
-- The multiple transaction log: every movement of cash that staff saw, in order, never changed. A
-- wrong entry is corrected by an offset and, if needed, a replacement; all of them stay. What an
-- entry adds to its patron's two sums is stamped on it, so the sums can be proved by adding up.
-- Few foreign keys and indexes: each costs on the write path. Areas and tenders are checked against
-- lists of their own, which are those of mtl_area and mtl_tender.

set local role pit_owner;

create table compliance.mtl_entry (
  casino_id integer not null,
  entry_id uuid not null default uuidv7(),
  patron_id uuid not null,
  agent_patron_id uuid,
  entry_role text not null default 'original',
  corrects_entry_id uuid,
  correction_no integer not null default 0,
  direction text not null,
  kind text not null,
  area text not null,
  tender text not null,
  amount numeric(14, 2) not null,
  cash_in numeric(14, 2) not null,
  cash_out numeric(14, 2) not null,
  foreign_currency text,
  table_id uuid,
  window_no text,
  visit_id uuid,
  rating_slip_id uuid,
  money_play_id uuid,
  staff_id uuid not null,
  licence_no text,
  reason text,
  note text,
  idempotency_key text not null,
  correlation_id text not null,
  gaming_day date not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, entry_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, agent_patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, corrects_entry_id) references compliance.mtl_entry on delete restrict,
  constraint an_entry_is_corrected_once_at_a_time
  unique (casino_id, corrects_entry_id, correction_no, entry_role),
  constraint entry_role_is_known check (entry_role = any ('{original,offset,replacement}')),
  constraint only_corrections_name_what_they_correct check (
    (entry_role = 'original') = (corrects_entry_id is null)
    and (entry_role = 'original') = (correction_no = 0)
  ),
  constraint direction_is_in_or_out check (direction = any ('{in,out}')),
  constraint area_is_known check (
    area = any ('{pit,cage,slot,poker,kiosk,sportsbook,other}')
  ),
  constraint tender_is_known check (
    tender = any ('{currency,chips,check,wire,ticket,other}')
  ),
  constraint amount_is_positive check (amount > 0),
  constraint only_the_amount_is_summed check (
    abs(cash_in) in (0, amount) and abs(cash_out) in (0, amount)
  ),
  constraint only_an_offset_takes_away check (
    case when entry_role = 'offset' then cash_in <= 0 and cash_out <= 0
      else cash_in >= 0 and cash_out >= 0
    end
  )
);

-- A person's day, in the order in which it happened; the guard against duplicates looks here too.
create index mtl_entry_patron_day
on compliance.mtl_entry (casino_id, patron_id, gaming_day, occurred_at);
-- The log of a gaming day. It names the patron too: early in a day the planner holds the day for
-- the rarer of the two, and a look for one patron must not read everybody's entries of the day.
create index mtl_entry_day
on compliance.mtl_entry (casino_id, gaming_day, patron_id, occurred_at);
create index mtl_entry_agent on compliance.mtl_entry (casino_id, agent_patron_id);

alter table compliance.mtl_entry enable row level security;
alter table compliance.mtl_entry force row level security;

create policy manage_all on compliance.mtl_entry to pit_owner using (true);
create policy select_own_casino on compliance.mtl_entry for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:view'))
);
create policy audit_own_casino on compliance.mtl_entry for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.mtl_entry for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.mtl_entry for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.mtl_entry to compliance_service;
grant select on compliance.mtl_entry to pit_staff, pit_auditor;

create trigger mtl_entry_is_append_only
before update or delete or truncate on compliance.mtl_entry
for each statement execute function ops._append_only('MTIMM');
alter table compliance.mtl_entry enable always trigger mtl_entry_is_append_only;

reset role;

comment on table compliance.mtl_entry is
  'The multiple transaction log. Append-only; kept at least five years.';
comment on column compliance.mtl_entry.patron_id is
  'Whose cash it is. An entry stays with the person it was written for, also when that unknown '
  'person is identified later.';
comment on column compliance.mtl_entry.agent_patron_id is
  'Who carried it on their behalf; it counts for the patron alone.';
comment on column compliance.mtl_entry.entry_role is
  'original, offset (takes the entry before it back), or replacement (what is right instead).';
comment on column compliance.mtl_entry.corrects_entry_id is
  'The original entry, of an offset or a replacement.';
comment on column compliance.mtl_entry.correction_no is
  '0 for the original; an offset and its replacement share a number, 1, 2, 3 …';
comment on column compliance.mtl_entry.direction is
  'in or out, seen from the casino. An exchange counts both ways; its direction is the side on '
  'which the foreign currency was.';
comment on column compliance.mtl_entry.kind is 'What it was, see mtl_kind.';
comment on column compliance.mtl_entry.area is
  'Where it was, see mtl_area.';
comment on column compliance.mtl_entry.tender is
  'What it was paid with, see mtl_tender. Only currency is summed.';
comment on column compliance.mtl_entry.amount is
  'Dollars, always more than 0. Of a money play: what came on top of what was riding.';
comment on column compliance.mtl_entry.cash_in is
  'What it adds to its patron''s cash in of the gaming day: the amount, 0, or minus the amount.';
comment on column compliance.mtl_entry.cash_out is 'The same for cash out.';
comment on column compliance.mtl_entry.foreign_currency is
  'ISO code of the country or currency on the foreign side of an exchange.';
comment on column compliance.mtl_entry.money_play_id is
  'What was riding when a money play was entered.';
comment on column compliance.mtl_entry.staff_id is 'The witness: who entered it.';
comment on column compliance.mtl_entry.licence_no is 'The witness''s licence at that time.';
comment on column compliance.mtl_entry.reason is 'Why it was corrected.';
comment on column compliance.mtl_entry.gaming_day is
  'Gaming day of occurred_at, stamped once; a correction has the day of what it corrects.';
comment on column compliance.mtl_entry.occurred_at is 'When the cash changed hands.';
comment on column compliance.mtl_entry.created_at is 'When it was written.';
--! EndIncluded compliance/mtl_entry.sql
--! Included compliance/patron_gaming_day.sql
-- Cash in and cash out of one patron on one gaming day, two sums that are never added or netted.
-- Kept in the transaction of every entry, under the person's lock, so two entries at once can't
-- both miss the threshold. A cache of mtl_entry, by gaming day: the difference is zero, always.

set local role pit_owner;

create table compliance.patron_gaming_day (
  casino_id integer not null,
  patron_id uuid not null,
  gaming_day date not null,
  cash_in numeric(18, 2) not null default 0,
  cash_out numeric(18, 2) not null default 0,
  entries_in integer not null default 0,
  entries_out integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (casino_id, patron_id, gaming_day),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint sums_are_not_negative check (
    cash_in >= 0 and cash_out >= 0 and entries_in >= 0 and entries_out >= 0
  )
);

-- With the patron, so that one patron's row is found by it too: early in a day the planner holds
-- the day for the rarer of the two.
create index patron_gaming_day_day
on compliance.patron_gaming_day (casino_id, gaming_day, patron_id);

alter table compliance.patron_gaming_day enable row level security;
alter table compliance.patron_gaming_day force row level security;

create policy manage_all on compliance.patron_gaming_day to pit_owner using (true);
create policy select_own_casino on compliance.patron_gaming_day for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.patron_gaming_day for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.patron_gaming_day for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron_gaming_day for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.patron_gaming_day for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.patron_gaming_day to compliance_service;
grant update (cash_in, cash_out, entries_in, entries_out, updated_at)
on compliance.patron_gaming_day to compliance_service;
grant select on compliance.patron_gaming_day to pit_staff, pit_auditor;

reset role;

comment on table compliance.patron_gaming_day is
  'Sums of one patron''s currency by gaming day. A person''s sums are over all linked patrons.';
comment on column compliance.patron_gaming_day.cash_in is 'Dollars of currency in.';
comment on column compliance.patron_gaming_day.cash_out is 'Dollars of currency out.';
comment on column compliance.patron_gaming_day.entries_in is
  'How many live entries make up cash_in: originals and replacements that no offset took back.';
comment on column compliance.patron_gaming_day.entries_out is 'The same for cash_out.';
--! EndIncluded compliance/patron_gaming_day.sql
--! Included compliance/ctr_case.sql
-- The duty to report one person's gaming day: opened by what brings a sum over the threshold, one
-- per person and day, for both directions. Whose it is follows the person: an unknown person's
-- case becomes the player's with the identification, and may go back when that is undone.

set local role pit_owner;

create table compliance.ctr_case (
  casino_id integer not null,
  case_id uuid not null default uuidv7(),
  patron_id uuid not null,
  origin_patron_id uuid not null,
  gaming_day date not null,
  due_on date not null generated always as (gaming_day + 15) stored,
  state text not null default 'open',
  closed_reason text,
  opened_by_entry_id uuid,
  opened_at timestamptz not null default now(),
  state_changed_at timestamptz not null default now(),
  merged_into_case_id uuid,
  merged_by_link_id uuid,
  state_before_merge text,
  filed_version integer,
  amendment_due boolean not null default false,
  bsa_id text,
  correlation_id text not null,
  primary key (casino_id, case_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, origin_patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, opened_by_entry_id) references compliance.mtl_entry on delete restrict,
  foreign key (casino_id, merged_into_case_id) references compliance.ctr_case on delete restrict,
  foreign key (casino_id, merged_by_link_id) references compliance.patron_link on delete restrict,
  constraint state_is_known check (
    state in ('open', 'ready', 'filed', 'acknowledged', 'closed', 'merged')
  ),
  constraint only_a_closed_case_has_its_reason check (
    (state = 'closed') = (closed_reason is not null)
  ),
  constraint only_a_merged_case_names_another check (
    num_nonnulls(merged_into_case_id, merged_by_link_id, state_before_merge)
    = case when state = 'merged' then 3 else 0 end
  ),
  constraint a_filed_case_has_a_version check (
    state not in ('filed', 'acknowledged') or filed_version is not null
  ),
  constraint only_a_filed_case_is_amended check (not amendment_due or filed_version is not null),
  constraint an_acknowledged_case_has_its_bsa_id check (
    state <> 'acknowledged' or bsa_id is not null
  )
);

create unique index one_case_per_patron_and_gaming_day
on compliance.ctr_case (casino_id, patron_id, gaming_day)
where state <> 'merged';
create index ctr_case_patron on compliance.ctr_case (casino_id, patron_id, gaming_day);
create index ctr_case_origin on compliance.ctr_case (casino_id, origin_patron_id);
create index ctr_case_day on compliance.ctr_case (casino_id, gaming_day);
create index ctr_case_due on compliance.ctr_case (casino_id, due_on)
where state in ('open', 'ready');
create unique index a_bsa_id_names_one_case on compliance.ctr_case (casino_id, bsa_id)
where bsa_id is not null;
create index ctr_case_opened_by on compliance.ctr_case (casino_id, opened_by_entry_id);
create index ctr_case_merged_into on compliance.ctr_case (casino_id, merged_into_case_id);
create index ctr_case_merged_by on compliance.ctr_case (casino_id, merged_by_link_id);

alter table compliance.ctr_case enable row level security;
alter table compliance.ctr_case force row level security;

create policy manage_all on compliance.ctr_case to pit_owner using (true);
create policy select_own_casino on compliance.ctr_case for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.ctr_case for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_case for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_case for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.ctr_case for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_case to compliance_service;
grant update (
  patron_id, origin_patron_id, state, closed_reason, state_changed_at, merged_into_case_id,
  merged_by_link_id, state_before_merge, filed_version, amendment_due, bsa_id
) on compliance.ctr_case to compliance_service;
grant select on compliance.ctr_case to pit_staff, pit_auditor;

reset role;

comment on table compliance.ctr_case is
  'A currency transaction report that has to be filed for one person and gaming day.';
comment on column compliance.ctr_case.patron_id is
  'Whose it is: a player, or an unknown person nobody has identified.';
comment on column compliance.ctr_case.origin_patron_id is 'For whom it was opened.';
comment on column compliance.ctr_case.due_on is
  'Last day to file: 15 days after the gaming day, not moved for weekends.';
comment on column compliance.ctr_case.state is
  'open, ready, filed, acknowledged; closed when corrections took the reason away; merged into '
  'another case of the same person and day.';
comment on column compliance.ctr_case.opened_by_entry_id is
  'The entry that crossed the threshold; null when an identification did.';
comment on column compliance.ctr_case.filed_version is 'The last version filed; null before that.';
comment on column compliance.ctr_case.amendment_due is
  'What was filed last no longer agrees with the log.';
comment on column compliance.ctr_case.bsa_id is 'Identifier given by FinCEN''s acknowledgement.';
--! EndIncluded compliance/ctr_case.sql
--! Included compliance/mtl_command.sql
-- Commands of compliance carry an idempotency key; this table remembers which key did what, as
-- floor.command does on the floor. A command may write nothing that could carry its key: a money
-- play of what rides already, or leaving a table.

set local role pit_owner;

create table compliance.mtl_command (
  casino_id integer not null references identity.casino on delete restrict,
  idempotency_key text not null,
  command text not null,
  request_fingerprint bytea not null,
  patron_id uuid,
  entry_id uuid,
  link_id uuid,
  note_id uuid,
  gaming_day date,
  recorded_amount numeric(14, 2),
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, idempotency_key)
);

alter table compliance.mtl_command enable row level security;
alter table compliance.mtl_command force row level security;

create policy manage_all on compliance.mtl_command to pit_owner using (true);
create policy serve_own_casino on compliance.mtl_command for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.mtl_command for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.mtl_command to compliance_service;

create trigger mtl_command_is_append_only
before update or delete or truncate on compliance.mtl_command
for each statement execute function ops._append_only('OPIMM');
alter table compliance.mtl_command enable always trigger mtl_command_is_append_only;

reset role;

comment on table compliance.mtl_command is
  'Which idempotency key did what in compliance, so that a repeated command has one effect.';
comment on column compliance.mtl_command.request_fingerprint is
  'SHA-256 of command and arguments: tells a repetition from another request with the same key.';
comment on column compliance.mtl_command.entry_id is
  'The entry written: the original, or of a correction its offset; null when nothing was written.';
comment on column compliance.mtl_command.gaming_day is 'Gaming day of what was recorded.';
comment on column compliance.mtl_command.recorded_amount is
  'What counted: the amount, of a money play the increase, which may be 0. Of leaves_table: what '
  'rode until then.';
--! EndIncluded compliance/mtl_command.sql
--! Included compliance/patron_identification.sql
-- Who a person is, as shown and told: what a report must say of them. Append-only versions, the
-- latest counts, so that a filed report's data can be traced. Personal data of the most sensitive
-- kind: no role that anyone signs in with selects from it, people ask compliance.identification.

set local role pit_owner;

create table compliance.patron_identification (
  casino_id integer not null,
  patron_id uuid not null,
  version integer not null,
  last_name text,
  first_name text,
  middle_name text,
  suffix text,
  gender text,
  birth_date date,
  occupation text,
  street text,
  city text,
  state text,
  postal_code text,
  country text,
  taxpayer_kind text,
  taxpayer_number text,
  taxpayer_unknown boolean not null default false,
  id_type text,
  id_type_other text,
  id_number text,
  id_state text,
  id_country text,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, patron_id, version),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint versions_count_from_1 check (version > 0),
  constraint gender_is_known_or_left_out check (gender in ('female', 'male')),
  constraint taxpayer_kind_is_known check (taxpayer_kind in ('ssn', 'ein', 'foreign')),
  constraint taxpayer_number_has_its_kind check (
    (taxpayer_kind is null) = (taxpayer_number is null)
  ),
  constraint an_unknown_taxpayer_has_no_number check (
    not (taxpayer_unknown and taxpayer_number is not null)
  ),
  constraint id_type_is_known check (
    id_type in ('drivers_license', 'passport', 'alien_registration', 'other')
  ),
  constraint another_id_type_is_named check (
    id_type_other is null or coalesce(id_type = 'other', false)
  ),
  constraint texts_fit_the_report check (
    length(last_name) <= 150 and length(first_name) <= 35 and length(middle_name) <= 35
    and length(suffix) <= 35 and length(occupation) <= 50 and length(street) <= 100
    and length(city) <= 50 and length(state) <= 3 and length(postal_code) <= 9
    and length(country) = 2 and length(taxpayer_number) <= 25 and length(id_type_other) <= 50
    and length(id_number) <= 25 and length(id_state) <= 3 and length(id_country) = 2
  )
);

alter table compliance.patron_identification enable row level security;
alter table compliance.patron_identification force row level security;

create policy manage_all on compliance.patron_identification to pit_owner using (true);
create policy serve_own_casino on compliance.patron_identification
for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron_identification
for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.patron_identification to compliance_service;

create trigger patron_identification_is_append_only
before update or delete or truncate on compliance.patron_identification
for each statement execute function ops._append_only('MTIMM');
alter table compliance.patron_identification
enable always trigger patron_identification_is_append_only;

reset role;

comment on table compliance.patron_identification is
  'A person''s identification, version by version; the latest counts.';
comment on column compliance.patron_identification.taxpayer_kind is
  'ssn (or ITIN), ein, or foreign.';
comment on column compliance.patron_identification.taxpayer_unknown is
  'The person has no taxpayer number or won''t tell it: the report''s own flag, not a word.';
comment on column compliance.patron_identification.id_type is
  'drivers_license (or state ID), passport, alien_registration, or other, named in id_type_other.';
comment on column compliance.patron_identification.id_state is
  'The issuing state, where a state issued it.';
comment on column compliance.patron_identification.id_country is 'The issuing country.';
--! EndIncluded compliance/patron_identification.sql
--! Included compliance/mtl_audit_note.sql
-- What somebody had to say about an entry, a person or a case, once written never changed. A note
-- on a case is for those who may see cases; the others are read with the log.

set local role pit_owner;

create table compliance.mtl_audit_note (
  casino_id integer not null references identity.casino on delete restrict,
  note_id uuid not null default uuidv7(),
  entry_id uuid,
  patron_id uuid,
  case_id uuid,
  note text not null,
  staff_id uuid not null,
  correlation_id text not null,
  idempotency_key text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, note_id),
  foreign key (casino_id, entry_id) references compliance.mtl_entry on delete restrict,
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  foreign key (casino_id, case_id) references compliance.ctr_case on delete restrict,
  constraint note_key_is_used_once unique (casino_id, idempotency_key),
  constraint it_is_about_one_thing check (num_nonnulls(entry_id, patron_id, case_id) = 1),
  constraint note_is_not_blank check (btrim(note) <> '')
);

create index mtl_audit_note_entry on compliance.mtl_audit_note (casino_id, entry_id);
create index mtl_audit_note_patron on compliance.mtl_audit_note (casino_id, patron_id);
create index mtl_audit_note_case on compliance.mtl_audit_note (casino_id, case_id);

alter table compliance.mtl_audit_note enable row level security;
alter table compliance.mtl_audit_note force row level security;

create policy manage_all on compliance.mtl_audit_note to pit_owner using (true);
create policy select_notes_of_the_log on compliance.mtl_audit_note for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and case_id is null
  and (select identity.session_may('mtl:view'))
);
create policy select_notes_of_cases on compliance.mtl_audit_note for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.mtl_audit_note for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.mtl_audit_note for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.mtl_audit_note for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.mtl_audit_note to compliance_service;
grant select on compliance.mtl_audit_note to pit_staff, pit_auditor;

create trigger mtl_audit_note_is_append_only
before update or delete or truncate on compliance.mtl_audit_note
for each statement execute function ops._append_only('MTIMM');
alter table compliance.mtl_audit_note enable always trigger mtl_audit_note_is_append_only;

reset role;

comment on table compliance.mtl_audit_note is
  'A note on a cash entry, a person or a case. Never changed.';
comment on column compliance.mtl_audit_note.staff_id is 'Who wrote it, from the session.';
--! EndIncluded compliance/mtl_audit_note.sql
--! Included compliance/ctr_filing.sql
-- A currency transaction report as it was filed. A later change of totals makes the next version,
-- an amendment; what was filed stays as filed. The report holds identification data, so people
-- select every column but that one.

set local role pit_owner;

create table compliance.ctr_filing (
  casino_id integer not null,
  case_id uuid not null,
  version integer not null,
  patron_id uuid not null,
  cash_in numeric(18, 2) not null,
  cash_out numeric(18, 2) not null,
  amends_bsa_id text,
  filed_at timestamptz not null default now(),
  filed_by uuid not null,
  correlation_id text not null,
  report jsonb not null,
  primary key (casino_id, case_id, version),
  foreign key (casino_id, case_id) references compliance.ctr_case on delete restrict,
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint versions_count_from_1 check (version > 0),
  constraint sums_are_not_negative check (cash_in >= 0 and cash_out >= 0),
  constraint only_an_amendment_amends check (version > 1 or amends_bsa_id is null),
  constraint report_is_an_object check (jsonb_typeof(report) = 'object')
);

create index ctr_filing_patron on compliance.ctr_filing (casino_id, patron_id);
create index ctr_filing_filed_at on compliance.ctr_filing (casino_id, filed_at);
create index ctr_filing_amends on compliance.ctr_filing (casino_id, amends_bsa_id)
where amends_bsa_id is not null;

alter table compliance.ctr_filing enable row level security;
alter table compliance.ctr_filing force row level security;

create policy manage_all on compliance.ctr_filing to pit_owner using (true);
create policy select_own_casino on compliance.ctr_filing for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.ctr_filing for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_filing for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_filing for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_filing to compliance_service;
grant select (
  casino_id, case_id, version, patron_id, cash_in, cash_out, amends_bsa_id, filed_at, filed_by,
  correlation_id
) on compliance.ctr_filing to pit_staff, pit_auditor;

create trigger ctr_filing_is_append_only
before update or delete or truncate on compliance.ctr_filing
for each statement execute function ops._append_only('MTIMM');
alter table compliance.ctr_filing enable always trigger ctr_filing_is_append_only;

reset role;

comment on table compliance.ctr_filing is
  'A filed version of a case''s report: 1 as first filed, then its amendments. Never changed.';
comment on column compliance.ctr_filing.patron_id is 'Whose it was when it was filed.';
comment on column compliance.ctr_filing.cash_in is 'The person''s cash in when it was filed.';
comment on column compliance.ctr_filing.cash_out is 'The person''s cash out when it was filed.';
comment on column compliance.ctr_filing.amends_bsa_id is
  'BSA identifier of the version before, where it had been acknowledged.';
comment on column compliance.ctr_filing.report is
  'Everything that was filed, see compliance._ctr_report.';
--! EndIncluded compliance/ctr_filing.sql
--! Included compliance/compliance_alert.sql
-- A pattern that a person should look at: not a report, and no accusation. Found once per rule,
-- person, direction and gaming day, however often the rules are evaluated; closed with a note.

set local role pit_owner;

create table compliance.compliance_alert (
  casino_id integer not null,
  alert_id uuid not null default uuidv7(),
  rule text not null,
  patron_id uuid not null,
  direction text not null,
  gaming_day date not null,
  amount numeric(18, 2) not null,
  details jsonb not null,
  created_at timestamptz not null default now(),
  correlation_id text not null,
  resolved_at timestamptz,
  resolved_by uuid,
  resolution text,
  primary key (casino_id, alert_id),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint it_is_found_once unique (casino_id, patron_id, rule, direction, gaming_day),
  constraint rule_is_known check (
    rule in ('just_below', 'chip_walk', 'marker_paydown', 'combined_buyers', 'repeat')
  ),
  constraint direction_is_in_or_out check (direction in ('in', 'out')),
  constraint it_is_resolved_by_somebody_with_a_note check (
    num_nonnulls(resolved_at, resolved_by, resolution) in (0, 3)
    and coalesce(btrim(resolution) <> '', true)
  )
);

-- The queue: what is still to be looked at, the latest gaming day first.
create index compliance_alert_open on compliance.compliance_alert (casino_id, gaming_day)
where resolved_at is null;
create index compliance_alert_day on compliance.compliance_alert (casino_id, gaming_day);

alter table compliance.compliance_alert enable row level security;
alter table compliance.compliance_alert force row level security;

create policy manage_all on compliance.compliance_alert to pit_owner using (true);
create policy select_own_casino on compliance.compliance_alert for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.compliance_alert for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.compliance_alert for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.compliance_alert for insert to compliance_service
with check (casino_id = identity._casino());
create policy update_own_casino on compliance.compliance_alert for update to compliance_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on compliance.compliance_alert to compliance_service;
grant update (resolved_at, resolved_by, resolution)
on compliance.compliance_alert to compliance_service;
grant select on compliance.compliance_alert to pit_staff, pit_auditor;

reset role;

comment on table compliance.compliance_alert is
  'A pattern in the cash log that a reviewer looks at and closes with a note.';
comment on column compliance.compliance_alert.rule is
  'just_below, chip_walk, marker_paydown, combined_buyers or repeat.';
comment on column compliance.compliance_alert.gaming_day is
  'The latest gaming day that takes part in the pattern.';
comment on column compliance.compliance_alert.amount is
  'The sum that the rule looked at, in dollars; details say what it is made of.';
comment on column compliance.compliance_alert.details is
  'What the rule found: its gaming days with their sums, seconds of play, or the other buyers.';
comment on column compliance.compliance_alert.resolution is 'The reviewer''s note.';
--! EndIncluded compliance/compliance_alert.sql
--! Included compliance/gaming_day_sign_off.sql
-- A compliance officer's signature under a gaming day: once, when none of its cases waits to be
-- prepared or filed. Never changed; what happens to the day afterwards stays visible beside it.

set local role pit_owner;

create table compliance.gaming_day_sign_off (
  casino_id integer not null references identity.casino on delete restrict,
  gaming_day date not null,
  note text,
  signed_off_at timestamptz not null default now(),
  signed_off_by uuid not null,
  correlation_id text not null,
  primary key (casino_id, gaming_day)
);

alter table compliance.gaming_day_sign_off enable row level security;
alter table compliance.gaming_day_sign_off force row level security;

create policy manage_all on compliance.gaming_day_sign_off to pit_owner using (true);
create policy select_own_casino on compliance.gaming_day_sign_off for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.gaming_day_sign_off for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.gaming_day_sign_off for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.gaming_day_sign_off
for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.gaming_day_sign_off to compliance_service;
grant select on compliance.gaming_day_sign_off to pit_staff, pit_auditor;

create trigger gaming_day_sign_off_is_append_only
before update or delete or truncate on compliance.gaming_day_sign_off
for each statement execute function ops._append_only('MTIMM');
alter table compliance.gaming_day_sign_off
enable always trigger gaming_day_sign_off_is_append_only;

reset role;

comment on table compliance.gaming_day_sign_off is
  'Which gaming days a compliance officer has signed off, and who did.';
comment on column compliance.gaming_day_sign_off.signed_off_by is 'From the session.';
--! EndIncluded compliance/gaming_day_sign_off.sql
--! Included compliance/mtl_result.sql
-- What recording cash gives back: what was written and whether the person must be identified. No
-- figure of what is already summed, because a patron is never told how much is left.

create type compliance.mtl_result as (
  mtl_entry compliance.mtl_entry,
  replayed boolean,
  identification_needed boolean,
  recorded_amount numeric(14, 2)
);

alter type compliance.mtl_result owner to pit_owner;

comment on type compliance.mtl_result is
  'The entry, null for a money play of what rides already; whether it is an earlier result given '
  'again; whether the person has to be identified; and the amount that was written (0 for none).';
--! EndIncluded compliance/mtl_result.sql
--! Included compliance/correction_result.sql
-- What a correction gives back: both entries it wrote. No sum is in it, as in what recording
-- gives back.

create type compliance.correction_result as (
  offset_entry compliance.mtl_entry,
  mtl_entry compliance.mtl_entry,
  replayed boolean,
  identification_needed boolean
);

alter type compliance.correction_result owner to pit_owner;

comment on type compliance.correction_result is
  'The offset, the replacement (null when the entry was voided), whether it is an earlier result '
  'given again, and whether the person has to be identified.';
--! EndIncluded compliance/correction_result.sql
--! Included compliance/patron_result.sql
-- What describing a person gives back. Without sums, so that it can be given to every role that
-- makes entries.

create type compliance.patron_result as (
  patron compliance.patron,
  replayed boolean
);

alter type compliance.patron_result owner to pit_owner;

comment on type compliance.patron_result is
  'The patron, and whether it is an earlier result given again.';
--! EndIncluded compliance/patron_result.sql
--! Included compliance/departure_result.sql
-- What leaving a table gives back. How much rode there is no sum of a day: it lay on the table as
-- the bet that was told, so every role that makes entries may see it.

create type compliance.departure_result as (
  patron compliance.patron,
  ended_amount numeric(14, 2),
  replayed boolean
);

alter type compliance.departure_result owner to pit_owner;

comment on type compliance.departure_result is
  'The patron, what rode and has ended (null when nothing rode), and whether it is an earlier '
  'result given again.';
--! EndIncluded compliance/departure_result.sql
--! Included compliance/identification_result.sql
-- What identifying an unknown person, or undoing it, gives back. What it did to cases is read
-- there, by those who may see them.

create type compliance.identification_result as (
  patron_link compliance.patron_link,
  replayed boolean
);

alter type compliance.identification_result owner to pit_owner;

comment on type compliance.identification_result is
  'The link between unknown person and player, and whether it is an earlier result given again.';
--! EndIncluded compliance/identification_result.sql
--! Included compliance/patron_match.sql
-- One line of a search for the person in front of the cage or the table: enough to tell people
-- apart, nothing about their cash.

create type compliance.patron_match as (
  patron_id uuid,
  player_id uuid,
  card_no text,
  name text,
  birth_date date,
  description text,
  described_at timestamptz,
  identified_as text
);

alter type compliance.patron_match owner to pit_owner;

comment on type compliance.patron_match is
  'An enrolled player (patron_id is null before their first cash entry) or an unknown person, who '
  'may have been identified as a player in the meantime.';
--! EndIncluded compliance/patron_match.sql
--! Included compliance/saved_identification.sql
-- What saving an identification gives back: what is still missing, no figure of money and none of
-- the data, because the one who writes it down may not be one who may read it.

create type compliance.saved_identification as (
  patron_id uuid,
  version integer,
  missing text[],
  replayed boolean
);

alter type compliance.saved_identification owner to pit_owner;

comment on type compliance.saved_identification is
  'The person whose identification was saved, its version, the fields that a report still needs, '
  'and whether it is an earlier result given again.';
--! EndIncluded compliance/saved_identification.sql
--! Included compliance/identified_person.sql
-- A person's identification as a reviewer reads it. The taxpayer number is whole for whoever
-- files reports, and its last four characters for everybody else.

create type compliance.identified_person as (
  patron_id uuid,
  version integer,
  last_name text,
  first_name text,
  middle_name text,
  suffix text,
  gender text,
  birth_date date,
  occupation text,
  street text,
  city text,
  state text,
  postal_code text,
  country text,
  taxpayer_kind text,
  taxpayer_number text,
  taxpayer_unknown boolean,
  id_type text,
  id_type_other text,
  id_number text,
  id_state text,
  id_country text,
  missing text[],
  saved_by uuid,
  saved_at timestamptz
);

alter type compliance.identified_person owner to pit_owner;

comment on type compliance.identified_person is
  'A person''s identification in its latest version, and the fields that a report still needs. '
  'version is 0 when nothing was saved yet.';
--! EndIncluded compliance/identified_person.sql
--! Included compliance/audit_note_result.sql
-- What adding a note gives back. The key of the command is the note's: a note added twice with
-- one key is one note.

create type compliance.audit_note_result as (
  mtl_audit_note compliance.mtl_audit_note,
  replayed boolean
);

alter type compliance.audit_note_result owner to pit_owner;

comment on type compliance.audit_note_result is
  'The note, and whether it is an earlier result given again.';
--! EndIncluded compliance/audit_note_result.sql
--! Included compliance/ctr_case_result.sql
-- What the steps of a case's life give back: the case as it is after the step. The case itself is
-- the key: a step that was taken is not taken again.

create type compliance.ctr_case_result as (
  ctr_case compliance.ctr_case,
  replayed boolean
);

alter type compliance.ctr_case_result owner to pit_owner;

comment on type compliance.ctr_case_result is
  'The case as it is now, and whether the step had been taken before.';
--! EndIncluded compliance/ctr_case_result.sql
--! Included compliance/alert_result.sql
-- What resolving an alert gives back. The alert itself is the key: the same person's same note
-- again changes nothing.

create type compliance.alert_result as (
  compliance_alert compliance.compliance_alert,
  replayed boolean
);

alter type compliance.alert_result owner to pit_owner;

comment on type compliance.alert_result is
  'The alert as it is now, and whether it had been resolved so before.';
--! EndIncluded compliance/alert_result.sql
--! Included compliance/alert_evaluation.sql
-- What an evaluation of the alert rules gives back. An alert is found once, so evaluating again
-- raises only what is new.

create type compliance.alert_evaluation as (
  gaming_day date,
  raised integer,
  replayed boolean
);

alter type compliance.alert_evaluation owner to pit_owner;

comment on type compliance.alert_evaluation is
  'The gaming day that was looked at, how many alerts it raised, and whether there was nothing '
  'that an earlier evaluation had not found.';
--! EndIncluded compliance/alert_evaluation.sql
--! Included compliance/sign_off_result.sql
-- What signing off a gaming day gives back. A gaming day is signed off once: a second signature
-- is refused, so replayed is always false.

create type compliance.sign_off_result as (
  gaming_day_sign_off compliance.gaming_day_sign_off,
  replayed boolean
);

alter type compliance.sign_off_result owner to pit_owner;

comment on type compliance.sign_off_result is 'The signature under a gaming day.';
--! EndIncluded compliance/sign_off_result.sql
--! Included compliance/ctr_export.sql
-- Every batch file that was made, by the SHA-256 of its bytes: which cases it holds, in their
-- order, what it says of them, and who made it. An acknowledgement names its reports by their
-- place in the file and by nothing else; what is filed is what was sent; and a file full of
-- personal data shouldn't come to be without a trace. People select every column but the reports.

set local role pit_owner;

create table compliance.ctr_export (
  casino_id integer not null references identity.casino on delete restrict,
  ctr_export_id uuid not null default uuidv7(),
  file_sha256 bytea not null,
  first_day date not null,
  last_day date not null,
  case_ids uuid[] not null,
  reports jsonb not null,
  exported_by uuid not null,
  exported_at timestamptz not null default now(),
  correlation_id text not null,
  primary key (casino_id, ctr_export_id),
  constraint a_hash_has_32_bytes check (length(file_sha256) = 32),
  constraint a_file_holds_cases check (cardinality(case_ids) > 0),
  constraint each_case_has_its_report check (
    jsonb_typeof(reports) = 'array' and jsonb_array_length(reports) = cardinality(case_ids)
  )
);

create index ctr_export_file on compliance.ctr_export (casino_id, file_sha256);
create index ctr_export_exported_at on compliance.ctr_export (casino_id, exported_at);

alter table compliance.ctr_export enable row level security;
alter table compliance.ctr_export force row level security;

create policy manage_all on compliance.ctr_export to pit_owner using (true);
create policy select_own_casino on compliance.ctr_export for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('ctr:file'))
);
create policy audit_own_casino on compliance.ctr_export for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_export for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_export for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_export to compliance_service;
grant select (
  casino_id, ctr_export_id, file_sha256, first_day, last_day, case_ids, exported_by, exported_at,
  correlation_id
) on compliance.ctr_export to pit_staff, pit_auditor;

create trigger ctr_export_is_append_only
before update or delete or truncate on compliance.ctr_export
for each statement execute function ops._append_only('MTIMM');
alter table compliance.ctr_export enable always trigger ctr_export_is_append_only;

reset role;

comment on table compliance.ctr_export is
  'The batch files that were made, and which cases each holds. Never changed.';
comment on column compliance.ctr_export.file_sha256 is 'SHA-256 of the file''s bytes.';
comment on column compliance.ctr_export.first_day is 'First gaming day that was asked for.';
comment on column compliance.ctr_export.case_ids is 'Its cases, in the order of the file.';
comment on column compliance.ctr_export.reports is
  'What the file says, case by case, see compliance._ctr_report.';
--! EndIncluded compliance/ctr_export.sql
--! Included compliance/ctr_transaction.sql
-- One transaction as a report sees it: an entry with its corrections is one, one that was voided
-- is none, and an exchange is one in each direction.

create type compliance.ctr_transaction as (
  transaction_id uuid,
  direction text,
  line integer,
  country text,
  agent_patron_id uuid,
  amount numeric(14, 2),
  note text,
  occurred_at timestamptz
);

alter type compliance.ctr_transaction owner to pit_owner;

comment on type compliance.ctr_transaction is
  'A transaction of a person''s gaming day: id of its original entry, direction, line of the '
  'report, country of foreign currency, who carried it for the person, and what stands of it.';
--! EndIncluded compliance/ctr_transaction.sql
--! Included compliance/filer.sql
-- Who files: what a report must say of the casino, of the office that answers questions and of
-- whoever transmits the file. Versions, the latest counts: a correction is added, and a filed
-- report keeps what it was filed with. Lengths and forms are those of the report's schema.

set local role pit_owner;

create table compliance.filer (
  casino_id integer not null references identity.casino on delete restrict,
  version integer not null,
  legal_name text not null,
  trade_name text,
  ein text not null,
  street text not null,
  city text not null,
  state text not null,
  postal_code text not null,
  country text not null,
  contact_office text not null,
  contact_phone text not null,
  contact_extension text,
  transmitter_name text not null,
  transmitter_tin text not null,
  transmitter_tcc text not null,
  transmitter_contact text not null,
  transmitter_phone text not null,
  transmitter_street text not null,
  transmitter_city text not null,
  transmitter_state text not null,
  transmitter_postal_code text not null,
  transmitter_country text not null,
  staff_id uuid,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, version),
  constraint versions_count_from_1 check (version > 0),
  constraint numbers_have_nine_digits check (
    ein ~ '^[0-9]{9}$' and transmitter_tin ~ '^[0-9]{9}$'
  ),
  constraint transmitter_control_code_has_eight_characters check (
    transmitter_tcc ~ '^[A-Z0-9]{8}$'
  ),
  constraint phones_have_digits_only check (
    contact_phone ~ '^[0-9]{7,16}$' and transmitter_phone ~ '^[0-9]{7,16}$'
    and contact_extension ~ '^[0-9]{1,6}$'
  ),
  constraint countries_have_two_letters check (
    country ~ '^[A-Z]{2}$' and transmitter_country ~ '^[A-Z]{2}$'
  ),
  constraint texts_fit_the_report check (
    length(legal_name) <= 150 and length(trade_name) <= 150 and length(contact_office) <= 150
    and length(street) <= 100 and length(city) <= 50 and length(state) between 2 and 3
    and length(postal_code) <= 9 and length(transmitter_name) <= 150
    and length(transmitter_contact) <= 150 and length(transmitter_street) <= 100
    and length(transmitter_city) <= 50 and length(transmitter_state) between 2 and 3
    and length(transmitter_postal_code) <= 9
  )
);

alter table compliance.filer enable row level security;
alter table compliance.filer force row level security;

create policy manage_all on compliance.filer to pit_owner using (true);
create policy select_own_casino on compliance.filer for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('ctr:file'))
);
create policy serve_own_casino on compliance.filer for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.filer for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.filer to compliance_service;
grant select on compliance.filer to pit_staff;

create trigger filer_is_append_only
before update or delete or truncate on compliance.filer
for each statement execute function ops._append_only('MTIMM');
alter table compliance.filer enable always trigger filer_is_append_only;

reset role;

comment on table compliance.filer is
  'The casino''s filing data, version by version; the latest counts.';
comment on column compliance.filer.trade_name is 'What the casino does business as.';
comment on column compliance.filer.ein is 'Employer identification number, nine digits.';
comment on column compliance.filer.contact_office is
  'The office that answers questions about a report.';
comment on column compliance.filer.transmitter_name is
  'Who sends the file: the casino itself unless told otherwise.';
comment on column compliance.filer.transmitter_tcc is
  'Transmitter control code, which FinCEN gives to whoever sends files.';
comment on column compliance.filer.staff_id is
  'Who set it, from the session; null when it came with the property file.';
--! EndIncluded compliance/filer.sql
--! Included compliance/_save_filer.sql
-- Checks filing data and adds them as the next version when they differ from the one in force.
-- Everything about the transmitter is the casino's own unless it is told apart. Two people who
-- set them at once wait for each other, so that versions count on.

create or replace function compliance._save_filer(
  filer jsonb,
  staff_id uuid,
  correlation_id text
) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_needed text[] := array[
    'legal_name', 'ein', 'street', 'city', 'state', 'postal_code', 'contact_office',
    'contact_phone', 'transmitter_tcc'
  ];
  v_optional text[] := array[
    'trade_name', 'country', 'contact_extension', 'transmitter_name', 'transmitter_tin',
    'transmitter_contact', 'transmitter_phone', 'transmitter_street', 'transmitter_city',
    'transmitter_state', 'transmitter_postal_code', 'transmitter_country'
  ];
  v_given jsonb;
  v_wrong text;
  v_last compliance.filer;
  v_next compliance.filer;
begin
  if jsonb_typeof(filer) is distinct from 'object' then
    perform ops._refuse('MTFIL', array['an object is expected']);
  end if;
  -- Single spaces; numbers without their hyphens and brackets; what is blank isn't there.
  select jsonb_object_agg(
    d.key,
    case
      when d.key ~ 'ein|tin|phone|extension|postal_code'
        then regexp_replace(d.value, '[-() .]', '', 'g')
      else btrim(regexp_replace(d.value, '\s+', ' ', 'g'))
    end
  )
  into v_given
  from jsonb_each_text(filer) as d
  where btrim(d.value) <> '';
  v_given := jsonb_build_object('country', 'US') || coalesce(v_given, '{}');
  v_given := jsonb_build_object(
    'transmitter_name', v_given -> 'legal_name',
    'transmitter_tin', v_given -> 'ein',
    'transmitter_contact', v_given -> 'contact_office',
    'transmitter_phone', v_given -> 'contact_phone',
    'transmitter_street', v_given -> 'street',
    'transmitter_city', v_given -> 'city',
    'transmitter_state', v_given -> 'state',
    'transmitter_postal_code', v_given -> 'postal_code',
    'transmitter_country', v_given -> 'country',
    'trade_name', null,
    'contact_extension', null
  ) || v_given;

  select string_agg(n.wrong, ', ' order by n.wrong) into v_wrong
  from (
    select format('%s is missing', k.name) as wrong
    from unnest(v_needed) as k (name)
    where v_given ->> k.name is null
    union all
    select format('"%s" is not known', k.name)
    from jsonb_object_keys(v_given) as k (name)
    where k.name <> all (v_needed || v_optional)
  ) as n;
  if v_wrong is not null then
    perform ops._refuse('MTFIL', array[v_wrong]);
  end if;

  perform pg_advisory_xact_lock(hashtextextended('compliance.filer', v_casino_id));
  select f.* into v_last
  from compliance.filer as f
  where f.casino_id = v_casino_id
  order by f.version desc
  limit 1;
  if to_jsonb(v_last) @> v_given then
    return false;
  end if;

  v_next := jsonb_populate_record(null::compliance.filer, v_given);
  v_next.casino_id := v_casino_id;
  v_next.version := coalesce(v_last.version, 0) + 1;
  v_next.staff_id := staff_id;
  v_next.correlation_id := correlation_id;
  v_next.created_at := now();
  insert into compliance.filer values (v_next.*);
  return true;
exception
  when check_violation then
    perform ops._refuse('MTFIL', array[substring(sqlerrm from 'constraint "([a-z_]+)"')]);
end
$$;

alter function compliance._save_filer(jsonb, uuid, text) owner to compliance_service;
revoke all on function compliance._save_filer(jsonb, uuid, text) from public;

comment on function compliance._save_filer(jsonb, uuid, text) is
  'Adds a version of the casino''s filing data; true when something changed. Error: MTFIL with '
  'what is missing or which rule is broken.';
--! EndIncluded compliance/_save_filer.sql
--! Included compliance/set_filer.sql
-- Sets what every report says of the casino. The same data again change nothing; other data are
-- the next version, and reports that were filed keep theirs.

create or replace function compliance.set_filer(filer jsonb) returns compliance.filer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_filer compliance.filer;
begin
  perform compliance._save_filer(filer, v_actor.staff_id, v_actor.correlation_id);
  select f.* into strict v_filer
  from compliance.filer as f
  where f.casino_id = v_actor.casino_id
  order by f.version desc
  limit 1;
  return v_filer;
end
$$;

alter function compliance.set_filer(jsonb) owner to compliance_service;
revoke all on function compliance.set_filer(jsonb) from public;
grant execute on function compliance.set_filer(jsonb) to pit_staff;

comment on function compliance.set_filer(jsonb) is
  'Sets the casino''s filing data: legal_name, trade_name, ein, street, city, state, '
  'postal_code, country, contact_office, contact_phone, contact_extension, transmitter_tcc, and '
  'the other transmitter_… where somebody else sends the file. Capability ctr:file. Errors: '
  'IDUNA, IDFRB, MTFIL.';
--! EndIncluded compliance/set_filer.sql
--! Included compliance/_load_casino.sql
-- Compliance's part of setting a property up: the cash thresholds as effective versions, and the
-- filing data where the file has them. A changed file adds a version from now on; sums of the
-- past keep the thresholds they were judged by.

create or replace function compliance._load_casino(property jsonb) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_floor numeric(14, 2) := coalesce((property #>> '{thresholds,log_floor}')::numeric, 3000);
  v_threshold numeric(14, 2) := coalesce(
    (property #>> '{thresholds,ctr_threshold}')::numeric, 10000
  );
  v_in_force compliance.threshold_policy;
  v_changed boolean := false;
begin
  if property ? 'filer' then
    v_changed := compliance._save_filer(property -> 'filer', null, uuidv7()::text);
  end if;

  select * into v_in_force
  from compliance.threshold_policy as t
  where t.casino_id = v_casino_id and t.effective_from <= now()
  order by t.effective_from desc
  limit 1;

  if (v_in_force.log_floor, v_in_force.ctr_threshold)
    is not distinct from (v_floor, v_threshold)
  then
    return v_changed;
  end if;
  insert into compliance.threshold_policy (casino_id, effective_from, log_floor, ctr_threshold)
  values (
    v_casino_id,
    case when v_in_force.casino_id is null then '-infinity' else now() end,
    v_floor, v_threshold
  );
  return true;
end
$$;

alter function compliance._load_casino(jsonb) owner to compliance_service;
revoke all on function compliance._load_casino(jsonb) from public;
grant execute on function compliance._load_casino(jsonb) to ops_service;

comment on function compliance._load_casino(jsonb) is
  'Loads the cash thresholds and the filing data of a property file for the casino of the '
  'running call; true when something changed. Error: MTFIL.';
--! EndIncluded compliance/_load_casino.sql
--! Included compliance/_root.sql
-- Who a patron is: the player as whom an unknown person was identified, else the patron. Sums,
-- cases and alerts are about that person.

create or replace function compliance._root(patron_id uuid) returns uuid
language sql
stable
return coalesce(
  (
    select l.player_patron_id
    from compliance.patron_link as l
    where l.casino_id = identity._casino()
      and l.unknown_patron_id = _root.patron_id
      and l.undone_at is null
  ),
  patron_id
);

alter function compliance._root(uuid) owner to compliance_service;
revoke all on function compliance._root(uuid) from public;

comment on function compliance._root(uuid) is
  'The patron under whom a person''s entries are summed.';
--! EndIncluded compliance/_root.sql
--! Included compliance/_person_patrons.sql
-- All rows of one person: their own and those of unknown persons identified as them. A set, so
-- that it becomes part of the query that asks.

create or replace function compliance._person_patrons(root uuid) returns setof uuid
language sql
stable
begin atomic
  select root
  union all
  select l.unknown_patron_id
  from compliance.patron_link as l
  where l.casino_id = identity._casino()
    and l.player_patron_id = root
    and l.undone_at is null;
end;

alter function compliance._person_patrons(uuid) owner to compliance_service;
revoke all on function compliance._person_patrons(uuid) from public;

comment on function compliance._person_patrons(uuid) is
  'The patron itself and every unknown patron identified as it.';
--! EndIncluded compliance/_person_patrons.sql
--! Included compliance/_thresholds.sql
-- The thresholds by which a gaming day is judged: those in force when it began, so that a change
-- during the day doesn't judge its morning and its evening differently.

create or replace function compliance._thresholds(actor identity.actor, gaming_day date)
returns compliance.threshold_policy
language sql
stable
return (
  select t
  from compliance.threshold_policy as t
  where t.casino_id = identity._casino()
    and t.effective_from
    <= ((_thresholds.gaming_day + actor.gaming_day_start) at time zone actor.timezone)
  order by t.effective_from desc
  limit 1
);

alter function compliance._thresholds(identity.actor, date) owner to compliance_service;
revoke all on function compliance._thresholds(identity.actor, date) from public;

comment on function compliance._thresholds(identity.actor, date) is
  'Version of the cash thresholds in force at the beginning of a gaming day.';
--! EndIncluded compliance/_thresholds.sql
--! Included compliance/_badge.sql
-- How close a sum is to having to be reported, for those who may know: from the log floor on it is
-- watched, over 90 % of the threshold it is near, over the threshold it is reportable.

create or replace function compliance._badge(
  total numeric,
  thresholds compliance.threshold_policy
) returns text
language sql
immutable
return case
  when total > thresholds.ctr_threshold then 'reportable'
  when total > thresholds.ctr_threshold * 0.9 then 'near'
  when total >= thresholds.log_floor then 'watch'
  else 'none'
end;

alter function compliance._badge(numeric, compliance.threshold_policy) owner to compliance_service;
revoke all on function compliance._badge(numeric, compliance.threshold_policy) from public;

comment on function compliance._badge(numeric, compliance.threshold_policy) is
  'none, watch, near or reportable: badge of a sum in one direction.';
--! EndIncluded compliance/_badge.sql
--! Included compliance/_day_sums.sql
-- A person's two sums of a gaming day, over everybody who was identified as them. Whoever decides
-- something by them holds the person's lock.

create or replace function compliance._day_sums(
  root uuid,
  gaming_day date,
  out cash_in numeric,
  out cash_out numeric,
  out entries_in integer,
  out entries_out integer
)
language sql
stable
begin atomic
  select
    coalesce(sum(d.cash_in), 0), coalesce(sum(d.cash_out), 0),
    coalesce(sum(d.entries_in), 0)::integer, coalesce(sum(d.entries_out), 0)::integer
  from compliance.patron_gaming_day as d
  where d.casino_id = identity._casino()
    and d.patron_id = any (
      array(select p.patron_id from compliance._person_patrons(root) as p (patron_id))
    )
    and d.gaming_day = _day_sums.gaming_day;
end;

alter function compliance._day_sums(uuid, date) owner to compliance_service;
revoke all on function compliance._day_sums(uuid, date) from public;

comment on function compliance._day_sums(uuid, date) is
  'Cash in, cash out and their numbers of entries of a person''s gaming day.';
--! EndIncluded compliance/_day_sums.sql
--! Included compliance/_is_placeholder.sql
-- Words that stand where a fact should: a report with "UNKNOWN" in a field is refused by FinCEN
-- and useless to everybody. For what is really unknown there are flags. Said twice, between signs
-- or in letters of full width it says no more.

create or replace function compliance._is_placeholder(value text) returns boolean
language sql
immutable
return regexp_replace(upper(normalize(value, nfkc)), '[^A-Z]', '', 'g') ~ (
  '^(UNKNOWN|UNK|UNKN|UNKOWN|NOTKNOWN|NONE|NOTAPPLICABLE|NOTPROVIDED|NOTGIVEN|NOTAVAILABLE|'
  || 'NOTSHOWN|REFUSED|DECLINED|SAME|SAMEAS|OTHER|VARIOUS|SEEABOVE|SEEBELOW|CUSTOMER|'
  || 'NONCUSTOMER|KNOWNCUSTOMER|ONFILE|ANONYMOUS|TBD|AKA|DBA)+$'
)
or normalize(value, nfkc) ~* '^\s*(n\s*/\s*a|[*?.\s-]{2,}|[^[:alnum:]]*(x[^[:alnum:]]*)+)\s*$'
or normalize(value, nfkc) ~* '(\m|_)(unknown|known customer|same as|see above)(\M|_)';

alter function compliance._is_placeholder(text) owner to compliance_service;
revoke all on function compliance._is_placeholder(text) from public;

comment on function compliance._is_placeholder(text) is
  'Whether a text says nothing: UNKNOWN, NONE, SAME, OTHER, XX, N/A, "known customer" …';
--! EndIncluded compliance/_is_placeholder.sql
--! Included compliance/_refused_identification.sql
-- What can't stand in a report: placeholders, texts longer than its fields, codes and numbers that
-- can't be any, birth dates that the form has no room for (before 1900). Saving refuses these, so
-- that nobody finds out on the day a report is due.

create or replace function compliance._refused_identification(
  sheet compliance.patron_identification
) returns text[]
language sql
stable
return (
  select coalesce(array_agg(f.field order by f.field_no), '{}')
  from (
    values
    (1, 'last_name', sheet.last_name, 150, '[[:alpha:]]'),
    (2, 'first_name', sheet.first_name, 35, '[[:alpha:]]'),
    (3, 'middle_name', sheet.middle_name, 35, '[[:alpha:]]'),
    (4, 'suffix', sheet.suffix, 35, '[[:alpha:]]'),
    (5, 'gender', sheet.gender, 6, '^(female|male)$'),
    (
      6, 'birth_date',
      case
        when sheet.birth_date between '1900-01-01' and current_date - 1 then 'a date'
        when sheet.birth_date is not null then 'no date'
      end,
      10, '^a date$'
    ),
    (7, 'occupation', sheet.occupation, 50, '[[:alpha:]]'),
    (8, 'street', sheet.street, 100, '[[:alnum:]]'),
    (9, 'city', sheet.city, 50, '[[:alpha:]]'),
    (10, 'state', sheet.state, 3, '^[A-Z0-9]{2,3}$'),
    (
      11, 'postal_code', sheet.postal_code, 9,
      case when sheet.country = 'US' then '^[0-9]{5}([0-9]{4})?$' else '^[A-Z0-9]+$' end
    ),
    (12, 'country', sheet.country, 2, '^[A-Z]{2}$'),
    (13, 'taxpayer_kind', sheet.taxpayer_kind, 7, '^(ssn|ein|foreign)$'),
    (
      14, 'taxpayer_number', sheet.taxpayer_number, 25,
      case when sheet.taxpayer_kind = 'foreign' then '[0-9]' else '^[0-9]{9}$' end
    ),
    (15, 'id_type', sheet.id_type, 18, '^(drivers_license|passport|alien_registration|other)$'),
    (16, 'id_type_other', sheet.id_type_other, 50, '[[:alpha:]]'),
    (17, 'id_number', sheet.id_number, 25, '[0-9]'),
    (18, 'id_state', sheet.id_state, 3, '^[A-Z0-9]{2,3}$'),
    (19, 'id_country', sheet.id_country, 2, '^[A-Z]{2}$')
  ) as f (field_no, field, value, longest, form)
  where length(f.value) > f.longest
    or f.value !~ f.form
    or f.value ~ '[[:cntrl:]\uFFFE\uFFFF]'
    or f.field <> 'id_type' and compliance._is_placeholder(f.value)
    -- 000000000, 999999999, 123456789: numbers that stand for none.
    or f.field in ('taxpayer_number', 'id_number')
    and f.value ~ '^([0-9])\1{4,}$|^123456789$'
);

alter function compliance._refused_identification(compliance.patron_identification)
owner to compliance_service;
revoke all on function compliance._refused_identification(compliance.patron_identification)
from public;

comment on function compliance._refused_identification(compliance.patron_identification) is
  'The fields of an identification that can''t be used as they are.';
--! EndIncluded compliance/_refused_identification.sql
--! Included compliance/_merged_identification.sql
-- Puts what is newly known into the version before: texts are trimmed, codes and numbers brought
-- into the report's form. A taxpayer number and the flag that it is unknown exclude each other;
-- whichever was said last counts.

create or replace function compliance._merged_identification(
  known compliance.patron_identification,
  given jsonb
) returns compliance.patron_identification
language plpgsql
stable
set search_path = ''
as $$
declare
  v_sheet compliance.patron_identification;
begin
  v_sheet := (
    select
      jsonb_populate_record(
        known,
        coalesce(
          jsonb_object_agg(
            g.key,
            nullif(
              case
                when g.key in ('state', 'country', 'id_state', 'id_country')
                  then upper(btrim(g.value))
                when g.key in ('postal_code', 'taxpayer_number')
                  then upper(regexp_replace(g.value, '[\s.-]', '', 'g'))
                when g.key in ('gender', 'taxpayer_kind', 'id_type') then lower(btrim(g.value))
                else btrim(regexp_replace(g.value, '\s+', ' ', 'g'))
              end,
              ''
            )
          ),
          '{}'
        )
      )
    from jsonb_each_text(given) as g
  );
  v_sheet.taxpayer_unknown := coalesce(v_sheet.taxpayer_unknown, false);
  if v_sheet.taxpayer_unknown and given ->> 'taxpayer_unknown' is null
    and nullif(given ->> 'taxpayer_number', '') is not null
  then
    v_sheet.taxpayer_unknown := false;
  end if;
  if v_sheet.taxpayer_unknown or v_sheet.taxpayer_number is null then
    v_sheet.taxpayer_number := null;
    v_sheet.taxpayer_kind := null;
  else
    v_sheet.taxpayer_kind := coalesce(v_sheet.taxpayer_kind, 'ssn');
  end if;
  if v_sheet.id_type is distinct from 'other' then
    v_sheet.id_type_other := null;
  end if;
  return v_sheet;
end
$$;

alter function compliance._merged_identification(compliance.patron_identification, jsonb)
owner to compliance_service;
revoke all on function compliance._merged_identification(compliance.patron_identification, jsonb)
from public;

comment on function compliance._merged_identification(compliance.patron_identification, jsonb) is
  'An identification with the given fields put in; empty texts take a field away.';
--! EndIncluded compliance/_merged_identification.sql
--! Included compliance/_identification.sql
-- The identification that counts for a person: the player's own, or else the one that was taken
-- while they were unknown. Identifying somebody doesn't ask them for everything again.

create or replace function compliance._identification(patron_id uuid)
returns compliance.patron_identification
language sql
stable
return (
  select i
  from compliance._root(_identification.patron_id) as r (patron_id)
  cross join lateral compliance._person_patrons(r.patron_id) as p (patron_id)
  join compliance.patron_identification as i
    on i.casino_id = identity._casino() and i.patron_id = p.patron_id
  order by p.patron_id = r.patron_id desc, i.created_at desc, i.version desc
  limit 1
);

alter function compliance._identification(uuid) owner to compliance_service;
revoke all on function compliance._identification(uuid) from public;

comment on function compliance._identification(uuid) is
  'Latest identification of the person whom a patron is; null when there is none.';
--! EndIncluded compliance/_identification.sql
--! Included compliance/_missing_identification.sql
-- What a report still needs to know about a person: name, address, date of birth, taxpayer number
-- or its unknown flag, and an ID's type, issuer and number. That they are a known customer
-- doesn't count.

create or replace function compliance._missing_identification(patron_id uuid) returns text[]
language sql
stable
return (
  select coalesce(array_agg(f.field order by f.field_no), '{}')
  from compliance._identification(_missing_identification.patron_id) as i
  cross join lateral (
    values
    (1, 'last_name', i.last_name is null),
    (2, 'first_name', i.first_name is null),
    (3, 'birth_date', i.birth_date is null),
    (4, 'street', i.street is null),
    (5, 'city', i.city is null),
    (6, 'state', i.state is null and coalesce(i.country in ('US', 'CA', 'MX'), true)),
    (7, 'postal_code', i.postal_code is null and coalesce(i.country in ('US', 'CA'), true)),
    (8, 'country', i.country is null),
    (9, 'taxpayer_number', i.taxpayer_number is null and i.taxpayer_unknown is not true),
    (10, 'id_type', i.id_type is null),
    (11, 'id_type_other', i.id_type = 'other' and i.id_type_other is null),
    (12, 'id_number', i.id_number is null),
    (13, 'id_state', i.id_type = 'drivers_license' and i.id_country = 'US' and i.id_state is null),
    (14, 'id_country', i.id_country is null)
  ) as f (field_no, field, is_missing)
  where f.is_missing
);

alter function compliance._missing_identification(uuid) owner to compliance_service;
revoke all on function compliance._missing_identification(uuid) from public;

comment on function compliance._missing_identification(uuid) is
  'The fields of a person''s identification that a report still needs; none when it is complete.';
--! EndIncluded compliance/_missing_identification.sql
--! Included compliance/_claim_key.sql
-- First step of every keyed command of compliance: takes the key's lock, so that calls with one
-- key come one after the other, and looks whether the key was used.

create or replace function compliance._claim_key(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb
) returns compliance.mtl_command
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := identity._check_key(_claim_key.idempotency_key);
  v_locked boolean := ops._lock(actor.casino_id, 'compliance:' || v_key);
  v_command compliance.mtl_command;
begin
  select * into v_command
  from compliance.mtl_command as c
  where c.casino_id = identity._casino() and c.idempotency_key = v_key;
  if v_command.request_fingerprint
    <> ops._fingerprint(jsonb_build_array(_claim_key.command, request))
  then
    perform ops._refuse('LYIDM');
  end if;
  return v_command;
end
$$;

alter function compliance._claim_key(identity.actor, text, text, jsonb)
owner to compliance_service;
revoke all on function compliance._claim_key(identity.actor, text, text, jsonb) from public;

comment on function compliance._claim_key(identity.actor, text, text, jsonb) is
  'Locks a key until the transaction ends and gives the command that used it, or a row of nulls '
  'when it is new. Errors: IDKEY, LYIDM.';
--! EndIncluded compliance/_claim_key.sql
--! Included compliance/_remember.sql
-- Last step of every keyed command of compliance: remembers what its key did, in the command's own
-- transaction, so that a key is known exactly when its effect is.

create or replace function compliance._remember(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb,
  patron_id uuid default null,
  entry_id uuid default null,
  link_id uuid default null,
  note_id uuid default null,
  gaming_day date default null,
  recorded_amount numeric default null
) returns compliance.mtl_command
language sql
volatile
begin atomic
  insert into compliance.mtl_command as c (
    casino_id, idempotency_key, command, request_fingerprint,
    patron_id, entry_id, link_id, note_id, gaming_day, recorded_amount,
    staff_id, correlation_id
  )
  values (
    actor.casino_id, idempotency_key, command,
    ops._fingerprint(jsonb_build_array(command, request)),
    patron_id, entry_id, link_id, note_id, gaming_day, recorded_amount,
    actor.staff_id, actor.correlation_id
  )
  returning c;
end;

alter function compliance._remember(
  identity.actor, text, text, jsonb, uuid, uuid, uuid, uuid, date, numeric
) owner to compliance_service;
revoke all on function compliance._remember(
  identity.actor, text, text, jsonb, uuid, uuid, uuid, uuid, date, numeric
) from public;

comment on function compliance._remember(
  identity.actor, text, text, jsonb, uuid, uuid, uuid, uuid, date, numeric
) is 'Records what a key''s command made or changed, and gives that.';
--! EndIncluded compliance/_remember.sql
--! Included compliance/_lock_person.sql
-- Everything about one person's day happens under one lock, so that two entries at once can't both
-- miss the threshold. It is the row of the person whom the patron is; as long as it is held, no
-- link of that person can be made or undone, because both take it too. While waiting for it the
-- link may have changed, so it is looked up again.

create or replace function compliance._lock_person(actor identity.actor, patron_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked uuid;
  v_root uuid := compliance._root(_lock_person.patron_id);
begin
  while v_locked is distinct from v_root loop
    perform
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.patron_id = v_root
    for no key update;
    if not found then
      return null;
    end if;
    v_locked := v_root;
    v_root := compliance._root(_lock_person.patron_id);
  end loop;
  return v_root;
end
$$;

alter function compliance._lock_person(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._lock_person(identity.actor, uuid) from public;

comment on function compliance._lock_person(identity.actor, uuid) is
  'Locks the person whom a patron is until the transaction ends and gives their patron id; null '
  'when there is no such patron.';
--! EndIncluded compliance/_lock_person.sql
--! Included compliance/_player_patron.sql
-- The patron row of an enrolled player, made when it is first needed. Two who need it at once get
-- the same one: the unique constraint decides, the loser reads the winner's.

create or replace function compliance._player_patron(actor identity.actor, player_id uuid)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_patron_id uuid;
begin
  loop
    select p.patron_id into v_patron_id
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.player_id = _player_patron.player_id;
    if found then
      return v_patron_id;
    end if;
    insert into compliance.patron as p (casino_id, player_id, created_by, correlation_id)
    values (
      actor.casino_id, _player_patron.player_id, actor.staff_id, actor.correlation_id
    )
    on conflict on constraint one_patron_per_player do nothing
    returning p.patron_id into v_patron_id;
    if found then
      return v_patron_id;
    end if;
  end loop;
end
$$;

alter function compliance._player_patron(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._player_patron(identity.actor, uuid) from public;

comment on function compliance._player_patron(identity.actor, uuid) is
  'Patron id of an enrolled player.';
--! EndIncluded compliance/_player_patron.sql
--! Included compliance/_check_amount.sql
-- An amount of cash is more than nothing, in whole cents, and fits the log. NaN and infinities
-- are numbers to PostgreSQL and none to a cashier.

create or replace function compliance._check_amount(amount numeric) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if amount > 0 and amount < 1000000000000 and amount = round(amount, 2) then
    return;
  end if;
  perform ops._refuse('MTAMT');
end
$$;

alter function compliance._check_amount(numeric) owner to compliance_service;
revoke all on function compliance._check_amount(numeric) from public;

comment on function compliance._check_amount(numeric) is
  'Refuses amounts that aren''t positive, in whole cents and below 10^12. Error: MTAMT.';
--! EndIncluded compliance/_check_amount.sql
--! Included compliance/_check_time.sql
-- The rules for the time of a cash entry, as on the floor: not in the future, and at most 15
-- minutes back. Further back may go who may backdate play (floor:backdate, a pit boss) or reviews
-- the log (mtl:review, a compliance officer), and a floor system's feed, which tells of the past.
-- A refusal says the time as the property's clocks showed it.

create or replace function compliance._check_time(actor identity.actor, at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_told text := to_char(at at time zone actor.timezone, 'YYYY-MM-DD HH24:MI');
begin
  if at is null or not isfinite(at) then
    perform ops._refuse('RSTIM', array[coalesce(at::text, 'given'), 'it is not a time']);
  end if;
  if at > now() + interval '1 minute' then
    perform ops._refuse('RSTIM', array[v_told, 'it lies in the future']);
  end if;
  if at < now() - interval '60 years' then
    perform ops._refuse('RSTIM', array[v_told, 'it lies too far back']);
  end if;
  if at < now() - interval '15 minutes'
    and actor.ingesting is not true
    and not identity._may(actor, 'floor:backdate')
    and not identity._may(actor, 'mtl:review')
  then
    perform ops._refuse('RSTIM', array[
      v_told,
      'more than 15 minutes back needs the capability floor:backdate or mtl:review'
    ]);
  end if;
end
$$;

alter function compliance._check_time(identity.actor, timestamptz) owner to compliance_service;
revoke all on function compliance._check_time(identity.actor, timestamptz) from public;

comment on function compliance._check_time(identity.actor, timestamptz) is
  'Refuses times over 1 minute ahead, or over 15 minutes back without floor:backdate or '
  'mtl:review. Error: RSTIM.';
--! EndIncluded compliance/_check_time.sql
--! Included compliance/_check_kind.sql
-- What can be recorded at all: a known kind that goes the given way, a known area and tender, and
-- a foreign currency with an exchange only.

create or replace function compliance._check_kind(
  direction text,
  kind text,
  area text,
  tender text,
  foreign_currency text
) returns compliance.mtl_kind
language plpgsql
stable
set search_path = ''
as $$
declare
  v_kind compliance.mtl_kind;
  v_problem text;
begin
  select * into v_kind from compliance.mtl_kind as k where k.kind = _check_kind.kind;
  v_problem := case
    when v_kind.kind is null then format('there is no kind %s', coalesce(_check_kind.kind, '–'))
    when direction is null or direction not in ('in', 'out')
      then 'the direction is neither in nor out'
    when v_kind.direction not in (_check_kind.direction, 'both')
      then format('%s goes %s', v_kind.kind, v_kind.direction)
    when area is null
      or area not in ('pit', 'cage', 'slot', 'poker', 'kiosk', 'sportsbook', 'other')
      then format('there is no area %s', coalesce(area, '–'))
    when tender is null
      or tender not in ('currency', 'chips', 'check', 'wire', 'ticket', 'other')
      then format('there is no tender %s', coalesce(tender, '–'))
    when foreign_currency is not null and v_kind.direction <> 'both'
      then 'a foreign currency belongs to an exchange'
    when foreign_currency !~ '^[A-Z]{2,3}$'
      then 'the foreign currency is not an ISO code'
  end;
  if v_problem is not null then
    perform ops._refuse('MTKND', array[v_problem]);
  end if;
  return v_kind;
end
$$;

alter function compliance._check_kind(text, text, text, text, text) owner to compliance_service;
revoke all on function compliance._check_kind(text, text, text, text, text) from public;

comment on function compliance._check_kind(text, text, text, text, text) is
  'The kind''s row, when an entry of it can be recorded so. Error: MTKND.';
--! EndIncluded compliance/_check_kind.sql
--! Included compliance/_cash.sql
-- What an amount adds to a sum: currency of a kind that counts, in the kind's own direction, or in
-- both for an exchange. Everything else is logged and adds nothing.

create or replace function compliance._cash(
  kind compliance.mtl_kind,
  direction text,
  tender text,
  amount numeric
) returns numeric
language sql
immutable
return case
  when kind.counts and tender = 'currency' and kind.direction in (direction, 'both')
    then amount
  else 0
end;

alter function compliance._cash(compliance.mtl_kind, text, text, numeric)
owner to compliance_service;
revoke all on function compliance._cash(compliance.mtl_kind, text, text, numeric) from public;

comment on function compliance._cash(compliance.mtl_kind, text, text, numeric) is
  'What an amount of a kind adds to the sum of a direction.';
--! EndIncluded compliance/_cash.sql
--! Included compliance/_live_entry.sql
-- What is in force of an entry that may have been corrected: the original, or its last
-- replacement, or nothing once it was voided.

create or replace function compliance._live_entry(original_entry_id uuid)
returns compliance.mtl_entry
language sql
stable
return (
  select l
  from compliance.mtl_entry as l
  where l.casino_id = identity._casino()
    and l.entry_role <> 'offset'
    and l.entry_id = coalesce(
      (
        select e.entry_id
        from compliance.mtl_entry as e
        where e.casino_id = identity._casino() and e.corrects_entry_id = original_entry_id
        order by e.correction_no desc, e.entry_role desc
        limit 1
      ),
      original_entry_id
    )
);

alter function compliance._live_entry(uuid) owner to compliance_service;
revoke all on function compliance._live_entry(uuid) from public;

comment on function compliance._live_entry(uuid) is
  'The original or replacement in force; null when the entry was voided.';
--! EndIncluded compliance/_live_entry.sql
--! Included compliance/_identification_needed.sql
-- All that a floor role learns of a person's sums: that it is time to ask for identification. Said
-- from the near mark on, so that it is known before the cash that crosses the threshold is taken.

create or replace function compliance._identification_needed(
  actor identity.actor,
  root uuid,
  gaming_day date
) returns boolean
language sql
stable
return (
  select
    compliance._badge(greatest(s.cash_in, s.cash_out), t) in ('near', 'reportable')
    and cardinality(compliance._missing_identification(root)) > 0
  from compliance._day_sums(root, _identification_needed.gaming_day) as s
  cross join compliance._thresholds(actor, _identification_needed.gaming_day) as t
);

alter function compliance._identification_needed(identity.actor, uuid, date)
owner to compliance_service;
revoke all on function compliance._identification_needed(identity.actor, uuid, date) from public;

comment on function compliance._identification_needed(identity.actor, uuid, date) is
  'Whether a sum of the person''s day is over 90 % of the threshold and their identification is '
  'incomplete.';
--! EndIncluded compliance/_identification_needed.sql
--! Included compliance/_mtl_result.sql
-- What a recorded entry gives back, the first time and every time its key comes again. Whether the
-- person must be identified is asked anew: it may have been done meanwhile.

create or replace function compliance._mtl_result(
  actor identity.actor,
  command compliance.mtl_command,
  replayed boolean
) returns compliance.mtl_result
language sql
stable
return row(
  (
    select e
    from compliance.mtl_entry as e
    where e.casino_id = identity._casino() and e.entry_id = command.entry_id
  ),
  replayed,
  compliance._identification_needed(
    actor, compliance._root(command.patron_id), command.gaming_day
  ),
  command.recorded_amount
)::compliance.mtl_result;

alter function compliance._mtl_result(identity.actor, compliance.mtl_command, boolean)
owner to compliance_service;
revoke all on function compliance._mtl_result(identity.actor, compliance.mtl_command, boolean)
from public;

comment on function compliance._mtl_result(identity.actor, compliance.mtl_command, boolean) is
  'Result of a remembered command that recorded cash.';
--! EndIncluded compliance/_mtl_result.sql
--! Included compliance/_correction_result.sql
-- What a correction gives back, the first time and every time its key comes again: the offset that
-- it wrote and the replacement with the same number, if there is one.

create or replace function compliance._correction_result(
  actor identity.actor,
  command compliance.mtl_command,
  replayed boolean
) returns compliance.correction_result
language sql
stable
return (
  select row(
    o,
    (
      select r
      from compliance.mtl_entry as r
      where r.casino_id = identity._casino()
        and r.corrects_entry_id = o.corrects_entry_id
        and r.correction_no = o.correction_no
        and r.entry_role = 'replacement'
    ),
    replayed,
    compliance._identification_needed(
      actor, compliance._root(command.patron_id), command.gaming_day
    )
  )::compliance.correction_result
  from compliance.mtl_entry as o
  where o.casino_id = identity._casino() and o.entry_id = command.entry_id
);

alter function compliance._correction_result(identity.actor, compliance.mtl_command, boolean)
owner to compliance_service;
revoke all on function compliance._correction_result(
  identity.actor, compliance.mtl_command, boolean
) from public;

comment on function compliance._correction_result(
  identity.actor, compliance.mtl_command, boolean
) is
  'Result of a remembered correction.';
--! EndIncluded compliance/_correction_result.sql
--! Included compliance/_identification_result.sql
-- What identifying and undoing give back, the first time and every time their key comes again: the
-- link as it is now.

create or replace function compliance._identification_result(
  command compliance.mtl_command,
  replayed boolean
) returns compliance.identification_result
language sql
stable
return (
  select row(l, replayed)::compliance.identification_result
  from compliance.patron_link as l
  where l.casino_id = identity._casino() and l.link_id = command.link_id
);

alter function compliance._identification_result(compliance.mtl_command, boolean)
owner to compliance_service;
revoke all on function compliance._identification_result(compliance.mtl_command, boolean)
from public;

comment on function compliance._identification_result(compliance.mtl_command, boolean) is
  'Result of a remembered identification or of its undoing.';
--! EndIncluded compliance/_identification_result.sql
--! Included compliance/_append_entry.sql
-- The one function that writes entries. It stamps what is the same for all of them and moves the
-- patron's sums of the gaming day in the same breath. The caller holds the person's lock, has
-- filled in the rest, and settles the day afterwards.

create or replace function compliance._append_entry(
  actor identity.actor,
  entry compliance.mtl_entry
) returns compliance.mtl_entry
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_live integer := case entry.entry_role when 'offset' then -1 else 1 end;
begin
  entry.casino_id := actor.casino_id;
  entry.entry_id := uuidv7();
  entry.staff_id := actor.staff_id;
  entry.licence_no := identity._licence_no(actor);
  entry.correlation_id := actor.correlation_id;
  entry.created_at := now();
  insert into compliance.mtl_entry values (entry.*);

  if entry.cash_in = 0 and entry.cash_out = 0 then
    return entry;
  end if;
  update compliance.patron_gaming_day as d
  set cash_in = d.cash_in + entry.cash_in,
    cash_out = d.cash_out + entry.cash_out,
    entries_in = d.entries_in + case when entry.cash_in <> 0 then v_live else 0 end,
    entries_out = d.entries_out + case when entry.cash_out <> 0 then v_live else 0 end,
    updated_at = now()
  where d.casino_id = identity._casino()
    and d.patron_id = entry.patron_id
    and d.gaming_day = entry.gaming_day;
  if not found then
    insert into compliance.patron_gaming_day (
      casino_id, patron_id, gaming_day, cash_in, cash_out, entries_in, entries_out
    )
    values (
      actor.casino_id, entry.patron_id, entry.gaming_day, entry.cash_in, entry.cash_out,
      case when entry.cash_in <> 0 then 1 else 0 end,
      case when entry.cash_out <> 0 then 1 else 0 end
    );
  end if;
  return entry;
end
$$;

alter function compliance._append_entry(identity.actor, compliance.mtl_entry)
owner to compliance_service;
revoke all on function compliance._append_entry(identity.actor, compliance.mtl_entry)
from public;

comment on function compliance._append_entry(identity.actor, compliance.mtl_entry) is
  'Appends an entry and adds its cash to its patron''s sums of the gaming day.';
--! EndIncluded compliance/_append_entry.sql
--! Included compliance/_exported_report.sql
-- What FinCEN was told of a case since it was filed last, when that isn't noted yet: the report in
-- the last file that was made for the version to come. A file of an earlier version, or of what
-- is filed already, says nothing about that one. Files from before the case are left out by their
-- time, with an hour for transactions that began earlier than what they saw.

create or replace function compliance._exported_report(ctr_case compliance.ctr_case)
returns jsonb
language sql
stable
set search_path = ''
return (
  select r.report
  from compliance.ctr_export as e
  cross join lateral jsonb_array_elements(e.reports) as r (report)
  where e.casino_id = ctr_case.casino_id
    and e.exported_at >= ctr_case.opened_at - interval '1 hour'
    and e.case_ids @> array[ctr_case.case_id]
    and (r.report ->> 'case_id')::uuid = ctr_case.case_id
    and (r.report #>> '{amends,version}')::integer is not distinct from ctr_case.filed_version
  order by e.ctr_export_id desc
  limit 1
);

alter function compliance._exported_report(compliance.ctr_case) owner to compliance_service;
revoke all on function compliance._exported_report(compliance.ctr_case) from public;

comment on function compliance._exported_report(compliance.ctr_case) is
  'A case''s report as it was exported last, null when it wasn''t since its last filing.';
--! EndIncluded compliance/_exported_report.sql
--! Included compliance/_settle_day.sql
-- Makes a person's case of one gaming day what their sums say it must be: opened when a sum is
-- over the threshold, closed when none is any more, opened again when one is; and after filing,
-- whether what was filed last still agrees, in its sums, in the lines they are on, in whose they
-- are and in what is known of them; an amendment that was exported stays due until it is filed.
-- The one place that decides this, after every entry, correction, identification and filing. The
-- caller holds the person's lock.

create or replace function compliance._settle_day(
  actor identity.actor,
  root uuid,
  gaming_day date,
  entry_id uuid default null
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_sums record;
  v_is_over boolean;
  v_case compliance.ctr_case;
  v_is_amended boolean;
begin
  v_sums := compliance._day_sums(root, _settle_day.gaming_day);
  v_is_over := greatest(v_sums.cash_in, v_sums.cash_out)
    > (compliance._thresholds(actor, _settle_day.gaming_day)).ctr_threshold;

  select * into v_case
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = root
    and c.gaming_day = _settle_day.gaming_day
    and c.state <> 'merged'
  for no key update;

  if v_case.case_id is null then
    if v_is_over then
      insert into compliance.ctr_case (
        casino_id, patron_id, origin_patron_id, gaming_day, opened_by_entry_id, correlation_id
      )
      values (
        actor.casino_id, root, root, _settle_day.gaming_day, _settle_day.entry_id,
        actor.correlation_id
      );
    end if;
    return;
  end if;

  case
    when v_case.filed_version is not null then
      select
        (f.cash_in, f.cash_out, f.patron_id, f.report -> 'lines', f.report -> 'persons')
        is distinct from (
          v_sums.cash_in, v_sums.cash_out, root, r.report -> 'lines', r.report -> 'persons'
        )
        or compliance._exported_report(v_case) is not null
      into v_is_amended
      from compliance.ctr_filing as f
      cross join compliance._ctr_report(actor, v_case.case_id) as r (report)
      where f.casino_id = identity._casino()
        and f.case_id = v_case.case_id
        and f.version = v_case.filed_version;
      update compliance.ctr_case as c
      set amendment_due = v_is_amended
      where c.casino_id = identity._casino()
        and c.case_id = v_case.case_id
        and c.amendment_due <> v_is_amended;
    when v_case.state = 'closed' and v_is_over then
      update compliance.ctr_case as c
      set state = 'open', closed_reason = null, state_changed_at = now()
      where c.casino_id = identity._casino() and c.case_id = v_case.case_id;
    when v_case.state in ('open', 'ready') and not v_is_over then
      update compliance.ctr_case as c
      set state = 'closed',
        closed_reason = 'Neither sum is over the threshold any more.',
        state_changed_at = now()
      where c.casino_id = identity._casino() and c.case_id = v_case.case_id;
    else
      null;
  end case;
end
$$;

alter function compliance._settle_day(identity.actor, uuid, date, uuid)
owner to compliance_service;
revoke all on function compliance._settle_day(identity.actor, uuid, date, uuid) from public;

comment on function compliance._settle_day(identity.actor, uuid, date, uuid) is
  'Opens, reopens or closes a person''s case of a gaming day, or marks its amendment due.';
--! EndIncluded compliance/_settle_day.sql
--! Included compliance/_refuse_duplicate.sql
-- Two clicks with two keys, or two people entering what both saw: the same person, kind and amount
-- within a minute is most likely one transaction. Asked under the person's lock, so that of two at
-- once the second sees the first.

create or replace function compliance._refuse_duplicate(
  actor identity.actor,
  root uuid,
  kind compliance.mtl_kind,
  direction text,
  amount numeric,
  at timestamptz
) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino()
    -- As an array it is worked out once, also while the log is small and read from end to end.
    and e.patron_id = any (
      array(select p.patron_id from compliance._person_patrons(root) as p (patron_id))
    )
    and e.gaming_day in (
      identity._gaming_day(
        actor.timezone, actor.gaming_day_start, at - interval '1 minute'
      ),
      identity._gaming_day(
        actor.timezone, actor.gaming_day_start, at + interval '1 minute'
      )
    )
    and e.occurred_at between at - interval '1 minute' and at + interval '1 minute'
    and e.kind = _refuse_duplicate.kind.kind
    and (e.direction = _refuse_duplicate.direction or _refuse_duplicate.kind.direction = 'both')
    and e.amount = _refuse_duplicate.amount
    and e.entry_role <> 'offset';
  if found then
    perform ops._refuse('MTDUP');
  end if;
end
$$;

alter function compliance._refuse_duplicate(
  identity.actor, uuid, compliance.mtl_kind, text, numeric, timestamptz
) owner to compliance_service;
revoke all on function compliance._refuse_duplicate(
  identity.actor, uuid, compliance.mtl_kind, text, numeric, timestamptz
) from public;

comment on function compliance._refuse_duplicate(
  identity.actor, uuid, compliance.mtl_kind, text, numeric, timestamptz
) is
  'Refuses when the person has an entry of the same kind, direction and amount at most 60 seconds '
  'before or after. Error: MTDUP.';
--! EndIncluded compliance/_refuse_duplicate.sql
--! Included compliance/_end_play_elsewhere.sql
-- Whoever is seen at another table has left the one where their currency was riding. A sighting
-- from before the last bet, entered late, says nothing about it.

create or replace function compliance._end_play_elsewhere(
  root uuid,
  table_id uuid,
  at timestamptz
) returns void
language sql
volatile
begin atomic
  update compliance.money_play as m
  set ended_at = at, ended_by = 'table'
  where m.casino_id = identity._casino()
    and m.patron_id in (select compliance._person_patrons(root))
    and m.ended_at is null
    and m.last_at <= at
    and m.table_id <> _end_play_elsewhere.table_id;
end;

alter function compliance._end_play_elsewhere(uuid, uuid, timestamptz)
owner to compliance_service;
revoke all on function compliance._end_play_elsewhere(uuid, uuid, timestamptz) from public;

comment on function compliance._end_play_elsewhere(uuid, uuid, timestamptz) is
  'Ends what rides for a person at every table but the given one.';
--! EndIncluded compliance/_end_play_elsewhere.sql
--! Included compliance/_ride.sql
-- Money plays. What is told is the total riding; what counts is what came on top of what this
-- person already has riding at this table. Each linked patron keeps their own part, so that
-- undoing an identification leaves each with what was told of them. A total told late (before the
-- last one) can add to what rides, never lower it. The caller holds the person's lock.

create or replace function compliance._ride(
  actor identity.actor,
  root uuid,
  patron_id uuid,
  player_id uuid,
  table_id uuid,
  amount numeric,
  at timestamptz,
  out money_play_id uuid,
  out increase numeric
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_patrons uuid[] := array(select compliance._person_patrons(root));
  v_plays compliance.money_play[];
  v_riding numeric;
  v_last_at timestamptz;
  v_left_at timestamptz;
  v_lowered numeric;
  v_play compliance.money_play;
begin
  perform compliance._end_play_elsewhere(root, _ride.table_id, at);

  -- A slip that ended after the last bet ended the ride, whenever that became known.
  for v_play in
    select m.*
    from compliance.money_play as m
    where m.casino_id = identity._casino()
      and m.patron_id = any (v_patrons)
      and m.table_id = _ride.table_id
      and m.ended_at is null
      and m.last_at < at
  loop
    v_left_at := floor._left_table(_ride.player_id, _ride.table_id, v_play.last_at, at);
    update compliance.money_play as m
    set ended_at = v_left_at, ended_by = 'slip'
    where m.casino_id = identity._casino()
      and m.money_play_id = v_play.money_play_id
      and v_left_at is not null;
  end loop;

  -- What rode at that moment; failing that, what began to ride later and still does.
  select array_agg(m order by m.patron_id = _ride.patron_id desc, m.money_play_id)
  into v_plays
  from compliance.money_play as m
  where m.casino_id = identity._casino()
    and m.patron_id = any (v_patrons)
    and m.table_id = _ride.table_id
    and m.started_at <= at
    and coalesce(m.ended_at, 'infinity') > at;
  if v_plays is null then
    select array_agg(m order by m.patron_id = _ride.patron_id desc, m.money_play_id)
    into v_plays
    from compliance.money_play as m
    where m.casino_id = identity._casino()
      and m.patron_id = any (v_patrons)
      and m.table_id = _ride.table_id
      and m.ended_at is null;
  end if;

  select coalesce(sum(m.amount), 0), coalesce(max(m.last_at), at)
  into v_riding, v_last_at
  from unnest(v_plays) as m;
  increase := greatest(_ride.amount - v_riding, 0);
  v_lowered := case when at >= v_last_at then greatest(v_riding - _ride.amount, 0) else 0 end;

  if v_plays is null or increase > 0 and v_plays[1].patron_id <> _ride.patron_id then
    insert into compliance.money_play (
      casino_id, patron_id, table_id, amount, counted, started_at, last_at,
      ended_at, ended_by, correlation_id
    )
    select
      actor.casino_id, _ride.patron_id, _ride.table_id, increase, increase, at, at,
      e.ended_at, case when e.ended_at is not null then 'table' end, actor.correlation_id
    from (
      -- Told late, after the person was seen elsewhere: it has ended already.
      select min(m.started_at) as ended_at
      from compliance.money_play as m
      where m.casino_id = identity._casino()
        and m.patron_id = any (v_patrons)
        and m.ended_at is null
        and m.started_at > at
        and v_plays is null
    ) as e
    returning money_play.money_play_id into money_play_id;
  else
    money_play_id := v_plays[1].money_play_id;
    update compliance.money_play as m
    set amount = m.amount + increase, counted = m.counted + increase
    where m.casino_id = identity._casino()
      and m.money_play_id = _ride.money_play_id
      and increase > 0;
  end if;

  foreach v_play in array coalesce(v_plays, '{}') loop
    update compliance.money_play as m
    set amount = m.amount - least(v_play.amount, v_lowered),
      started_at = least(m.started_at, at),
      last_at = greatest(m.last_at, at)
    where m.casino_id = identity._casino() and m.money_play_id = v_play.money_play_id;
    v_lowered := v_lowered - least(v_play.amount, v_lowered);
  end loop;
end
$$;

alter function compliance._ride(
  identity.actor, uuid, uuid, uuid, uuid, numeric, timestamptz
) owner to compliance_service;
revoke all on function compliance._ride(
  identity.actor, uuid, uuid, uuid, uuid, numeric, timestamptz
) from public;

comment on function compliance._ride(
  identity.actor, uuid, uuid, uuid, uuid, numeric, timestamptz
) is
  'Takes note of the total that rides for a person at a table; gives what came on top and under '
  'which money play.';
--! EndIncluded compliance/_ride.sql
--! Included compliance/_record_cash.sql
-- The rules of recording cash, for a person and for a floor system's feed. Checked in this order:
-- key, amount, who it is and for whom, what it is, table, note, time, duplicate. An unknown
-- patron, player or table named by a feed is the nil UUID, which nobody has.

create or replace function compliance._record_cash(
  actor identity.actor,
  patron_id uuid,
  player_id uuid,
  direction text,
  kind text,
  area text,
  tender text,
  amount numeric,
  idempotency_key text,
  occurred_at timestamptz,
  table_id uuid default null,
  window_no text default null,
  agent_for_player_id uuid default null,
  foreign_currency text default null,
  note text default null,
  confirm_duplicate boolean default false
) returns compliance.mtl_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request jsonb := jsonb_build_array(
    _record_cash.patron_id, _record_cash.player_id, _record_cash.direction, _record_cash.kind,
    _record_cash.area, _record_cash.tender, trim_scale(_record_cash.amount),
    extract(epoch from _record_cash.occurred_at), _record_cash.table_id,
    _record_cash.window_no, agent_for_player_id, _record_cash.foreign_currency,
    _record_cash.note
  );
  v_at timestamptz := coalesce(_record_cash.occurred_at, now());
  v_command compliance.mtl_command;
  v_kind compliance.mtl_kind;
  v_entry compliance.mtl_entry;
  v_player_id uuid := _record_cash.player_id;
  v_here record;
  v_root uuid;
begin
  v_command := compliance._claim_key(
    actor, 'record_mtl_entry', _record_cash.idempotency_key, v_request
  );
  if v_command.command is not null then
    return compliance._mtl_result(actor, v_command, true);
  end if;

  perform compliance._check_amount(_record_cash.amount);

  if num_nonnulls(_record_cash.patron_id, _record_cash.player_id) <> 1 then
    perform ops._refuse('MTPAT');
  end if;
  if _record_cash.patron_id is not null then
    perform
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.patron_id = _record_cash.patron_id;
    if not found then
      perform ops._refuse('MTPAT');
    end if;
    v_entry.patron_id := _record_cash.patron_id;
    select p.player_id into v_player_id
    from compliance.patron as p
    where p.casino_id = identity._casino()
      and p.patron_id = compliance._root(_record_cash.patron_id);
  end if;
  v_here := floor._presence(v_player_id, v_at);
  if _record_cash.player_id is not null then
    if not v_here.is_enrolled then
      perform ops._refuse('RSPLR');
    end if;
    v_entry.patron_id := compliance._player_patron(actor, _record_cash.player_id);
  end if;
  if agent_for_player_id is not null then
    if not (floor._presence(agent_for_player_id, v_at)).is_enrolled then
      perform ops._refuse('RSPLR');
    end if;
    v_entry.agent_patron_id := v_entry.patron_id;
    v_entry.patron_id := compliance._player_patron(actor, agent_for_player_id);
    if compliance._root(v_entry.agent_patron_id) = v_entry.patron_id then
      v_entry.agent_patron_id := null;
    end if;
  end if;

  v_kind := compliance._check_kind(
    _record_cash.direction, _record_cash.kind, _record_cash.area, _record_cash.tender,
    _record_cash.foreign_currency
  );
  if _record_cash.table_id is not null and not floor._table_exists(_record_cash.table_id) then
    perform ops._refuse('RSTNF');
  end if;
  v_entry.table_id := _record_cash.table_id;
  if v_kind.kind = 'money_play' then
    v_entry.table_id := coalesce(v_entry.table_id, v_here.table_id);
    if v_entry.table_id is null and actor.ingesting is not true then
      perform ops._refuse('RSTNF');
    end if;
  end if;
  v_entry.note := nullif(btrim(_record_cash.note, E' \t\r\n'), '');
  if v_kind.needs_note and v_entry.note is null and actor.ingesting is not true then
    perform ops._refuse('MTNOT');
  end if;
  perform compliance._check_time(actor, v_at);

  v_root := compliance._lock_person(actor, v_entry.patron_id);
  v_entry.amount := _record_cash.amount;
  v_entry.gaming_day := identity._gaming_day(actor.timezone, actor.gaming_day_start, v_at);

  if v_kind.kind = 'money_play' and tender = 'currency' and v_entry.table_id is not null then
    select r.money_play_id, r.increase
    into v_entry.money_play_id, v_entry.amount
    from compliance._ride(
      actor, v_root, v_entry.patron_id, v_player_id, v_entry.table_id, v_entry.amount, v_at
    ) as r;
  elsif v_entry.table_id is not null and v_entry.agent_patron_id is null then
    perform compliance._end_play_elsewhere(v_root, v_entry.table_id, v_at);
  end if;

  if v_entry.amount > 0 then
    if actor.ingesting is not true and confirm_duplicate is not true then
      perform compliance._refuse_duplicate(
        actor, v_root, v_kind, _record_cash.direction, v_entry.amount, v_at
      );
    end if;
    v_entry.entry_role := 'original';
    v_entry.correction_no := 0;
    v_entry.direction := _record_cash.direction;
    v_entry.kind := v_kind.kind;
    v_entry.area := _record_cash.area;
    v_entry.tender := _record_cash.tender;
    v_entry.cash_in := compliance._cash(v_kind, 'in', v_entry.tender, v_entry.amount);
    v_entry.cash_out := compliance._cash(v_kind, 'out', v_entry.tender, v_entry.amount);
    v_entry.foreign_currency := _record_cash.foreign_currency;
    v_entry.window_no := nullif(btrim(_record_cash.window_no), '');
    v_entry.visit_id := v_here.visit_id;
    v_entry.rating_slip_id := v_here.rating_slip_id;
    v_entry.idempotency_key := _record_cash.idempotency_key;
    v_entry.occurred_at := v_at;
    v_entry := compliance._append_entry(actor, v_entry);
    perform compliance._settle_day(actor, v_root, v_entry.gaming_day, v_entry.entry_id);
  end if;

  v_command := compliance._remember(
    actor, 'record_mtl_entry', _record_cash.idempotency_key, v_request,
    patron_id => v_entry.patron_id, entry_id => v_entry.entry_id,
    gaming_day => v_entry.gaming_day, recorded_amount => v_entry.amount
  );
  return compliance._mtl_result(actor, v_command, false);
end
$$;

alter function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) owner to compliance_service;
revoke all on function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) from public;
grant execute on function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) to ops_service;

comment on function compliance._record_cash(
  identity.actor, uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text,
  uuid, text, text, boolean
) is
  'Checks and records cash that a patron or player gave or was given, for themselves or as an '
  'agent. Errors: IDKEY, LYIDM, MTAMT, MTPAT, RSPLR, MTKND, RSTNF, MTNOT, RSTIM, MTDUP.';
--! EndIncluded compliance/_record_cash.sql
--! Included compliance/_replace_entry.sql
-- Corrects an entry that is in force: takes it back with an offset and, unless the right amount is
-- 0, writes what is right. Everything but the amount stays as it was, the gaming day too; who
-- corrected it and why is on both. What rides of a money play moves along, unless the bet was
-- lowered since: then what was told last stands, and only a reduction still lowers it. The caller
-- holds the person's lock, and settles the day.

create or replace function compliance._replace_entry(
  actor identity.actor,
  live compliance.mtl_entry,
  amount numeric,
  reason text,
  idempotency_key text,
  out offset_entry compliance.mtl_entry,
  out replacement compliance.mtl_entry
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_entry compliance.mtl_entry := live;
begin
  v_entry.corrects_entry_id := coalesce(live.corrects_entry_id, live.entry_id);
  v_entry.correction_no := live.correction_no + 1;
  v_entry.reason := _replace_entry.reason;
  v_entry.idempotency_key := _replace_entry.idempotency_key;

  v_entry.entry_role := 'offset';
  v_entry.cash_in := -live.cash_in;
  v_entry.cash_out := -live.cash_out;
  offset_entry := compliance._append_entry(actor, v_entry);

  if _replace_entry.amount > 0 then
    v_entry.entry_role := 'replacement';
    v_entry.amount := _replace_entry.amount;
    v_entry.cash_in := case when live.cash_in <> 0 then _replace_entry.amount else 0 end;
    v_entry.cash_out := case when live.cash_out <> 0 then _replace_entry.amount else 0 end;
    replacement := compliance._append_entry(actor, v_entry);
  end if;

  update compliance.money_play as m
  set amount = greatest(
      m.amount
      + case when _replace_entry.amount < live.amount or m.amount = m.counted
        then _replace_entry.amount - live.amount
        else 0
      end,
      0
    ),
    counted = m.counted + _replace_entry.amount - live.amount
  where m.casino_id = identity._casino() and m.money_play_id = live.money_play_id;
end
$$;

alter function compliance._replace_entry(
  identity.actor, compliance.mtl_entry, numeric, text, text
) owner to compliance_service;
revoke all on function compliance._replace_entry(
  identity.actor, compliance.mtl_entry, numeric, text, text
) from public;

comment on function compliance._replace_entry(
  identity.actor, compliance.mtl_entry, numeric, text, text
) is 'Writes the offset and the replacement of an entry in force.';
--! EndIncluded compliance/_replace_entry.sql
--! Included compliance/_correct_cash.sql
-- The rules of a correction, for a person and for a floor system's feed. Checked in this order:
-- key, entry, amount, who may, reason (not a feed's). One's own entry of the running gaming day is
-- a slip of the pen; anything else is for who reviews the log.

create or replace function compliance._correct_cash(
  actor identity.actor,
  entry_id uuid,
  amount numeric,
  reason text,
  idempotency_key text
) returns compliance.correction_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request jsonb := jsonb_build_array(
    _correct_cash.entry_id, trim_scale(_correct_cash.amount), _correct_cash.reason
  );
  v_reason text := nullif(btrim(_correct_cash.reason, E' \t\r\n'), '');
  v_command compliance.mtl_command;
  v_entry compliance.mtl_entry;
  v_root uuid;
  v_done record;
begin
  v_command := compliance._claim_key(
    actor, 'correct_mtl_entry', _correct_cash.idempotency_key, v_request
  );
  if v_command.command is not null then
    return compliance._correction_result(actor, v_command, true);
  end if;

  select * into v_entry
  from compliance.mtl_entry as e
  where e.casino_id = identity._casino() and e.entry_id = _correct_cash.entry_id;
  if v_entry.entry_id is null or v_entry.entry_role = 'offset' then
    perform ops._refuse('MTENT');
  end if;
  v_root := compliance._lock_person(actor, v_entry.patron_id);
  v_entry := compliance._live_entry(coalesce(v_entry.corrects_entry_id, v_entry.entry_id));
  if v_entry.entry_id is null then
    perform ops._refuse('MTENT');
  end if;
  if _correct_cash.amount is distinct from 0 then
    perform compliance._check_amount(_correct_cash.amount);
  end if;
  if actor.ingesting is not true then
    if (
        v_entry.staff_id <> actor.staff_id
        or v_entry.gaming_day
        <> identity._gaming_day(actor.timezone, actor.gaming_day_start, now())
      )
      and not identity._may(actor, 'mtl:review')
    then
      perform ops._refuse('IDFRB', array['mtl:review']);
    end if;
    if v_reason is null then
      perform ops._refuse('LYRSN', array['1']);
    end if;
  end if;

  v_done := compliance._replace_entry(
    actor, v_entry, _correct_cash.amount, v_reason, _correct_cash.idempotency_key
  );
  perform compliance._settle_day(
    actor, v_root, v_entry.gaming_day, (v_done.replacement).entry_id
  );
  v_command := compliance._remember(
    actor, 'correct_mtl_entry', _correct_cash.idempotency_key, v_request,
    patron_id => v_entry.patron_id, entry_id => (v_done.offset_entry).entry_id,
    gaming_day => v_entry.gaming_day, recorded_amount => _correct_cash.amount
  );
  return compliance._correction_result(actor, v_command, false);
end
$$;

alter function compliance._correct_cash(identity.actor, uuid, numeric, text, text)
owner to compliance_service;
revoke all on function compliance._correct_cash(identity.actor, uuid, numeric, text, text)
from public;
grant execute on function compliance._correct_cash(identity.actor, uuid, numeric, text, text)
to ops_service;

comment on function compliance._correct_cash(identity.actor, uuid, numeric, text, text) is
  'Checks and writes a correction of an entry or of its replacement; 0 voids it. Errors: IDKEY, '
  'LYIDM, MTENT, MTAMT, IDFRB, LYRSN.';
--! EndIncluded compliance/_correct_cash.sql
--! Included compliance/_describe_patron.sql
-- The rules of describing somebody unknown, for a person and for a floor system's feed. Nobody is
-- recognised here: two descriptions are two people until somebody says otherwise.

create or replace function compliance._describe_patron(
  actor identity.actor,
  description text,
  known_name text,
  sex text,
  apparent_age text,
  height text,
  build text,
  hair text,
  clothing text,
  seat text,
  idempotency_key text
) returns compliance.patron_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_given text[] := array[
    description, known_name, sex, apparent_age, height, build, hair, clothing, seat
  ];
  v_request jsonb := to_jsonb(v_given);
  v_command compliance.mtl_command := compliance._claim_key(
    actor, 'describe_patron', _describe_patron.idempotency_key, v_request
  );
  v_patron compliance.patron;
begin
  if v_command.command is null then
    v_given := array(
      select nullif(btrim(g.text, E' \t\r\n'), '')
      from unnest(v_given) with ordinality as g (text, no)
      order by g.no
    );
    if (
      select count(g.text) = 0 or max(length(g.text)) > 500
      from unnest(v_given) as g (text)
    ) then
      perform ops._refuse('MTDSC', array['500']);
    end if;
    insert into compliance.patron as p (
      casino_id, description, known_name, sex, apparent_age, height, build, hair, clothing, seat,
      created_by, correlation_id
    )
    values (
      actor.casino_id, v_given[1], v_given[2], v_given[3], v_given[4], v_given[5], v_given[6],
      v_given[7], v_given[8], v_given[9], actor.staff_id, actor.correlation_id
    )
    returning * into v_patron;
    perform compliance._remember(
      actor, 'describe_patron', _describe_patron.idempotency_key, v_request,
      patron_id => v_patron.patron_id
    );
    return row(v_patron, false);
  end if;

  select * into strict v_patron
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = v_command.patron_id;
  return row(v_patron, true);
end
$$;

alter function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) owner to compliance_service;
revoke all on function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) from public;
grant execute on function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) to ops_service;

comment on function compliance._describe_patron(
  identity.actor, text, text, text, text, text, text, text, text, text, text
) is 'Creates an unknown patron from what is known of them. Errors: IDKEY, LYIDM, MTDSC.';
--! EndIncluded compliance/_describe_patron.sql
--! Included compliance/_take_over_case.sql
-- Whose case it is, when an unknown person turns out to be a player: the unknown person's becomes
-- the player's. If both have one on that day, the older stays and the other is merged into it,
-- remembering by which link, so that undoing the link can bring it back.

create or replace function compliance._take_over_case(
  link compliance.patron_link,
  gaming_day date
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_theirs compliance.ctr_case;
  v_own compliance.ctr_case;
  v_merged compliance.ctr_case;
begin
  select * into v_theirs
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = link.unknown_patron_id
    and c.gaming_day = _take_over_case.gaming_day
    and c.state <> 'merged'
  for no key update;
  if v_theirs.case_id is null then
    return;
  end if;

  select * into v_own
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = link.player_patron_id
    and c.gaming_day = _take_over_case.gaming_day
    and c.state <> 'merged'
  for no key update;
  if v_own.case_id is not null then
    v_merged := case
      when (v_own.opened_at, v_own.case_id) < (v_theirs.opened_at, v_theirs.case_id)
        then v_theirs
      else v_own
    end;
    update compliance.ctr_case as c
    set state = 'merged',
      state_before_merge = v_merged.state,
      merged_into_case_id = case v_merged.case_id
        when v_own.case_id then v_theirs.case_id
        else v_own.case_id
      end,
      merged_by_link_id = link.link_id,
      closed_reason = null,
      amendment_due = false,
      state_changed_at = now()
    where c.casino_id = identity._casino() and c.case_id = v_merged.case_id;
  end if;

  if v_merged.case_id is distinct from v_theirs.case_id then
    update compliance.ctr_case as c
    set patron_id = link.player_patron_id
    where c.casino_id = identity._casino() and c.case_id = v_theirs.case_id;
  end if;
end
$$;

alter function compliance._take_over_case(compliance.patron_link, date)
owner to compliance_service;
revoke all on function compliance._take_over_case(compliance.patron_link, date) from public;

comment on function compliance._take_over_case(compliance.patron_link, date) is
  'Makes an unknown person''s case of a day the player''s, or merges the younger into the older.';
--! EndIncluded compliance/_take_over_case.sql
--! Included compliance/_move_case.sql
-- A case goes to another person: an unknown person's, back to them. Its filed versions stay as
-- they were filed.

create or replace function compliance._move_case(moved compliance.ctr_case, patron_id uuid)
returns void
language sql
volatile
begin atomic
  update compliance.ctr_case as c
  set patron_id = _move_case.patron_id
  where c.casino_id = identity._casino() and c.case_id = moved.case_id;
end;

alter function compliance._move_case(compliance.ctr_case, uuid) owner to compliance_service;
revoke all on function compliance._move_case(compliance.ctr_case, uuid) from public;

comment on function compliance._move_case(compliance.ctr_case, uuid) is
  'Makes a case another patron''s.';
--! EndIncluded compliance/_move_case.sql
--! Included compliance/_revive_case.sql
-- A merged case is a case of its own again, in the state it had. Settling the day decides whether
-- it is still needed.

create or replace function compliance._revive_case(merged compliance.ctr_case) returns void
language sql
volatile
begin atomic
  update compliance.ctr_case as c
  set state = merged.state_before_merge,
    closed_reason = case
      when merged.state_before_merge = 'closed'
        then 'Neither sum was over the threshold any more.'
    end,
    state_before_merge = null,
    merged_into_case_id = null,
    merged_by_link_id = null,
    state_changed_at = now()
  where c.casino_id = identity._casino() and c.case_id = merged.case_id;
end;

alter function compliance._revive_case(compliance.ctr_case) owner to compliance_service;
revoke all on function compliance._revive_case(compliance.ctr_case) from public;

comment on function compliance._revive_case(compliance.ctr_case) is
  'Takes a merged case out of the one that it was merged into.';
--! EndIncluded compliance/_revive_case.sql
--! Included compliance/_give_back_case.sql
-- Whose case it is, when an identification is undone. What the link merged comes back where the
-- person it belonged to has none; a case that came from the unknown person goes back to them,
-- unless the player needs it: over the threshold without them, and with no case of their own that
-- the link had merged.

create or replace function compliance._give_back_case(
  actor identity.actor,
  link compliance.patron_link,
  gaming_day date
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_held compliance.ctr_case;
  v_merged compliance.ctr_case;
  v_theirs compliance.ctr_case;
begin
  select * into v_held
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.patron_id = link.player_patron_id
    and c.gaming_day = _give_back_case.gaming_day
    and c.state <> 'merged';
  select * into v_merged
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.merged_by_link_id = link.link_id
    and c.gaming_day = _give_back_case.gaming_day;
  -- The unknown person's own, also where another identification has merged it since.
  select * into v_theirs
  from compliance.ctr_case as c
  where c.casino_id = identity._casino()
    and c.origin_patron_id = link.unknown_patron_id
    and c.patron_id = link.player_patron_id
    and c.gaming_day = _give_back_case.gaming_day;

  if v_merged.patron_id = link.unknown_patron_id then
    perform compliance._revive_case(v_merged);
    return;
  end if;
  if v_theirs.case_id is null then
    return;
  end if;

  if v_theirs.case_id <> v_held.case_id then
    -- Merged into the player's by another link: it comes back, and what it had taken in stays.
    update compliance.ctr_case as c
    set merged_into_case_id = v_theirs.merged_into_case_id,
      merged_by_link_id = v_theirs.merged_by_link_id
    where c.casino_id = identity._casino() and c.case_id = v_merged.case_id;
    perform compliance._move_case(v_theirs, link.unknown_patron_id);
    perform compliance._revive_case(v_theirs);
  elsif v_merged.case_id is not null then
    perform compliance._move_case(v_theirs, link.unknown_patron_id);
    perform compliance._revive_case(v_merged);
  elsif (
    select
      greatest(s.cash_in, s.cash_out)
      > (compliance._thresholds(actor, _give_back_case.gaming_day)).ctr_threshold
    from compliance._day_sums(link.player_patron_id, _give_back_case.gaming_day) as s
  ) then
    update compliance.ctr_case as c
    set origin_patron_id = link.player_patron_id
    where c.casino_id = identity._casino() and c.case_id = v_theirs.case_id;
  else
    perform compliance._move_case(v_theirs, link.unknown_patron_id);
  end if;
end
$$;

alter function compliance._give_back_case(identity.actor, compliance.patron_link, date)
owner to compliance_service;
revoke all on function compliance._give_back_case(identity.actor, compliance.patron_link, date)
from public;

comment on function compliance._give_back_case(identity.actor, compliance.patron_link, date) is
  'Separates the cases of a day after a link was undone; settling the day decides the rest.';
--! EndIncluded compliance/_give_back_case.sql
--! Included compliance/_identify.sql
-- The rules of identifying an unknown person as a player, for a person and for a floor system's
-- feed. Checked in this order: key, person, player, not identified already. Both are locked, the
-- unknown person first, and every day on which the unknown person has cash is settled anew.

create or replace function compliance._identify(
  actor identity.actor,
  patron_id uuid,
  player_id uuid,
  note text,
  idempotency_key text
) returns compliance.identification_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_request jsonb := jsonb_build_array(
    _identify.patron_id, _identify.player_id, _identify.note
  );
  v_command compliance.mtl_command := compliance._claim_key(
    actor, 'identify_patron', _identify.idempotency_key, v_request
  );
  v_unknown compliance.patron;
  v_link compliance.patron_link;
  v_day date;
begin
  if v_command.command is not null then
    return compliance._identification_result(v_command, true);
  end if;

  select * into v_unknown
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = _identify.patron_id
  for no key update;
  if v_unknown.patron_id is null then
    perform ops._refuse('MTPAT');
  end if;
  if not (floor._presence(_identify.player_id, now())).is_enrolled then
    perform ops._refuse('RSPLR');
  end if;
  if v_unknown.player_id is not null
    or compliance._root(v_unknown.patron_id) <> v_unknown.patron_id
  then
    perform ops._refuse('MTLNK');
  end if;

  insert into compliance.patron_link as l (
    casino_id, unknown_patron_id, player_patron_id, note, linked_by, correlation_id
  )
  values (
    actor.casino_id, v_unknown.patron_id,
    compliance._lock_person(actor, compliance._player_patron(actor, _identify.player_id)),
    nullif(btrim(_identify.note, E' \t\r\n'), ''), actor.staff_id, actor.correlation_id
  )
  returning * into v_link;

  for v_day in
    select d.gaming_day
    from compliance.patron_gaming_day as d
    where d.casino_id = identity._casino() and d.patron_id = v_unknown.patron_id
    order by d.gaming_day
  loop
    perform compliance._take_over_case(v_link, v_day);
    perform compliance._settle_day(actor, v_link.player_patron_id, v_day);
  end loop;

  v_command := compliance._remember(
    actor, 'identify_patron', _identify.idempotency_key, v_request,
    patron_id => v_unknown.patron_id, link_id => v_link.link_id
  );
  return compliance._identification_result(v_command, false);
end
$$;

alter function compliance._identify(identity.actor, uuid, uuid, text, text)
owner to compliance_service;
revoke all on function compliance._identify(identity.actor, uuid, uuid, text, text) from public;
grant execute on function compliance._identify(identity.actor, uuid, uuid, text, text)
to ops_service;

comment on function compliance._identify(identity.actor, uuid, uuid, text, text) is
  'Links an unknown patron to a player and settles the days of both. Errors: IDKEY, LYIDM, MTPAT, '
  'RSPLR, MTLNK.';
--! EndIncluded compliance/_identify.sql
--! Included compliance/_record_redemption_cash.sql
-- Points paid in currency are cash out. Loyalty calls this in the transaction of the redemption,
-- so that neither is written without the other. The ledger's key is claimed already; the entry's
-- own is made from it, so that the reversal finds it.

create or replace function compliance._record_redemption_cash(
  actor identity.actor,
  player_id uuid,
  amount numeric,
  ledger_key text,
  occurred_at timestamptz
) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_here record := floor._presence(
    _record_redemption_cash.player_id, _record_redemption_cash.occurred_at
  );
  v_entry compliance.mtl_entry;
  v_root uuid;
  v_kind compliance.mtl_kind;
begin
  perform compliance._check_amount(_record_redemption_cash.amount);
  v_entry.patron_id := compliance._player_patron(actor, _record_redemption_cash.player_id);
  v_root := compliance._lock_person(actor, v_entry.patron_id);
  v_kind := compliance._check_kind('out', 'comp_or_incentive', 'cage', 'currency', null);
  v_entry.entry_role := 'original';
  v_entry.correction_no := 0;
  v_entry.direction := 'out';
  v_entry.kind := v_kind.kind;
  v_entry.area := 'cage';
  v_entry.tender := 'currency';
  v_entry.amount := _record_redemption_cash.amount;
  v_entry.cash_in := 0;
  v_entry.cash_out := compliance._cash(v_kind, 'out', v_entry.tender, v_entry.amount);
  v_entry.visit_id := v_here.visit_id;
  v_entry.rating_slip_id := v_here.rating_slip_id;
  v_entry.idempotency_key := 'pit:redeem:' || ledger_key;
  v_entry.gaming_day := identity._gaming_day(
    actor.timezone, actor.gaming_day_start, _record_redemption_cash.occurred_at
  );
  v_entry.occurred_at := _record_redemption_cash.occurred_at;
  v_entry := compliance._append_entry(actor, v_entry);
  perform compliance._settle_day(actor, v_root, v_entry.gaming_day, v_entry.entry_id);
  perform compliance._remember(
    actor, 'record_redemption_cash', v_entry.idempotency_key, 'null',
    patron_id => v_entry.patron_id, entry_id => v_entry.entry_id,
    gaming_day => v_entry.gaming_day, recorded_amount => v_entry.amount
  );
  return v_entry.entry_id;
end
$$;

alter function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) owner to compliance_service;
revoke all on function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) from public;
grant execute on function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) to loyalty_service;

comment on function compliance._record_redemption_cash(
  identity.actor, uuid, numeric, text, timestamptz
) is 'Writes the cash out of a redemption paid in currency; gives the entry''s id. Error: MTAMT.';
--! EndIncluded compliance/_record_redemption_cash.sql
--! Included compliance/_offset_redemption_cash.sql
-- Reversing a redemption takes its cash out back too, in the same transaction. What was corrected
-- meanwhile is taken back as it is now; what was voided, or never paid in currency, needs nothing.

create or replace function compliance._offset_redemption_cash(
  actor identity.actor,
  ledger_key text,
  reason text,
  reversal_key text
) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_key text := 'pit:reverse:' || reversal_key;
  v_paid compliance.mtl_command;
  v_live compliance.mtl_entry;
  v_root uuid;
  v_offset_id uuid;
begin
  select * into v_paid
  from compliance.mtl_command as c
  where c.casino_id = identity._casino() and c.idempotency_key = 'pit:redeem:' || ledger_key;
  if v_paid.entry_id is null then
    return null;
  end if;
  v_root := compliance._lock_person(actor, v_paid.patron_id);
  v_live := compliance._live_entry(v_paid.entry_id);
  if v_live.entry_id is null then
    return null;
  end if;

  v_offset_id := (
    (
      compliance._replace_entry(
        actor, v_live, 0, nullif(btrim(_offset_redemption_cash.reason, E' \t\r\n'), ''), v_key
      )
    ).offset_entry
  ).entry_id;
  perform compliance._settle_day(actor, v_root, v_live.gaming_day);
  perform compliance._remember(
    actor, 'offset_redemption_cash', v_key, 'null',
    patron_id => v_live.patron_id, entry_id => v_offset_id,
    gaming_day => v_live.gaming_day, recorded_amount => 0
  );
  return v_offset_id;
end
$$;

alter function compliance._offset_redemption_cash(identity.actor, text, text, text)
owner to compliance_service;
revoke all on function compliance._offset_redemption_cash(identity.actor, text, text, text)
from public;
grant execute on function compliance._offset_redemption_cash(identity.actor, text, text, text)
to loyalty_service;

comment on function compliance._offset_redemption_cash(identity.actor, text, text, text) is
  'Takes back the cash out of a redemption, by the redemption''s key; gives the offset''s id, or '
  'null when there was nothing to take back.';
--! EndIncluded compliance/_offset_redemption_cash.sql
--! Included compliance/record_mtl_entry.sql
-- A cashier, dealer's supervisor or compliance officer enters cash that changed hands. The witness
-- is who is signed in. It says whether the person must be identified, and never how much there is
-- already.

create or replace function compliance.record_mtl_entry(
  patron_id uuid,
  player_id uuid,
  direction text,
  kind text,
  area text,
  tender text,
  amount numeric,
  idempotency_key text,
  occurred_at timestamptz default null,
  table_id uuid default null,
  window_no text default null,
  agent_for_player_id uuid default null,
  foreign_currency text default null,
  note text default null,
  confirm_duplicate boolean default false
) returns compliance.mtl_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
begin
  return compliance._record_cash(
    v_actor, patron_id, player_id, direction, kind, area, tender, amount, idempotency_key,
    occurred_at, table_id, window_no, agent_for_player_id, foreign_currency, note,
    confirm_duplicate
  );
end
$$;

alter function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) owner to compliance_service;
revoke all on function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) from public;
grant execute on function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) to pit_staff;

comment on function compliance.record_mtl_entry(
  uuid, uuid, text, text, text, text, numeric, text, timestamptz, uuid, text, uuid, text, text,
  boolean
) is
  'Records cash in or out of exactly one of a patron or a player; of a money play, the total that '
  'rides, of which the increase is written. agent_for_player_id: for whom it counts instead. A '
  'possible duplicate is refused until it is confirmed. Capability mtl:create. Errors: IDUNA, '
  'IDFRB, IDKEY, LYIDM, MTAMT, MTPAT, RSPLR, MTKND, RSTNF, MTNOT, RSTIM, MTDUP.';
--! EndIncluded compliance/record_mtl_entry.sql
--! Included compliance/correct_mtl_entry.sql
-- A wrong entry is never changed: it is taken back and written anew with the right amount, on the
-- gaming day that it had, and both stay visible.

create or replace function compliance.correct_mtl_entry(
  entry_id uuid,
  amount numeric,
  reason text,
  idempotency_key text
) returns compliance.correction_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
begin
  return compliance._correct_cash(v_actor, entry_id, amount, reason, idempotency_key);
end
$$;

alter function compliance.correct_mtl_entry(uuid, numeric, text, text)
owner to compliance_service;
revoke all on function compliance.correct_mtl_entry(uuid, numeric, text, text) from public;
grant execute on function compliance.correct_mtl_entry(uuid, numeric, text, text) to pit_staff;

comment on function compliance.correct_mtl_entry(uuid, numeric, text, text) is
  'Corrects an entry, named by the original or any replacement, to the right amount; 0 voids it. '
  'Capability mtl:create for one''s own entries of the running gaming day, else mtl:review too. '
  'Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTENT, MTAMT, LYRSN.';
--! EndIncluded compliance/correct_mtl_entry.sql
--! Included compliance/describe_patron.sql
-- Somebody without a player's card: what they look like is what the log knows them by, until they
-- are identified.

create or replace function compliance.describe_patron(
  description text,
  known_name text,
  sex text,
  apparent_age text,
  height text,
  build text,
  hair text,
  clothing text,
  seat text,
  idempotency_key text
) returns compliance.patron_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
begin
  return compliance._describe_patron(
    v_actor, description, known_name, sex, apparent_age, height, build, hair, clothing, seat,
    idempotency_key
  );
end
$$;

alter function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) owner to compliance_service;
revoke all on function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) from public;
grant execute on function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) to pit_staff;

comment on function compliance.describe_patron(
  text, text, text, text, text, text, text, text, text, text
) is
  'Creates an unknown patron; at least one field must be given. Capability mtl:create. Errors: '
  'IDUNA, IDFRB, IDKEY, LYIDM, MTDSC.';
--! EndIncluded compliance/describe_patron.sql
--! Included compliance/find_patrons.sql
-- Who is standing there? Looks among enrolled players, as the floor's search does, and among the
-- descriptions of unknown people, where every word must occur. Latest descriptions first. Nothing
-- about anybody's cash.

create or replace function compliance.find_patrons(query text)
returns setof compliance.patron_match
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
  v_words text[] := regexp_split_to_array(lower(btrim(query, E' \t\r\n')), '\s+');
begin
  return query
  select
    k.patron_id, p.player_id, p.card_no, p.first_name || ' ' || p.last_name, p.birth_date,
    null::text, null::timestamptz, null::text
  from floor._find_players(query) as p
  left join compliance.patron as k
    on k.casino_id = identity._casino() and k.player_id = p.player_id
  order by lower(p.last_name), lower(p.first_name), p.player_id;

  return query
  select
    k.patron_id, null::uuid, null::text, k.known_name, null::date, d.description, k.created_at,
    (
      select floor._player_name(r.player_id)
      from compliance.patron as r
      where r.casino_id = identity._casino()
        and r.patron_id = compliance._root(k.patron_id)
    )
  from compliance.patron as k
  cross join lateral (
    select concat_ws(
      ', ', k.description, k.sex, k.apparent_age, k.height, k.build, k.hair, k.clothing, k.seat
    )
  ) as d (description)
  where k.casino_id = identity._casino()
    and k.player_id is null
    and v_words <> array['']
    and (
      select bool_and(strpos(lower(concat_ws(' ', k.known_name, d.description)), w.word) > 0)
      from unnest(v_words) as w (word)
    )
  order by k.created_at desc, k.patron_id desc
  limit 50;
end
$$;

alter function compliance.find_patrons(text) owner to compliance_service;
revoke all on function compliance.find_patrons(text) from public;
grant execute on function compliance.find_patrons(text) to pit_staff;

comment on function compliance.find_patrons(text) is
  'Players whose card or name begins with the text, then unknown people in whose description '
  'every word of it occurs; at most 50 each. Capability mtl:create. Errors: IDUNA, IDFRB.';
--! EndIncluded compliance/find_patrons.sql
--! Included compliance/identify_patron.sql
-- A reviewer says which player an unknown person is. Nothing is moved or deleted; the player's
-- sums are over both from now on, for past gaming days too.

create or replace function compliance.identify_patron(
  patron_id uuid,
  player_id uuid,
  idempotency_key text,
  note text default null
) returns compliance.identification_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
begin
  return compliance._identify(v_actor, patron_id, player_id, note, idempotency_key);
end
$$;

alter function compliance.identify_patron(uuid, uuid, text, text) owner to compliance_service;
revoke all on function compliance.identify_patron(uuid, uuid, text, text) from public;
grant execute on function compliance.identify_patron(uuid, uuid, text, text) to pit_staff;

comment on function compliance.identify_patron(uuid, uuid, text, text) is
  'Identifies an unknown patron as a player; their cases become the player''s. Refused while they '
  'are identified already. Capability mtl:review. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, '
  'RSPLR, MTLNK.';
--! EndIncluded compliance/identify_patron.sql
--! Included compliance/undo_identification.sql
-- The unknown person was somebody else after all. The link stays on record with the note; from now
-- on the sums are apart again, and the cases follow.

create or replace function compliance.undo_identification(
  patron_id uuid,
  note text,
  idempotency_key text
) returns compliance.identification_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_request jsonb := jsonb_build_array(
    undo_identification.patron_id, undo_identification.note
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'undo_identification', idempotency_key, v_request
  );
  v_note text := nullif(btrim(undo_identification.note, E' \t\r\n'), '');
  v_link compliance.patron_link;
  v_day date;
begin
  if v_command.command is not null then
    return compliance._identification_result(v_command, true);
  end if;

  perform
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = undo_identification.patron_id
  for no key update;
  if not found then
    perform ops._refuse('MTPAT');
  end if;
  select * into v_link
  from compliance.patron_link as l
  where l.casino_id = identity._casino()
    and l.unknown_patron_id = undo_identification.patron_id
    and l.undone_at is null;
  if v_link.link_id is null then
    perform ops._refuse('MTULK');
  end if;
  if v_note is null then
    perform ops._refuse('MTNOT');
  end if;

  perform compliance._lock_person(v_actor, v_link.player_patron_id);
  update compliance.patron_link as l
  set undone_at = now(), undone_by = v_actor.staff_id, undo_note = v_note
  where l.casino_id = identity._casino() and l.link_id = v_link.link_id;

  for v_day in
    select d.gaming_day
    from compliance.patron_gaming_day as d
    where d.casino_id = identity._casino() and d.patron_id = v_link.unknown_patron_id
    order by d.gaming_day
  loop
    perform compliance._give_back_case(v_actor, v_link, v_day);
    perform compliance._settle_day(v_actor, v_link.player_patron_id, v_day);
    perform compliance._settle_day(v_actor, v_link.unknown_patron_id, v_day);
  end loop;

  v_command := compliance._remember(
    v_actor, 'undo_identification', idempotency_key, v_request,
    patron_id => v_link.unknown_patron_id, link_id => v_link.link_id
  );
  return compliance._identification_result(v_command, false);
end
$$;

alter function compliance.undo_identification(uuid, text, text) owner to compliance_service;
revoke all on function compliance.undo_identification(uuid, text, text) from public;
grant execute on function compliance.undo_identification(uuid, text, text) to pit_staff;

comment on function compliance.undo_identification(uuid, text, text) is
  'Undoes the identification of an unknown patron, with a note; sums and cases are apart again. '
  'Capability mtl:review. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, MTULK, MTNOT.';
--! EndIncluded compliance/undo_identification.sql
--! Included compliance/leaves_table.sql
-- Somebody takes their currency off a table: what they bet when they come back is new money. Where
-- no time is given, they left right after the bet told last, so that what is entered next is new
-- even when it is entered late. Where nothing rode, nothing happens.

create or replace function compliance.leaves_table(
  patron_id uuid,
  player_id uuid,
  table_id uuid,
  idempotency_key text,
  occurred_at timestamptz default null
) returns compliance.departure_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
  v_request jsonb := jsonb_build_array(
    leaves_table.patron_id, leaves_table.player_id, leaves_table.table_id,
    extract(epoch from leaves_table.occurred_at)
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'leaves_table', idempotency_key, v_request
  );
  v_patron compliance.patron;
  v_root uuid;
  v_ended numeric(14, 2);
begin
  if v_command.command is not null then
    select * into strict v_patron
    from compliance.patron as p
    where p.casino_id = identity._casino() and p.patron_id = v_command.patron_id;
    return row(v_patron, v_command.recorded_amount, true);
  end if;

  if num_nonnulls(leaves_table.patron_id, leaves_table.player_id) <> 1 then
    perform ops._refuse('MTPAT');
  end if;
  if leaves_table.player_id is not null
    and not (floor._presence(leaves_table.player_id, now())).is_enrolled
  then
    perform ops._refuse('RSPLR');
  end if;
  v_root := coalesce(
    leaves_table.patron_id, compliance._player_patron(v_actor, leaves_table.player_id)
  );
  select * into v_patron
  from compliance.patron as p
  where p.casino_id = identity._casino() and p.patron_id = v_root;
  if v_patron.patron_id is null then
    perform ops._refuse('MTPAT');
  end if;
  if leaves_table.table_id is null or not floor._table_exists(leaves_table.table_id) then
    perform ops._refuse('RSTNF');
  end if;
  if leaves_table.occurred_at is not null then
    perform compliance._check_time(v_actor, leaves_table.occurred_at);
  end if;

  v_root := compliance._lock_person(v_actor, v_patron.patron_id);
  with ended as (
    update compliance.money_play as m
    set ended_at = greatest(leaves_table.occurred_at, m.last_at), ended_by = 'left'
    where m.casino_id = identity._casino()
      and m.patron_id in (select compliance._person_patrons(v_root))
      and m.table_id = leaves_table.table_id
      and m.ended_at is null
    returning m.amount
  )
  select nullif(sum(e.amount), 0) into v_ended from ended as e;
  perform compliance._remember(
    v_actor, 'leaves_table', idempotency_key, v_request,
    patron_id => v_patron.patron_id, recorded_amount => v_ended
  );
  return row(v_patron, v_ended, false);
end
$$;

alter function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz)
owner to compliance_service;
revoke all on function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz) from public;
grant execute on function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz) to pit_staff;

comment on function compliance.leaves_table(uuid, uuid, uuid, text, timestamptz) is
  'Ends what rides of a patron or player at a table, and says how much that was. Capability '
  'mtl:create. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, RSPLR, RSTNF, RSTIM.';
--! EndIncluded compliance/leaves_table.sql
--! Included compliance/mtl_log.sql
-- The cash log as it is read: each entry with the names of whom and what it is about and, for who
-- may review, its badge and the person's sums before and after it. Sums are computed for the rows
-- that are read, in the order in which things happened; a correction stands where the entry stands
-- that it corrects.

set local role pit_owner;

create view compliance.mtl_log
with (security_invoker = true) as
select
  x.*,
  x.cash_in_before + x.cash_in as cash_in_after,
  x.cash_out_before + x.cash_out as cash_out_after
from (
  select
    e.casino_id, e.entry_id, e.gaming_day, e.occurred_at, e.created_at, e.direction, e.kind,
    k.label as kind_label, e.area, e.tender, e.amount, e.cash_in, e.cash_out, e.foreign_currency,
    e.entry_role, e.corrects_entry_id, e.correction_no,
    e.entry_role <> 'offset' and not exists (
      select
      from compliance.mtl_entry as o
      where o.casino_id = e.casino_id
        and o.corrects_entry_id = coalesce(e.corrects_entry_id, e.entry_id)
        and o.correction_no = e.correction_no + 1
    ) as is_live,
    e.patron_id, n.patron_id as person_id, n.player_id, y.card_no,
    coalesce(y.first_name || ' ' || y.last_name, n.known_name) as person_name,
    concat_ws(
      ', ', w.description, w.sex, w.apparent_age, w.height, w.build, w.hair, w.clothing, w.seat
    ) as description,
    e.agent_patron_id,
    (
      select coalesce(b.first_name || ' ' || b.last_name, a.known_name, a.description)
      from compliance.patron as a
      left join floor.player as b on b.casino_id = a.casino_id and b.player_id = a.player_id
      where a.casino_id = e.casino_id and a.patron_id = e.agent_patron_id
    ) as agent_name,
    e.table_id, t.label as table_label, e.window_no, e.visit_id, e.rating_slip_id,
    e.staff_id, s.display_name as staff_name, e.licence_no, e.reason, e.note,
    e.idempotency_key, e.correlation_id,
    case when (select identity.session_may('mtl:review')) then (
      select
        case when greatest(abs(e.cash_in), abs(e.cash_out)) >= h.log_floor then 'over_floor'
          else 'none'
        end
      from compliance.threshold_policy as h
      where h.casino_id = e.casino_id
        and h.effective_from <= ((e.gaming_day + c.gaming_day_start) at time zone c.timezone)
      order by h.effective_from desc
      limit 1
    ) end as badge,
    case when (select identity.session_may('mtl:review')) then (
      select coalesce(sum(d.cash_in), 0)
      from compliance.mtl_entry as d
      where d.casino_id = e.casino_id
        and d.gaming_day = e.gaming_day
        and d.patron_id = any (a.patrons)
        and (d.occurred_at, d.entry_id) < (e.occurred_at, e.entry_id)
    ) end as cash_in_before,
    case when (select identity.session_may('mtl:review')) then (
      select coalesce(sum(d.cash_out), 0)
      from compliance.mtl_entry as d
      where d.casino_id = e.casino_id
        and d.gaming_day = e.gaming_day
        and d.patron_id = any (a.patrons)
        and (d.occurred_at, d.entry_id) < (e.occurred_at, e.entry_id)
    ) end as cash_out_before
  from compliance.mtl_entry as e
  join compliance.mtl_kind as k on k.kind = e.kind
  join compliance.patron as w on w.casino_id = e.casino_id and w.patron_id = e.patron_id
  left join compliance.patron_link as l
    on l.casino_id = e.casino_id
    and l.unknown_patron_id = e.patron_id
    and l.undone_at is null
  join compliance.patron as n
    on n.casino_id = e.casino_id and n.patron_id = coalesce(l.player_patron_id, e.patron_id)
  left join floor.player as y on y.casino_id = n.casino_id and y.player_id = n.player_id
  left join floor.gaming_table as t on t.casino_id = e.casino_id and t.table_id = e.table_id
  join identity.staff as s on s.casino_id = e.casino_id and s.staff_id = e.staff_id
  join identity.casino as c on c.casino_id = e.casino_id
  cross join lateral (
    select n.patron_id || array(
      select u.unknown_patron_id
      from compliance.patron_link as u
      where u.casino_id = n.casino_id
        and u.player_patron_id = n.patron_id
        and u.undone_at is null
    ) as patrons
  ) as a
) as x;

grant select on compliance.mtl_log to pit_staff;

reset role;

comment on view compliance.mtl_log is
  E'@primaryKey casino_id,entry_id\n'
  'The cash log with names. badge and the four running sums are null without mtl:review.';
comment on column compliance.mtl_log.is_live is
  'Counts as it stands: neither an offset nor taken back by one.';
comment on column compliance.mtl_log.person_id is
  'The patron under whom the person is summed: the player as whom they were identified.';
comment on column compliance.mtl_log.description is
  'The unknown person''s description, also once they are identified.';
comment on column compliance.mtl_log.badge is 'none, or over_floor from the log floor on.';
comment on column compliance.mtl_log.cash_in_before is
  'The person''s cash in of the gaming day up to the entry before this one.';
comment on column compliance.mtl_log.cash_in_after is 'The same with this entry.';
comment on column compliance.mtl_log.cash_out_before is
  'The person''s cash out of the gaming day up to the entry before this one.';
comment on column compliance.mtl_log.cash_out_after is 'The same with this entry.';
--! EndIncluded compliance/mtl_log.sql
--! Included compliance/_filer.sql
-- The filing data in force, without the bookkeeping of their versions: what a report says of the
-- casino.

create or replace function compliance._filer() returns jsonb
language sql
stable
set search_path = ''
return (
  select to_jsonb(f) - array['casino_id', 'version', 'staff_id', 'correlation_id', 'created_at']
  from compliance.filer as f
  where f.casino_id = identity._casino()
  order by f.version desc
  limit 1
);

alter function compliance._filer() owner to compliance_service;
revoke all on function compliance._filer() from public;

comment on function compliance._filer() is
  'The casino''s filing data, for its reports; null when there are none.';
--! EndIncluded compliance/_filer.sql
--! Included compliance/_ctr_transactions.sql
-- What a person's reportable sums are made of, transaction by transaction. The side of an exchange
-- on which foreign currency was is on lines 53 and 54, with the country: the first two letters of
-- a currency's ISO code are its country's. Somebody who turns out to be the person is no agent.

create or replace function compliance._ctr_transactions(patron_id uuid, gaming_day date)
returns setof compliance.ctr_transaction
language sql
stable
set search_path = ''
begin atomic
  select
    t.transaction_id, d.direction, d.line, d.country, t.agent_patron_id,
    d.amount::numeric(14, 2), t.note, t.occurred_at
  from (
    select
      coalesce(e.corrects_entry_id, e.entry_id) as transaction_id,
      any_value(e.kind) as kind,
      any_value(e.direction) as direction,
      any_value(left(e.foreign_currency, 2)) as country,
      any_value(
        nullif(compliance._root(e.agent_patron_id), _ctr_transactions.patron_id)
      ) as agent_patron_id,
      min(e.note) filter (where e.entry_role = 'original') as note,
      min(e.occurred_at) as occurred_at,
      sum(e.cash_in) as cash_in,
      sum(e.cash_out) as cash_out
    from compliance._person_patrons(_ctr_transactions.patron_id) as p (patron_id)
    join compliance.mtl_entry as e
      on e.casino_id = identity._casino()
      and e.patron_id = p.patron_id
      and e.gaming_day = _ctr_transactions.gaming_day
    group by coalesce(e.corrects_entry_id, e.entry_id)
  ) as t
  join compliance.mtl_kind as k on k.kind = t.kind
  cross join lateral (
    select
      s.direction, s.amount, s.is_foreign,
      case when s.is_foreign then t.country end as country,
      case
        when s.is_foreign and s.direction = 'in' then 53
        when s.is_foreign then 54
        when s.direction = 'in' then k.ctr_line
        else coalesce(k.ctr_line_out, k.ctr_line)
      end as line
    from (
      select
        v.direction, v.amount,
        t.country is not null and t.direction = v.direction as is_foreign
      from (values ('in', t.cash_in), ('out', t.cash_out)) as v (direction, amount)
    ) as s
  ) as d
  where d.amount > 0
  order by t.occurred_at, t.transaction_id, d.direction;
end;

alter function compliance._ctr_transactions(uuid, date) owner to compliance_service;
revoke all on function compliance._ctr_transactions(uuid, date) from public;

comment on function compliance._ctr_transactions(uuid, date) is
  'The currency transactions of a person (a root patron) on a gaming day, over all patrons '
  'identified as them, in the order in which they happened.';
--! EndIncluded compliance/_ctr_transactions.sql
--! Included compliance/_ctr_person.sql
-- A person as a report names them: their part in it (50 for themselves, 17 for another, 23 the one
-- acted for), their whole dollars in each direction that is reported, and their identification.

create or replace function compliance._ctr_person(
  patron_id uuid,
  party text,
  cash_in numeric,
  cash_out numeric,
  multiple boolean
) returns jsonb
language sql
stable
set search_path = ''
return (
  select
    jsonb_build_object(
      'party', party, 'patron_id', _ctr_person.patron_id,
      'cash_in', cash_in, 'cash_out', cash_out, 'multiple', multiple,
      'last_name', i.last_name, 'first_name', i.first_name, 'middle_name', i.middle_name,
      'suffix', i.suffix, 'gender', i.gender, 'birth_date', i.birth_date,
      'occupation', i.occupation, 'street', i.street, 'city', i.city, 'state', i.state,
      'postal_code', i.postal_code, 'country', i.country, 'taxpayer_kind', i.taxpayer_kind,
      'taxpayer_number', i.taxpayer_number, 'id_type', i.id_type,
      'id_type_other', i.id_type_other, 'id_number', i.id_number, 'id_state', i.id_state,
      'id_country', i.id_country
    )
  from compliance._identification(_ctr_person.patron_id) as i
);

alter function compliance._ctr_person(uuid, text, numeric, numeric, boolean)
owner to compliance_service;
revoke all on function compliance._ctr_person(uuid, text, numeric, numeric, boolean) from public;

comment on function compliance._ctr_person(uuid, text, numeric, numeric, boolean) is
  'A person''s part in a report, with their identification as it is now.';
--! EndIncluded compliance/_ctr_person.sql
--! Included compliance/_ctr_lines.sql
-- The lines of a report: the exact sum of each line number in a direction, rounded up once to
-- whole dollars. Foreign currency is a line for each country. A direction that isn't reported has
-- none; one that was reported before and is now nothing has its first line with 0. A note may hold
-- characters that no XML file can: they are left out.

create or replace function compliance._ctr_lines(
  transactions compliance.ctr_transaction[],
  reported text[]
) returns jsonb
language sql
stable
set search_path = ''
return (
  select
    coalesce(
      jsonb_agg(
        jsonb_build_object(
          'direction', l.direction, 'line', l.line, 'amount', l.amount, 'text', l.text,
          'country', l.country
        )
        order by l.direction, l.line, l.country
      ),
      '[]'
    )
  from (
    select
      t.direction, t.line, t.country, ceil(sum(t.amount)) as amount,
      case when t.line in (997, 998) then
        coalesce(
          nullif(
            btrim(
              left(
                string_agg(
                  distinct btrim(regexp_replace(t.note, '[\s[:cntrl:]\uFFFE\uFFFF]+', ' ', 'g')),
                  '; '
                ),
                50
              )
            ),
            ''
          ),
          'Other cash ' || t.direction
        )
      end as text
    from unnest(_ctr_lines.transactions) as t
    where t.direction = any (_ctr_lines.reported)
    group by t.direction, t.line, t.country
    union all
    select r.direction, case r.direction when 'in' then 18 else 28 end, null, 0, null
    from unnest(_ctr_lines.reported) as r (direction)
    where not exists (
      select from unnest(_ctr_lines.transactions) as t where t.direction = r.direction
    )
  ) as l
);

alter function compliance._ctr_lines(compliance.ctr_transaction[], text[])
owner to compliance_service;
revoke all on function compliance._ctr_lines(compliance.ctr_transaction[], text[]) from public;

comment on function compliance._ctr_lines(compliance.ctr_transaction[], text[]) is
  'Lines of the directions that are reported, rounded up one by one, in a fixed order.';
--! EndIncluded compliance/_ctr_lines.sql
--! Included compliance/_ctr_report.sql
-- Everything that a case's report says, from the log and the identifications as they are now; the
-- filed version keeps it as it was. A direction is reported when its exact sum is over the
-- threshold of the day, and in an amendment also when it was reported before. Totals are sums of
-- rounded lines. Whoever carried money for the person is named, and the person is then acted for.

create or replace function compliance._ctr_report(actor identity.actor, case_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_case compliance.ctr_case;
  v_threshold numeric;
  v_before compliance.ctr_filing;
  v_transactions compliance.ctr_transaction[];
  v_exact_in numeric;
  v_exact_out numeric;
  v_count_in integer;
  v_count_out integer;
  v_reported text[];
  v_lines jsonb;
  v_in numeric;
  v_out numeric;
  v_agents jsonb;
  v_missing jsonb;
begin
  select c.* into v_case
  from compliance.ctr_case as c
  where c.casino_id = actor.casino_id and c.case_id = _ctr_report.case_id;
  if not found then
    return null;
  end if;
  v_threshold := (compliance._thresholds(actor, v_case.gaming_day)).ctr_threshold;
  select f.* into v_before
  from compliance.ctr_filing as f
  where f.casino_id = actor.casino_id
    and f.case_id = v_case.case_id
    and f.version = v_case.filed_version;

  select
    coalesce(array_agg(t), '{}'),
    coalesce(sum(t.amount) filter (where t.direction = 'in'), 0),
    coalesce(sum(t.amount) filter (where t.direction = 'out'), 0),
    count(*) filter (where t.direction = 'in'),
    count(*) filter (where t.direction = 'out')
  into v_transactions, v_exact_in, v_exact_out, v_count_in, v_count_out
  from compliance._ctr_transactions(v_case.patron_id, v_case.gaming_day) as t;
  v_reported := array_remove(array[
    case when v_exact_in > v_threshold or v_before.report ->> 'cash_in' is not null
      then 'in' end,
    case when v_exact_out > v_threshold or v_before.report ->> 'cash_out' is not null
      then 'out' end
  ], null);
  v_lines := compliance._ctr_lines(v_transactions, v_reported);
  select
    sum((l ->> 'amount')::numeric) filter (where l ->> 'direction' = 'in'),
    sum((l ->> 'amount')::numeric) filter (where l ->> 'direction' = 'out')
  into v_in, v_out
  from jsonb_array_elements(v_lines) as l;

  select
    coalesce(
      jsonb_agg(
        compliance._ctr_person(
          a.agent_patron_id, '17', a.cash_in, a.cash_out, a.count_in > 1 or a.count_out > 1
        )
        order by a.agent_patron_id
      ),
      '[]'
    ),
    coalesce(
      jsonb_agg(
        to_jsonb(compliance._missing_identification(a.agent_patron_id))
        order by a.agent_patron_id
      ),
      '[]'
    )
  into v_agents, v_missing
  from (
    select
      t.agent_patron_id,
      ceil(sum(t.amount) filter (where t.direction = 'in')) as cash_in,
      ceil(sum(t.amount) filter (where t.direction = 'out')) as cash_out,
      count(*) filter (where t.direction = 'in') as count_in,
      count(*) filter (where t.direction = 'out') as count_out
    from unnest(v_transactions) as t
    where t.agent_patron_id is not null and t.direction = any (v_reported)
    group by t.agent_patron_id
  ) as a;
  select
    to_jsonb(compliance._missing_identification(v_case.patron_id))
    || coalesce(
      jsonb_agg(format('agent %s: %s', a.no, f.field) order by a.no, f.ordinality)
        filter (where f.field is not null),
      '[]'
    )
  into v_missing
  from jsonb_array_elements(v_missing) with ordinality as a (fields, no)
  left join lateral jsonb_array_elements_text(a.fields) with ordinality as f (field, ordinality)
    on true;

  return jsonb_build_object(
    'case_id', v_case.case_id,
    'gaming_day', v_case.gaming_day,
    'amends', case when v_case.filed_version is not null then
      jsonb_build_object('version', v_case.filed_version, 'bsa_id', v_case.bsa_id)
    end,
    'filer', compliance._filer(),
    'cash_in', v_in,
    'cash_out', v_out,
    'exact_in', v_exact_in,
    'exact_out', v_exact_out,
    'multiple_in', 'in' = any (v_reported) and v_count_in > 1,
    'multiple_out', 'out' = any (v_reported) and v_count_out > 1,
    'persons', v_agents || compliance._ctr_person(
      v_case.patron_id,
      case when v_agents = '[]' then '50' else '23' end,
      v_in, v_out,
      'in' = any (v_reported) and v_count_in > 1 or 'out' = any (v_reported) and v_count_out > 1
    ),
    'lines', v_lines,
    'missing', v_missing
  );
end
$$;

alter function compliance._ctr_report(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._ctr_report(identity.actor, uuid) from public;

comment on function compliance._ctr_report(identity.actor, uuid) is
  'A case''s report: persons, lines and totals in whole dollars (null where a direction isn''t '
  'reported), exact sums, and what is missing of the identifications. Null without such a case.';
--! EndIncluded compliance/_ctr_report.sql
--! Included compliance/_ctr_batch.sql
-- Dresses reports as a batch: the date on which it is filed, by the casino's clock, and the
-- reports in a fixed order. Where a report was filed before there were filing data, it gets those
-- of now; without any there is no batch.

create or replace function compliance._ctr_batch(
  actor identity.actor,
  first_day date,
  last_day date,
  reports jsonb
) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_filer jsonb := compliance._filer();
begin
  if jsonb_array_length(reports) = 0 then
    perform ops._refuse('MTBAT', array[first_day::text, last_day::text]);
  end if;
  if v_filer is null and reports @> '[{"filer": null}]' then
    perform ops._refuse('MTFIL', array['there are none']);
  end if;
  return jsonb_build_object(
    'filing_date', (now() at time zone actor.timezone)::date,
    'reports', (
      select
        jsonb_agg(
          case when r.report -> 'filer' = 'null'
            then r.report || jsonb_build_object('filer', v_filer) else r.report
          end
          order by r.report ->> 'gaming_day', r.report ->> 'case_id'
        )
      from jsonb_array_elements(reports) as r (report)
    )
  );
end
$$;

alter function compliance._ctr_batch(identity.actor, date, date, jsonb)
owner to compliance_service;
revoke all on function compliance._ctr_batch(identity.actor, date, date, jsonb) from public;

comment on function compliance._ctr_batch(identity.actor, date, date, jsonb) is
  'A batch of reports in a fixed order, with its filing date. Errors: MTBAT, MTFIL.';
--! EndIncluded compliance/_ctr_batch.sql
--! Included compliance/ctr_batch.sql
-- The reports that are to be filed for a period: of its ready cases, and of filed ones that need
-- an amendment. All or nothing: while a case of the period is open or a person isn't identified,
-- the batch is refused with the list of what is missing, case by case. The cases stay locked
-- until the transaction ends, so that their cash is the same when the file is put on record.

create or replace function compliance.ctr_batch(first_day date, last_day date) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_reports jsonb;
  v_incomplete jsonb;
begin
  perform
  from compliance.ctr_case as k
  where k.casino_id = v_actor.casino_id
    and k.gaming_day between first_day and last_day
    and (k.state in ('open', 'ready') or k.amendment_due)
  order by k.gaming_day, k.case_id
  for no key update;

  select
    coalesce(jsonb_agg(c.report), '[]'),
    jsonb_agg(
      jsonb_build_object(
        'caseId', c.case_id, 'gamingDay', c.gaming_day, 'patron', c.patron_id,
        'missing', case when c.state = 'open' and c.report -> 'missing' = '[]'
          then '["preparation"]' else c.report -> 'missing'
        end
      )
      order by c.gaming_day, c.case_id
    ) filter (where c.state = 'open' or c.report -> 'missing' <> '[]')
  into v_reports, v_incomplete
  from (
    select
      k.case_id, k.gaming_day, k.patron_id, k.state,
      compliance._ctr_report(v_actor, k.case_id) as report
    from compliance.ctr_case as k
    where k.casino_id = v_actor.casino_id
      and k.gaming_day between first_day and last_day
      and (
        k.state in ('open', 'ready')
        or k.amendment_due and k.state in ('filed', 'acknowledged')
      )
  ) as c;

  if v_incomplete is not null then
    perform ops._refuse(
      'MTIDN',
      array[
        format('%s of %s cases', jsonb_array_length(v_incomplete), jsonb_array_length(v_reports))
      ],
      jsonb_build_object('cases', v_incomplete)
    );
  end if;
  return compliance._ctr_batch(v_actor, first_day, last_day, v_reports);
end
$$;

alter function compliance.ctr_batch(date, date) owner to compliance_service;
revoke all on function compliance.ctr_batch(date, date) from public;
grant execute on function compliance.ctr_batch(date, date) to pit_staff;

comment on function compliance.ctr_batch(date, date) is
  'The reports to be filed for the gaming days from first_day to last_day, in a fixed order, with '
  'the filing date. Capability ctr:file. Errors: IDUNA, IDFRB, MTIDN with details {cases: '
  '[{caseId, gamingDay, patron, missing}]}, MTBAT nothing to file, MTFIL no filing data.';
--! EndIncluded compliance/ctr_batch.sql
--! Included compliance/ctr_batch_filed.sql
-- The reports of a period as they were filed last, for making their file again: what changed
-- since is an amendment, and not in here.

create or replace function compliance.ctr_batch_filed(first_day date, last_day date)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_reports jsonb;
begin
  select coalesce(jsonb_agg(f.report), '[]') into v_reports
  from compliance.ctr_case as c
  join compliance.ctr_filing as f
    on f.casino_id = v_actor.casino_id
    and f.case_id = c.case_id
    and f.version = c.filed_version
  where c.casino_id = v_actor.casino_id
    and c.gaming_day between first_day and last_day
    and c.state in ('filed', 'acknowledged');
  return compliance._ctr_batch(v_actor, first_day, last_day, v_reports);
end
$$;

alter function compliance.ctr_batch_filed(date, date) owner to compliance_service;
revoke all on function compliance.ctr_batch_filed(date, date) from public;
grant execute on function compliance.ctr_batch_filed(date, date) to pit_staff;

comment on function compliance.ctr_batch_filed(date, date) is
  'The filed reports of the gaming days from first_day to last_day, each as it was filed last. '
  'Capability ctr:file. Errors: IDUNA, IDFRB, MTBAT nothing was filed, MTFIL no filing data.';
--! EndIncluded compliance/ctr_batch_filed.sql
--! Included compliance/record_ctr_export.sql
-- Puts a batch file on record before anybody gets it, with what it says of each case: that is what
-- FinCEN will hold, and so what is filed. Each report has to be the one of now, or the one that
-- was filed last. The cases are locked until the file is on record, and no cash of theirs can
-- commit meanwhile. Making the same file again is another line: who took it is what counts.

create or replace function compliance.record_ctr_export(
  file_sha256 text,
  first_day date,
  last_day date,
  reports jsonb
) returns compliance.ctr_export
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_case_ids uuid[] := array(
    select (r.report ->> 'case_id')::uuid
    from jsonb_array_elements(record_ctr_export.reports) with ordinality as r (report, place)
    order by r.place
  );
  v_found uuid[];
  v_export compliance.ctr_export;
begin
  v_found := array(
    select c.case_id
    from compliance.ctr_case as c
    where c.casino_id = v_actor.casino_id
      and c.case_id = any (v_case_ids)
      and c.gaming_day between first_day and last_day
    order by c.gaming_day, c.case_id
    for no key update
  );
  if cardinality(v_found) <> cardinality(v_case_ids) or cardinality(v_case_ids) = 0 then
    perform ops._refuse('MTBAT', array[first_day::text, last_day::text]);
  end if;
  if exists (
    select
    from jsonb_array_elements(record_ctr_export.reports) as r (report)
    join compliance.ctr_case as c
      on c.casino_id = v_actor.casino_id and c.case_id = (r.report ->> 'case_id')::uuid
    left join compliance.ctr_filing as f
      on f.casino_id = v_actor.casino_id
      and f.case_id = c.case_id
      and f.version = c.filed_version
    where r.report is distinct from compliance._ctr_report(v_actor, c.case_id)
      -- A report that was filed before there were filing data is dressed with those of now.
      and r.report - 'filer' is distinct from f.report - 'filer'
  ) then
    perform ops._refuse('MTOLD', array[first_day::text, last_day::text]);
  end if;
  insert into compliance.ctr_export (
    casino_id, file_sha256, first_day, last_day, case_ids, reports, exported_by, correlation_id
  )
  values (
    v_actor.casino_id, decode(record_ctr_export.file_sha256, 'hex'),
    record_ctr_export.first_day, record_ctr_export.last_day, v_case_ids,
    record_ctr_export.reports, v_actor.staff_id, v_actor.correlation_id
  )
  returning * into v_export;
  v_export.reports := null;
  return v_export;
end
$$;

alter function compliance.record_ctr_export(text, date, date, jsonb) owner to compliance_service;
revoke all on function compliance.record_ctr_export(text, date, date, jsonb) from public;
grant execute on function compliance.record_ctr_export(text, date, date, jsonb) to pit_staff;

comment on function compliance.record_ctr_export(text, date, date, jsonb) is
  'Records that a batch file of these reports (of ctr_batch or ctr_batch_filed) was made. '
  'Capability ctr:file. Errors: IDUNA, IDFRB, MTBAT when a case isn''t one of these days, MTOLD '
  'when a report isn''t what it would be now.';
--! EndIncluded compliance/record_ctr_export.sql
--! Included compliance/save_identification.sql
-- Writes down who a person is, as a new version. What isn't given stays as it was, an empty text
-- takes it away, so that whoever adds an address needn't have seen the rest. Texts that say
-- nothing are refused: for what is unknown there is a flag. A filed report of which FinCEN may
-- still ask is compared anew; of older ones only a name, birth date or taxpayer number is, which
-- can't have changed since: people move, and their IDs run out.

create or replace function compliance.save_identification(
  patron_id uuid,
  idempotency_key text,
  last_name text default null,
  first_name text default null,
  middle_name text default null,
  suffix text default null,
  gender text default null,
  birth_date date default null,
  occupation text default null,
  street text default null,
  city text default null,
  state text default null,
  postal_code text default null,
  country text default null,
  taxpayer_kind text default null,
  taxpayer_number text default null,
  taxpayer_unknown boolean default null,
  id_type text default null,
  id_type_other text default null,
  id_number text default null,
  id_state text default null,
  id_country text default null
) returns compliance.saved_identification
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:create');
  v_request jsonb := jsonb_build_object(
    'last_name', last_name, 'first_name', first_name, 'middle_name', middle_name,
    'suffix', suffix, 'gender', gender, 'birth_date', birth_date, 'occupation', occupation,
    'street', street, 'city', city, 'state', state, 'postal_code', postal_code,
    'country', country, 'taxpayer_kind', taxpayer_kind, 'taxpayer_number', taxpayer_number,
    'taxpayer_unknown', taxpayer_unknown, 'id_type', id_type, 'id_type_other', id_type_other,
    'id_number', id_number, 'id_state', id_state, 'id_country', id_country
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'save_identification', idempotency_key,
    jsonb_build_array(save_identification.patron_id, v_request)
  );
  v_root uuid;
  v_known compliance.patron_identification;
  v_sheet compliance.patron_identification;
  v_day date;
  v_refused text[];
begin
  if v_command.command is null then
    v_root := compliance._lock_person(v_actor, save_identification.patron_id);
    if v_root is null then
      perform ops._refuse('MTPAT');
    end if;
    v_known := compliance._identification(v_root);
    v_sheet := compliance._merged_identification(v_known, jsonb_strip_nulls(v_request));
    v_refused := compliance._refused_identification(v_sheet);
    if cardinality(v_refused) > 0 then
      perform ops._refuse(
        'MTIDN',
        array[
          format(
            '%s can''t be used as given',
            replace(array_to_string(v_refused, ', '), '_', ' ')
          )
        ],
        jsonb_build_object('refused', v_refused)
      );
    end if;
    v_sheet.casino_id := v_actor.casino_id;
    v_sheet.patron_id := v_root;
    v_sheet.version := 1 + coalesce(
      (
        select max(i.version)
        from compliance.patron_identification as i
        where i.casino_id = v_actor.casino_id and i.patron_id = v_root
      ),
      0
    );
    v_sheet.staff_id := v_actor.staff_id;
    v_sheet.correlation_id := v_actor.correlation_id;
    v_sheet.created_at := now();
    insert into compliance.patron_identification select v_sheet.*;
    for v_day in
      select c.gaming_day
      from compliance.ctr_case as c
      where c.casino_id = v_actor.casino_id
        and c.patron_id = v_root
        and c.state in ('filed', 'acknowledged')
        and (
          c.state = 'filed'
          or c.due_on >= identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
          or (
            v_sheet.last_name, v_sheet.first_name, v_sheet.birth_date, v_sheet.taxpayer_number
          ) is distinct from (
            v_known.last_name, v_known.first_name, v_known.birth_date, v_known.taxpayer_number
          )
        )
      order by c.gaming_day
    loop
      perform compliance._settle_day(v_actor, v_root, v_day);
    end loop;
    perform compliance._remember(
      v_actor, 'save_identification', idempotency_key,
      jsonb_build_array(save_identification.patron_id, v_request), patron_id => v_root
    );
  end if;
  v_sheet := compliance._identification(save_identification.patron_id);
  return row(
    v_sheet.patron_id, v_sheet.version,
    compliance._missing_identification(save_identification.patron_id),
    v_command.command is not null
  );
end
$$;

alter function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) owner to compliance_service;
revoke all on function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) from public;
grant execute on function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) to pit_staff;

comment on function compliance.save_identification(
  uuid, text, text, text, text, text, text, date, text, text, text, text, text, text, text, text,
  boolean, text, text, text, text, text
) is
  'Saves a person''s identification: null keeps what is known, an empty text takes it away. '
  'Capability mtl:create. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTPAT, MTIDN with the refused '
  'fields in its details.';
--! EndIncluded compliance/save_identification.sql
--! Included compliance/identification.sql
-- Reads a person's identification. The table itself is closed to everybody, so that every reading
-- goes through here and the taxpayer number is shown whole only to whoever files reports.

create or replace function compliance.identification(patron_id uuid)
returns compliance.identified_person
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_sheet compliance.patron_identification;
  v_number text;
begin
  if not exists (
    select
    from compliance.patron as p
    where p.casino_id = v_actor.casino_id and p.patron_id = identification.patron_id
  ) then
    perform ops._refuse('MTPAT');
  end if;
  v_sheet := compliance._identification(identification.patron_id);
  v_number := v_sheet.taxpayer_number;
  if not identity._may(v_actor, 'ctr:file') then
    v_number := repeat('*', greatest(length(v_number) - 4, 4))
      || right(v_number, least(greatest(length(v_number) - 4, 0), 4));
  end if;
  return row(
    coalesce(v_sheet.patron_id, identification.patron_id), coalesce(v_sheet.version, 0),
    v_sheet.last_name, v_sheet.first_name, v_sheet.middle_name, v_sheet.suffix, v_sheet.gender,
    v_sheet.birth_date, v_sheet.occupation, v_sheet.street, v_sheet.city, v_sheet.state,
    v_sheet.postal_code, v_sheet.country, v_sheet.taxpayer_kind, v_number,
    coalesce(v_sheet.taxpayer_unknown, false), v_sheet.id_type, v_sheet.id_type_other,
    v_sheet.id_number, v_sheet.id_state, v_sheet.id_country,
    compliance._missing_identification(identification.patron_id),
    v_sheet.staff_id, v_sheet.created_at
  );
end
$$;

alter function compliance.identification(uuid) owner to compliance_service;
revoke all on function compliance.identification(uuid) from public;
grant execute on function compliance.identification(uuid) to pit_staff;

comment on function compliance.identification(uuid) is
  'A person''s identification and what it still lacks. Capability mtl:review; the taxpayer number '
  'is masked without ctr:file. Errors: IDUNA, IDFRB, MTPAT.';
--! EndIncluded compliance/identification.sql
--! Included compliance/add_audit_note.sql
-- Adds a note to an entry, to a person or to a case: for what the figures don't say. Whoever may
-- record cash may explain an entry; people and cases are the reviewers' business.

create or replace function compliance.add_audit_note(
  entry_id uuid default null,
  patron_id uuid default null,
  case_id uuid default null,
  note text default null,
  idempotency_key text default null
) returns compliance.audit_note_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter(
    case
      when num_nonnulls(add_audit_note.patron_id, add_audit_note.case_id) = 0 then 'mtl:create'
      else 'mtl:review'
    end
  );
  v_request jsonb := jsonb_build_array(
    add_audit_note.entry_id, add_audit_note.patron_id, add_audit_note.case_id,
    add_audit_note.note
  );
  v_command compliance.mtl_command := compliance._claim_key(
    v_actor, 'add_audit_note', add_audit_note.idempotency_key, v_request
  );
  v_text text := btrim(add_audit_note.note, E' \t\r\n');
  v_note compliance.mtl_audit_note;
begin
  if v_command.command is not null then
    select * into strict v_note
    from compliance.mtl_audit_note as n
    where n.casino_id = v_actor.casino_id and n.note_id = v_command.note_id;
    return row(v_note, true);
  end if;

  if add_audit_note.patron_id is not null then
    if not exists (
      select
      from compliance.patron as p
      where p.casino_id = v_actor.casino_id and p.patron_id = add_audit_note.patron_id
    ) then
      perform ops._refuse('MTPAT');
    end if;
  elsif add_audit_note.case_id is not null then
    if not exists (
      select
      from compliance.ctr_case as c
      where c.casino_id = v_actor.casino_id and c.case_id = add_audit_note.case_id
    ) then
      perform ops._refuse('MTCNF');
    end if;
  elsif not exists (
    select
    from compliance.mtl_entry as e
    where e.casino_id = v_actor.casino_id and e.entry_id = add_audit_note.entry_id
  ) then
    perform ops._refuse('MTENT');
  end if;
  if coalesce(v_text, '') = ''
    or length(v_text) > 4000
    or num_nonnulls(
      add_audit_note.entry_id, add_audit_note.patron_id, add_audit_note.case_id
    ) <> 1
  then
    perform ops._refuse('MTNOT');
  end if;

  insert into compliance.mtl_audit_note (
    casino_id, entry_id, patron_id, case_id, note, staff_id, correlation_id, idempotency_key
  )
  values (
    v_actor.casino_id, add_audit_note.entry_id, add_audit_note.patron_id,
    add_audit_note.case_id, v_text, v_actor.staff_id, v_actor.correlation_id,
    add_audit_note.idempotency_key
  )
  returning * into v_note;
  perform compliance._remember(
    v_actor, 'add_audit_note', add_audit_note.idempotency_key, v_request,
    note_id => v_note.note_id
  );
  return row(v_note, false);
end
$$;

alter function compliance.add_audit_note(uuid, uuid, uuid, text, text)
owner to compliance_service;
revoke all on function compliance.add_audit_note(uuid, uuid, uuid, text, text) from public;
grant execute on function compliance.add_audit_note(uuid, uuid, uuid, text, text) to pit_staff;

comment on function compliance.add_audit_note(uuid, uuid, uuid, text, text) is
  'Adds a note to exactly one of an entry, a patron or a case. Capability mtl:create for an entry, '
  'mtl:review otherwise. Errors: IDUNA, IDFRB, IDKEY, LYIDM, MTENT, MTPAT, MTCNF, MTNOT.';
--! EndIncluded compliance/add_audit_note.sql
--! Included compliance/_lock_case.sql
-- Takes a case in hand: the lock of its person, under which everything about one person's day
-- happens, and then the case's own row. While waiting, an identification may have given the case
-- to somebody else; then theirs is the lock that counts.

create or replace function compliance._lock_case(actor identity.actor, case_id uuid)
returns compliance.ctr_case
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_patron uuid;
  v_person uuid;
  v_case compliance.ctr_case;
begin
  loop
    select c.patron_id into v_patron
    from compliance.ctr_case as c
    where c.casino_id = actor.casino_id and c.case_id = _lock_case.case_id;
    if not found then
      perform ops._refuse('MTCNF');
    end if;
    v_person := compliance._lock_person(actor, v_patron);

    select * into v_case
    from compliance.ctr_case as c
    where c.casino_id = actor.casino_id and c.case_id = _lock_case.case_id
    for no key update;
    exit when v_case.patron_id = v_patron;
  end loop;
  return v_case;
end
$$;

alter function compliance._lock_case(identity.actor, uuid) owner to compliance_service;
revoke all on function compliance._lock_case(identity.actor, uuid) from public;

comment on function compliance._lock_case(identity.actor, uuid) is
  'Locks the person of a case and the case, and gives the case. Error: MTCNF.';
--! EndIncluded compliance/_lock_case.sql
--! Included compliance/_complete_report.sql
-- A case's report when nothing is missing in it. What is missing is said field by field, so that
-- whoever prepares or files it knows what to ask for.

create or replace function compliance._complete_report(
  actor identity.actor,
  ctr_case compliance.ctr_case
) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_report jsonb := compliance._ctr_report(actor, ctr_case.case_id);
  v_missing text[] := array(
    select m.field from jsonb_array_elements_text(v_report -> 'missing') as m (field)
  );
begin
  if cardinality(v_missing) > 0 then
    perform ops._refuse(
      'MTIDN', array[replace(array_to_string(v_missing, ', '), '_', ' ') || ' missing'],
      jsonb_build_object('missing', v_missing)
    );
  end if;
  return v_report;
end
$$;

alter function compliance._complete_report(identity.actor, compliance.ctr_case)
owner to compliance_service;
revoke all on function compliance._complete_report(identity.actor, compliance.ctr_case)
from public;

comment on function compliance._complete_report(identity.actor, compliance.ctr_case) is
  'What a case''s report says. Error: MTIDN with the missing fields in its details.';
--! EndIncluded compliance/_complete_report.sql
--! Included compliance/prepare_ctr.sql
-- Says that a case is ready to be filed: everything the report needs is known. The case itself is
-- the key, so pressing twice prepares once.

create or replace function compliance.prepare_ctr(case_id uuid)
returns compliance.ctr_case_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_case compliance.ctr_case := compliance._lock_case(v_actor, prepare_ctr.case_id);
  v_report jsonb;
begin
  if v_case.state = 'ready' then
    return row(v_case, true);
  end if;
  if v_case.state <> 'open' then
    perform ops._refuse('MTCAS', array[v_case.state, 'ready']);
  end if;
  v_report := compliance._complete_report(v_actor, v_case);
  update compliance.ctr_case as c
  set state = 'ready', state_changed_at = now()
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id
  returning * into v_case;
  return row(v_case, false);
end
$$;

alter function compliance.prepare_ctr(uuid) owner to compliance_service;
revoke all on function compliance.prepare_ctr(uuid) from public;
grant execute on function compliance.prepare_ctr(uuid) to pit_staff;

comment on function compliance.prepare_ctr(uuid) is
  'Makes an open case ready, when its identification is complete. Capability mtl:review. Errors: '
  'IDUNA, IDFRB, MTCNF, MTCAS, MTIDN with the missing fields in its details.';
--! EndIncluded compliance/prepare_ctr.sql
--! Included compliance/file_ctr.sql
-- Files a case: freezes its report as the next version, which nobody can change. Where the report
-- was exported, it is the exported one, since that is what FinCEN holds, also when the case has
-- closed meanwhile; what changed since makes an amendment due at once. Otherwise it was filed on
-- paper, say, and is the report of now. Of a filed case that no longer agrees, it files an
-- amendment. Filing what is filed already gives the case again; since filing what was exported can
-- make an amendment due at once, a call that may be repeated says which version it means.

create or replace function compliance.file_ctr(case_id uuid, version integer default null)
returns compliance.ctr_case_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_case compliance.ctr_case := compliance._lock_case(v_actor, file_ctr.case_id);
  v_report jsonb := compliance._exported_report(v_case);
  v_next integer := coalesce(v_case.filed_version, 0) + 1;
begin
  if file_ctr.version between 1 and v_case.filed_version
    or file_ctr.version is null and v_case.state = 'filed' and not v_case.amendment_due
  then
    return row(v_case, true);
  end if;
  if file_ctr.version <> v_next
    or v_case.state not in ('ready', 'filed', 'acknowledged', 'closed')
    or v_case.state in ('filed', 'acknowledged') and not v_case.amendment_due
    or v_case.state = 'closed' and v_report is null
  then
    perform ops._refuse('MTCAS', array[v_case.state, 'filed']);
  end if;
  v_report := coalesce(v_report, compliance._complete_report(v_actor, v_case));

  insert into compliance.ctr_filing (
    casino_id, case_id, version, patron_id, cash_in, cash_out, amends_bsa_id, filed_by,
    correlation_id, report
  )
  values (
    v_actor.casino_id, v_case.case_id, v_next,
    -- The person is the last whom a report names.
    (v_report #>> '{persons,-1,patron_id}')::uuid,
    (v_report ->> 'exact_in')::numeric, (v_report ->> 'exact_out')::numeric,
    case when v_case.filed_version is not null then v_case.bsa_id end,
    v_actor.staff_id, v_actor.correlation_id, v_report
  );
  update compliance.ctr_case as c
  set
    state = 'filed', state_changed_at = now(), closed_reason = null, amendment_due = false,
    filed_version = v_next
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id;
  perform compliance._settle_day(v_actor, v_case.patron_id, v_case.gaming_day);
  select c.* into v_case
  from compliance.ctr_case as c
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id;
  return row(v_case, false);
end
$$;

alter function compliance.file_ctr(uuid, integer) owner to compliance_service;
revoke all on function compliance.file_ctr(uuid, integer) from public;
grant execute on function compliance.file_ctr(uuid, integer) to pit_staff;

comment on function compliance.file_ctr(uuid, integer) is
  'Files a ready case, or the amendment that a filed one needs, as a version that never changes: '
  'the report that was exported since the last filing, or else the report of now. '
  'version is the one that is meant, 1 for the first filing; when it is filed already, the case '
  'comes back with replayed. Without it, whatever is to be filed next is. '
  'Capability ctr:file. Errors: IDUNA, IDFRB, MTCNF, MTCAS, MTIDN with the missing fields in its '
  'details.';
--! EndIncluded compliance/file_ctr.sql
--! Included compliance/acknowledge_ctr.sql
-- Notes that FinCEN has taken a filed report in, under which identifier. An amendment gets an
-- identifier of its own; the one before stays with the version that names it. An identifier that
-- another report has, an earlier version of the same case too, is never given again: it came with
-- an acknowledgement of something else.

create or replace function compliance.acknowledge_ctr(case_id uuid, bsa_id text)
returns compliance.ctr_case_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_case compliance.ctr_case := compliance._lock_case(v_actor, acknowledge_ctr.case_id);
  v_bsa_id text := btrim(acknowledge_ctr.bsa_id);
begin
  if not coalesce(v_bsa_id ~ '^[0-9]{14}$' and v_bsa_id !~ '^0+$', false) then
    perform ops._refuse('MTBSA');
  end if;
  if v_case.state = 'acknowledged' and v_case.bsa_id = v_bsa_id then
    return row(v_case, true);
  end if;
  if v_case.state <> 'filed' then
    perform ops._refuse('MTCAS', array[v_case.state, 'acknowledged']);
  end if;
  perform ops._lock(v_actor.casino_id, 'compliance:bsa:' || v_bsa_id);
  if exists (
    select
    from compliance.ctr_case as c
    where c.casino_id = v_actor.casino_id and c.bsa_id = v_bsa_id
    union all
    select
    from compliance.ctr_filing as f
    where f.casino_id = v_actor.casino_id and f.amends_bsa_id = v_bsa_id
  ) then
    perform ops._refuse('MTBSA');
  end if;
  update compliance.ctr_case as c
  set state = 'acknowledged', state_changed_at = now(), bsa_id = v_bsa_id
  where c.casino_id = v_actor.casino_id and c.case_id = v_case.case_id
  returning * into v_case;
  return row(v_case, false);
end
$$;

alter function compliance.acknowledge_ctr(uuid, text) owner to compliance_service;
revoke all on function compliance.acknowledge_ctr(uuid, text) from public;
grant execute on function compliance.acknowledge_ctr(uuid, text) to pit_staff;

comment on function compliance.acknowledge_ctr(uuid, text) is
  'Records the BSA identifier of a filed case. Capability ctr:file. Errors: IDUNA, IDFRB, MTCNF, '
  'MTBSA, MTCAS.';
--! EndIncluded compliance/acknowledge_ctr.sql
--! Included compliance/alert_finding.sql
-- What one alert rule found, before it is known whether that was found earlier: the shape that all
-- five rules give.

create type compliance.alert_finding as (
  rule text,
  patron_id uuid,
  direction text,
  gaming_day date,
  amount numeric,
  details jsonb
);

alter type compliance.alert_finding owner to pit_owner;

comment on type compliance.alert_finding is
  'A person, direction and gaming day (the latest that takes part) that fit an alert rule, the sum '
  'and what it is made of.';
--! EndIncluded compliance/alert_finding.sql
--! Included compliance/_person_days.sql
-- What the alert rules about days look at: every person's sums, one row per direction, with the
-- thresholds of that day. Linked patrons are one person.

create or replace function compliance._person_days(
  actor identity.actor,
  first_day date,
  last_day date
)
returns table (
  patron_id uuid,
  gaming_day date,
  direction text,
  amount numeric,
  log_floor numeric,
  ctr_threshold numeric
)
language sql
stable
begin atomic
  select
    coalesce(l.player_patron_id, d.patron_id), d.gaming_day, s.direction, sum(s.amount),
    max(t.log_floor), max(t.ctr_threshold)
  from compliance.patron_gaming_day as d
  left join compliance.patron_link as l
    on l.casino_id = identity._casino()
      and l.unknown_patron_id = d.patron_id
      and l.undone_at is null
  cross join lateral compliance._thresholds(actor, d.gaming_day) as t
  cross join lateral (values ('in', d.cash_in), ('out', d.cash_out)) as s (direction, amount)
  where d.casino_id = identity._casino()
    and d.gaming_day between first_day and last_day
  group by 1, 2, 3;
end;

alter function compliance._person_days(identity.actor, date, date) owner to compliance_service;
revoke all on function compliance._person_days(identity.actor, date, date) from public;

comment on function compliance._person_days(identity.actor, date, date) is
  'Sums per person, gaming day and direction, with the thresholds that were in force.';
--! EndIncluded compliance/_person_days.sql
--! Included compliance/_person_cash.sql
-- What the alert rules about kinds look at: the entries of some days with the person that each
-- belongs to now. Offsets take away what they offset, at the same moment and table.

create or replace function compliance._person_cash(first_day date, last_day date)
returns table (
  patron_id uuid,
  gaming_day date,
  kind text,
  table_id uuid,
  occurred_at timestamptz,
  cash_in numeric,
  cash_out numeric,
  amount numeric
)
language sql
stable
begin atomic
  select
    coalesce(l.player_patron_id, e.patron_id), e.gaming_day, e.kind, e.table_id, e.occurred_at,
    e.cash_in, e.cash_out, case when e.entry_role = 'offset' then - e.amount else e.amount end
  from compliance.mtl_entry as e
  left join compliance.patron_link as l
    on l.casino_id = identity._casino()
      and l.unknown_patron_id = e.patron_id
      and l.undone_at is null
  where e.casino_id = identity._casino()
    and e.gaming_day between first_day and last_day
    and e.kind in ('chip_purchase', 'chip_redemption', 'marker_payment');
end;

alter function compliance._person_cash(date, date) owner to compliance_service;
revoke all on function compliance._person_cash(date, date) from public;

comment on function compliance._person_cash(date, date) is
  'Chip purchases, chip redemptions and marker payments of some gaming days, by person.';
--! EndIncluded compliance/_person_cash.sql
--! Included compliance/_find_just_below.sql
-- Sums that stay just below the threshold: on 2 or more of the last 7 gaming days, in one
-- direction, 80 to 100 % of it. Structuring looks like this; so does a regular with a habit.

create or replace function compliance._find_just_below(actor identity.actor, last_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'just_below', d.patron_id, d.direction, max(d.gaming_day), sum(d.amount),
    jsonb_build_object(
      'days',
      jsonb_agg(
        jsonb_build_object('gamingDay', d.gaming_day, 'amount', d.amount) order by d.gaming_day
      )
    )
  from compliance._person_days(actor, last_day - 6, last_day) as d
  where d.amount between 0.8 * d.ctr_threshold and d.ctr_threshold
  group by d.patron_id, d.direction
  having count(*) >= 2;
end;

alter function compliance._find_just_below(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_just_below(identity.actor, date) from public;

comment on function compliance._find_just_below(identity.actor, date) is
  'Alert rule just_below in the 7 gaming days that end with last_day.';
--! EndIncluded compliance/_find_just_below.sql
--! Included compliance/_find_repeat.sql
-- Somebody who is to be watched again and again: 3 or more of the last 7 gaming days with a sum,
-- in one direction, at the log floor or above.

create or replace function compliance._find_repeat(actor identity.actor, last_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'repeat', d.patron_id, d.direction, max(d.gaming_day), sum(d.amount),
    jsonb_build_object(
      'days',
      jsonb_agg(
        jsonb_build_object('gamingDay', d.gaming_day, 'amount', d.amount) order by d.gaming_day
      )
    )
  from compliance._person_days(actor, last_day - 6, last_day) as d
  where d.amount >= d.log_floor
  group by d.patron_id, d.direction
  having count(*) >= 3;
end;

alter function compliance._find_repeat(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_repeat(identity.actor, date) from public;

comment on function compliance._find_repeat(identity.actor, date) is
  'Alert rule repeat in the 7 gaming days that end with last_day.';
--! EndIncluded compliance/_find_repeat.sql
--! Included compliance/_find_marker_paydown.sql
-- Markers paid down in currency, bit by bit: over 20 000 within 7 gaming days, and never more than
-- the threshold in one of them, so that no report told of it.

create or replace function compliance._find_marker_paydown(actor identity.actor, last_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'marker_paydown', d.patron_id, 'in', max(d.gaming_day), sum(d.amount),
    jsonb_build_object(
      'days',
      jsonb_agg(
        jsonb_build_object('gamingDay', d.gaming_day, 'amount', d.amount) order by d.gaming_day
      )
    )
  from (
    select c.patron_id, c.gaming_day, sum(c.cash_in) as amount
    from compliance._person_cash(last_day - 6, last_day) as c
    where c.kind = 'marker_payment'
    group by c.patron_id, c.gaming_day
    having sum(c.cash_in) > 0
  ) as d
  cross join lateral compliance._thresholds(actor, d.gaming_day) as t
  group by d.patron_id
  having sum(d.amount) > 20000 and bool_and(d.amount <= t.ctr_threshold);
end;

alter function compliance._find_marker_paydown(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_marker_paydown(identity.actor, date) from public;

comment on function compliance._find_marker_paydown(identity.actor, date) is
  'Alert rule marker_paydown in the 7 gaming days that end with last_day.';
--! EndIncluded compliance/_find_marker_paydown.sql
--! Included compliance/_find_chip_walk.sql
-- Chips that were bought and carried away: purchases of 5 000 to 10 000 in a gaming day, under 20
-- minutes of rated play, and no chips redeemed. Nobody has rated an unknown person.

create or replace function compliance._find_chip_walk(actor identity.actor, on_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  select
    'chip_walk', c.patron_id, 'in', on_day, c.bought,
    jsonb_build_object('bought', c.bought, 'ratedSeconds', play.seconds)
  from (
    select
      e.patron_id,
      coalesce(sum(e.cash_in) filter (where e.kind = 'chip_purchase'), 0) as bought,
      coalesce(sum(e.amount) filter (where e.kind = 'chip_redemption'), 0) as redeemed
    from compliance._person_cash(on_day, on_day) as e
    group by e.patron_id
  ) as c
  join compliance.patron as p
    on p.casino_id = identity._casino() and p.patron_id = c.patron_id
  cross join lateral (
    select
      case
        when p.player_id is null then 0
        else floor._rated_seconds(
          p.player_id,
          (on_day + actor.gaming_day_start) at time zone actor.timezone,
          (on_day + 1 + actor.gaming_day_start) at time zone actor.timezone
        )
      end as seconds
  ) as play
  where c.bought between 5000 and 10000
    and c.redeemed = 0
    and play.seconds < 20 * 60;
end;

alter function compliance._find_chip_walk(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_chip_walk(identity.actor, date) from public;

comment on function compliance._find_chip_walk(identity.actor, date) is
  'Alert rule chip_walk on a gaming day.';
--! EndIncluded compliance/_find_chip_walk.sql
--! Included compliance/_find_combined_buyers.sql
-- Several who buy and one who cashes in: 2 or more people each buy chips for 3 000 to 10 000 at
-- one table within 30 minutes, and one of them redeems more than the threshold that day.

create or replace function compliance._find_combined_buyers(actor identity.actor, on_day date)
returns setof compliance.alert_finding
language sql
stable
begin atomic
  with cash as materialized (
    select * from compliance._person_cash(on_day, on_day)
  ),
  buyer as (
    -- For each purchase: what everybody bought at that table in the half hour that it begins.
    select a.table_id, a.occurred_at as since, b.patron_id, sum(b.cash_in) as bought
    from (
      select distinct c.table_id, c.occurred_at
      from cash as c
      where c.kind = 'chip_purchase' and c.table_id is not null
    ) as a
    join cash as b
      on b.kind = 'chip_purchase'
        and b.table_id = a.table_id
        and b.occurred_at between a.occurred_at and a.occurred_at + interval '30 minutes'
    group by a.table_id, a.occurred_at, b.patron_id
    having sum(b.cash_in) between 3000 and 10000
  ),
  together as (
    select
      b.table_id, b.since, count(*) as buyers,
      array_agg(b.patron_id) as patron_ids,
      jsonb_agg(
        jsonb_build_object('patronId', b.patron_id, 'amount', b.bought) order by b.patron_id
      ) as bought
    from buyer as b
    group by b.table_id, b.since
    having count(*) >= 2
  ),
  redeemer as (
    select c.patron_id, sum(c.cash_out) as redeemed
    from cash as c
    where c.kind = 'chip_redemption'
    group by c.patron_id
  )
  select distinct on (r.patron_id)
    'combined_buyers', r.patron_id, 'out', on_day, r.redeemed,
    jsonb_build_object('tableId', g.table_id, 'since', g.since, 'buyers', g.bought)
  from redeemer as r
  join together as g on r.patron_id = any (g.patron_ids)
  cross join lateral compliance._thresholds(actor, on_day) as t
  where r.redeemed > t.ctr_threshold
  order by r.patron_id, g.buyers desc, g.since, g.table_id;
end;

alter function compliance._find_combined_buyers(identity.actor, date) owner to compliance_service;
revoke all on function compliance._find_combined_buyers(identity.actor, date) from public;

comment on function compliance._find_combined_buyers(identity.actor, date) is
  'Alert rule combined_buyers on a gaming day; the alert is the redeemer''s and names the buyers.';
--! EndIncluded compliance/_find_combined_buyers.sql
--! Included compliance/_evaluate_alerts.sql
-- Looks for the five patterns as of a gaming day and writes down what was not found before. Whether
-- chips were walked is known when the day is over, so it can be left to the next evaluation.

create or replace function compliance._evaluate_alerts(
  actor identity.actor,
  gaming_day date,
  chip_walks boolean default true
) returns integer
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_raised integer;
begin
  insert into compliance.compliance_alert (
    casino_id, rule, patron_id, direction, gaming_day, amount, details, correlation_id
  )
  select
    actor.casino_id, f.rule, f.patron_id, f.direction, f.gaming_day, f.amount, f.details,
    actor.correlation_id
  from (
    select * from compliance._find_just_below(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_repeat(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_marker_paydown(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_combined_buyers(actor, _evaluate_alerts.gaming_day)
    union all
    select * from compliance._find_chip_walk(actor, _evaluate_alerts.gaming_day)
    where chip_walks
  ) as f
  -- In one order, so that two evaluations at once wait for each other and don't deadlock.
  order by f.patron_id, f.rule, f.direction, f.gaming_day
  on conflict on constraint it_is_found_once do nothing;
  get diagnostics v_raised = row_count;
  return v_raised;
end
$$;

alter function compliance._evaluate_alerts(identity.actor, date, boolean)
owner to compliance_service;
revoke all on function compliance._evaluate_alerts(identity.actor, date, boolean) from public;

comment on function compliance._evaluate_alerts(identity.actor, date, boolean) is
  'Evaluates the alert rules as of a gaming day and gives the number of new alerts.';
--! EndIncluded compliance/_evaluate_alerts.sql
--! Included compliance/evaluate_alerts.sql
-- A reviewer wants the alerts now, or for a day in the past: the worker does the same every few
-- minutes. An alert is found once, so asking again raises nothing twice.

create or replace function compliance.evaluate_alerts(gaming_day date default null)
returns compliance.alert_evaluation
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_day date := coalesce(
    evaluate_alerts.gaming_day,
    identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now())
  );
  v_raised integer := compliance._evaluate_alerts(v_actor, v_day);
begin
  return row(v_day, v_raised, v_raised = 0);
end
$$;

alter function compliance.evaluate_alerts(date) owner to compliance_service;
revoke all on function compliance.evaluate_alerts(date) from public;
grant execute on function compliance.evaluate_alerts(date) to pit_staff;

comment on function compliance.evaluate_alerts(date) is
  'Evaluates the alert rules as of a gaming day (default: the running one). Capability '
  'mtl:review. Errors: IDUNA, IDFRB.';
--! EndIncluded compliance/evaluate_alerts.sql
--! Included compliance/evaluate_alerts_job.sql
-- The job behind the alerts: the day before, which may still get corrections, and the running day.
-- Who has just bought chips hasn't walked off with them, so chip walks wait until a day is over.

create or replace function compliance.evaluate_alerts_job(ticket text)
returns compliance.alert_evaluation
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('compliance/evaluate_alerts', ticket);
  v_today date := identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now());
  v_raised integer := compliance._evaluate_alerts(v_actor, v_today - 1);
begin
  v_raised := v_raised + compliance._evaluate_alerts(v_actor, v_today, chip_walks => false);
  return row(v_today, v_raised, v_raised = 0);
end
$$;

alter function compliance.evaluate_alerts_job(text) owner to compliance_service;
revoke all on function compliance.evaluate_alerts_job(text) from public;
grant execute on function compliance.evaluate_alerts_job(text) to pit_worker;

comment on function compliance.evaluate_alerts_job(text) is
  'For the task compliance/evaluate_alerts: evaluates the alert rules for yesterday and today. '
  'Error: OPTKT.';
--! EndIncluded compliance/evaluate_alerts_job.sql
--! Included compliance/resolve_alert.sql
-- A reviewer has looked at an alert and says what came of it. Once; who was faster is not
-- overwritten.

create or replace function compliance.resolve_alert(alert_id uuid, note text)
returns compliance.alert_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_note text := btrim(resolve_alert.note, E' \t\r\n');
  v_alert compliance.compliance_alert;
begin
  select * into v_alert
  from compliance.compliance_alert as a
  where a.casino_id = v_actor.casino_id and a.alert_id = resolve_alert.alert_id
  for no key update;
  if v_alert.resolved_by = v_actor.staff_id and v_alert.resolution = v_note then
    return row(v_alert, true);
  end if;
  if v_alert.alert_id is null or v_alert.resolved_at is not null then
    perform ops._refuse('MTALT');
  end if;
  if coalesce(v_note, '') = '' or length(v_note) > 4000 then
    perform ops._refuse('MTNOT');
  end if;
  update compliance.compliance_alert as a
  set resolved_at = now(), resolved_by = v_actor.staff_id, resolution = v_note
  where a.casino_id = v_actor.casino_id and a.alert_id = v_alert.alert_id
  returning * into v_alert;
  return row(v_alert, false);
end
$$;

alter function compliance.resolve_alert(uuid, text) owner to compliance_service;
revoke all on function compliance.resolve_alert(uuid, text) from public;
grant execute on function compliance.resolve_alert(uuid, text) to pit_staff;

comment on function compliance.resolve_alert(uuid, text) is
  'Closes an alert with a note. Capability mtl:review. Errors: IDUNA, IDFRB, MTALT, MTNOT.';
--! EndIncluded compliance/resolve_alert.sql
--! Included compliance/sign_off_gaming_day.sql
-- A compliance officer's signature under a gaming day that is over: once, and only when none of
-- its cases waits to be prepared or filed. The refusal says what blocks it.

create or replace function compliance.sign_off_gaming_day(
  gaming_day date,
  note text default null
) returns compliance.sign_off_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_blocking jsonb;
  v_signed compliance.gaming_day_sign_off;
begin
  if not identity._may(v_actor, 'mtl:review') then
    perform ops._refuse('IDFRB', array['mtl:review']);
  end if;
  if coalesce(
    sign_off_gaming_day.gaming_day
      >= identity._gaming_day(v_actor.timezone, v_actor.gaming_day_start, now()),
    true
  ) then
    perform ops._refuse(
      'MTSGN', array[sign_off_gaming_day.gaming_day::text, 'it isn''t over yet']
    );
  end if;

  select jsonb_agg(
    jsonb_build_object('caseId', c.case_id, 'state', c.state) order by c.due_on, c.case_id
  )
  into v_blocking
  from compliance.ctr_case as c
  where c.casino_id = v_actor.casino_id
    and c.gaming_day = sign_off_gaming_day.gaming_day
    and c.state in ('open', 'ready');
  if v_blocking is not null then
    perform ops._refuse(
      'MTSGN',
      array[sign_off_gaming_day.gaming_day::text, 'it has cases that are open or ready'],
      jsonb_build_object('blocking', v_blocking)
    );
  end if;

  insert into compliance.gaming_day_sign_off as s (
    casino_id, gaming_day, note, signed_off_by, correlation_id
  )
  values (
    v_actor.casino_id, sign_off_gaming_day.gaming_day,
    nullif(btrim(sign_off_gaming_day.note, E' \t\r\n'), ''),
    v_actor.staff_id, v_actor.correlation_id
  )
  on conflict on constraint gaming_day_sign_off_pkey do nothing
  returning * into v_signed;
  if not found then
    perform ops._refuse(
      'MTSGN', array[sign_off_gaming_day.gaming_day::text, 'it was signed off already']
    );
  end if;
  return row(v_signed, false);
end
$$;

alter function compliance.sign_off_gaming_day(date, text) owner to compliance_service;
revoke all on function compliance.sign_off_gaming_day(date, text) from public;
grant execute on function compliance.sign_off_gaming_day(date, text) to pit_staff;

comment on function compliance.sign_off_gaming_day(date, text) is
  'Signs a gaming day off. Capabilities ctr:file and mtl:review. Errors: IDUNA, IDFRB, MTSGN with '
  'the blocking cases in its details.';
--! EndIncluded compliance/sign_off_gaming_day.sql
--! Included compliance/patron_day.sql
-- The dashboard's rows: one person's gaming day, with the sums over everybody who was identified as
-- them, a badge for each direction, and the case. Runs with its reader's rights: totals and cases
-- need mtl:review. Badges are those of compliance._badge, which readers can't call.

create view compliance.patron_day with (security_invoker = true) as
select
  d.casino_id,
  d.patron_id,
  d.gaming_day,
  p.player_id,
  f.card_no,
  coalesce(f.first_name || ' ' || f.last_name, p.known_name) as name,
  nullif(
    concat_ws(
      ', ', p.description, p.sex, p.apparent_age, p.height, p.build, p.hair, p.clothing, p.seat
    ),
    ''
  ) as description,
  d.cash_in,
  d.cash_out,
  d.entries_in,
  d.entries_out,
  case
    when d.cash_in > t.ctr_threshold then 'reportable'
    when d.cash_in > 0.9 * t.ctr_threshold then 'near'
    when d.cash_in >= t.log_floor then 'watch'
    else 'none'
  end as badge_in,
  case
    when d.cash_out > t.ctr_threshold then 'reportable'
    when d.cash_out > 0.9 * t.ctr_threshold then 'near'
    when d.cash_out >= t.log_floor then 'watch'
    else 'none'
  end as badge_out,
  array(
    select distinct e.area
    from compliance.mtl_entry as e
    where e.casino_id = d.casino_id
      and e.gaming_day = d.gaming_day
      and e.patron_id = any (d.patron_ids)
    order by e.area
  ) as areas,
  k.case_id,
  k.state as case_state,
  k.due_on,
  k.amendment_due,
  d.updated_at
from (
  select
    g.casino_id,
    coalesce(l.player_patron_id, g.patron_id) as patron_id,
    g.gaming_day,
    array_agg(g.patron_id) as patron_ids,
    sum(g.cash_in) as cash_in,
    sum(g.cash_out) as cash_out,
    sum(g.entries_in)::integer as entries_in,
    sum(g.entries_out)::integer as entries_out,
    max(g.updated_at) as updated_at
  from compliance.patron_gaming_day as g
  left join compliance.patron_link as l
    on l.casino_id = g.casino_id and l.unknown_patron_id = g.patron_id and l.undone_at is null
  group by g.casino_id, coalesce(l.player_patron_id, g.patron_id), g.gaming_day
) as d
join identity.casino as c on c.casino_id = d.casino_id
join compliance.patron as p on p.casino_id = d.casino_id and p.patron_id = d.patron_id
left join floor.player as f on f.casino_id = p.casino_id and f.player_id = p.player_id
cross join lateral (
  select t.log_floor, t.ctr_threshold
  from compliance.threshold_policy as t
  where t.casino_id = d.casino_id
    and t.effective_from <= (d.gaming_day + c.gaming_day_start) at time zone c.timezone
  order by t.effective_from desc
  limit 1
) as t
left join compliance.ctr_case as k
  on k.casino_id = d.casino_id
    and k.patron_id = d.patron_id
    and k.gaming_day = d.gaming_day
    and k.state <> 'merged';

alter view compliance.patron_day owner to pit_owner;
grant select on compliance.patron_day to pit_staff;

comment on view compliance.patron_day is
  E'@primaryKey casino_id,patron_id,gaming_day\n'
  'A person''s cash of a gaming day with its badges and its case.';
comment on column compliance.patron_day.patron_id is
  'The person: a player''s patron, or an unknown person nobody has identified.';
comment on column compliance.patron_day.name is
  'A player''s name, or the one by which an unknown person is known.';
comment on column compliance.patron_day.description is 'What an unknown person looks like.';
comment on column compliance.patron_day.badge_in is
  'Of cash in: none, watch (from the log floor), near (over 90 % of the threshold) or reportable.';
comment on column compliance.patron_day.badge_out is 'The same of cash out.';
comment on column compliance.patron_day.areas is 'Where the entries of the day were made.';
comment on column compliance.patron_day.case_id is 'The day''s case; null when it has none.';
--! EndIncluded compliance/patron_day.sql
--! Included compliance/gaming_day_summary.sql
-- One gaming day of the house as the dashboard heads it: how much cash, how many people at which
-- badge, what blocks its signature, and who signed. Runs with its reader's rights. Days come first
-- and are summed one by one, so that a list of the latest days doesn't add up years.

create view compliance.gaming_day_summary with (security_invoker = true) as
select
  x.casino_id,
  x.gaming_day,
  d.persons,
  d.cash_in,
  d.cash_out,
  d.entries_in,
  d.entries_out,
  d.reportable,
  d.near,
  d.watch,
  k.cases_open,
  k.cases_ready,
  k.cases_filed,
  k.cases_acknowledged,
  k.amendments_due,
  k.cases_overdue,
  k.cases_open + k.cases_ready as blocking_cases,
  (
    select count(*)::integer
    from compliance.compliance_alert as a
    where a.casino_id = x.casino_id and a.gaming_day = x.gaming_day and a.resolved_at is null
  ) as open_alerts,
  x.gaming_day < ((now() at time zone c.timezone) - c.gaming_day_start)::date as is_over,
  s.signed_off_at,
  s.signed_off_by,
  s.note as sign_off_note
from (
  select distinct g.casino_id, g.gaming_day from compliance.patron_gaming_day as g
) as x
join identity.casino as c on c.casino_id = x.casino_id
cross join lateral (
  select
    count(*)::integer as persons,
    sum(p.cash_in) as cash_in,
    sum(p.cash_out) as cash_out,
    sum(p.entries_in)::integer as entries_in,
    sum(p.entries_out)::integer as entries_out,
    (
      count(*) filter (where 'reportable' in (p.badge_in, p.badge_out))
    )::integer as reportable,
    (
      count(*) filter (
        where 'near' in (p.badge_in, p.badge_out)
          and 'reportable' not in (p.badge_in, p.badge_out)
      )
    )::integer as near,
    (
      count(*) filter (
        where 'watch' in (p.badge_in, p.badge_out)
          and 'near' not in (p.badge_in, p.badge_out)
          and 'reportable' not in (p.badge_in, p.badge_out)
      )
    )::integer as watch
  from compliance.patron_day as p
  where p.casino_id = x.casino_id and p.gaming_day = x.gaming_day
) as d
cross join lateral (
  select
    (count(*) filter (where k.state = 'open'))::integer as cases_open,
    (count(*) filter (where k.state = 'ready'))::integer as cases_ready,
    (count(*) filter (where k.state = 'filed'))::integer as cases_filed,
    (count(*) filter (where k.state = 'acknowledged'))::integer as cases_acknowledged,
    (count(*) filter (where k.amendment_due))::integer as amendments_due,
    (
      count(*) filter (
        where k.state in ('open', 'ready') and k.due_on < (now() at time zone c.timezone)::date
      )
    )::integer as cases_overdue
  from compliance.ctr_case as k
  where k.casino_id = x.casino_id and k.gaming_day = x.gaming_day
) as k
left join compliance.gaming_day_sign_off as s
  on s.casino_id = x.casino_id and s.gaming_day = x.gaming_day;

alter view compliance.gaming_day_summary owner to pit_owner;
grant select on compliance.gaming_day_summary to pit_staff;

comment on view compliance.gaming_day_summary is
  E'@primaryKey casino_id,gaming_day\n'
  'A gaming day''s cash, people, cases and signature.';
comment on column compliance.gaming_day_summary.persons is 'People with entries on the day.';
comment on column compliance.gaming_day_summary.reportable is
  'People with a reportable sum; near and watch count the others by their higher badge.';
comment on column compliance.gaming_day_summary.blocking_cases is
  'Cases that are open or ready: the day can''t be signed off before they are filed or closed.';
comment on column compliance.gaming_day_summary.cases_overdue is
  'Open or ready cases whose last day to file has passed.';
comment on column compliance.gaming_day_summary.is_over is
  'False for the running gaming day, which can''t be signed off yet.';
--! EndIncluded compliance/gaming_day_summary.sql
--! Included compliance/ctr_case_summary.sql
-- A case as lists and its own page show it: whose it is, the sums as they are now and as they were
-- filed, and the clock. Runs with its reader's rights: cases need mtl:review.

create view compliance.ctr_case_summary with (security_invoker = true) as
select
  k.casino_id,
  k.case_id,
  k.patron_id,
  p.player_id,
  f.card_no,
  coalesce(f.first_name || ' ' || f.last_name, p.known_name) as name,
  nullif(
    concat_ws(
      ', ', p.description, p.sex, p.apparent_age, p.height, p.build, p.hair, p.clothing, p.seat
    ),
    ''
  ) as description,
  k.gaming_day,
  coalesce(d.cash_in, 0) as cash_in,
  coalesce(d.cash_out, 0) as cash_out,
  t.ctr_threshold,
  k.state,
  k.closed_reason,
  k.due_on,
  k.due_on - c.today as days_left,
  k.state in ('open', 'ready') and k.due_on < c.today as overdue,
  k.amendment_due,
  k.filed_version,
  k.filed_version is null and exists (
    select
    from compliance.ctr_export as e
    where e.casino_id = k.casino_id
      and e.exported_at >= k.opened_at - interval '1 hour'
      and e.case_ids @> array[k.case_id]
  ) as exported,
  v.filed_at,
  v.filed_by,
  v.cash_in as filed_cash_in,
  v.cash_out as filed_cash_out,
  k.bsa_id,
  k.merged_into_case_id,
  k.opened_by_entry_id,
  k.opened_at,
  k.state_changed_at
from compliance.ctr_case as k
join (
  select
    o.casino_id, o.timezone, o.gaming_day_start,
    (now() at time zone o.timezone)::date as today
  from identity.casino as o
) as c on c.casino_id = k.casino_id
join compliance.patron as p on p.casino_id = k.casino_id and p.patron_id = k.patron_id
left join floor.player as f on f.casino_id = p.casino_id and f.player_id = p.player_id
cross join lateral (
  select t.ctr_threshold
  from compliance.threshold_policy as t
  where t.casino_id = k.casino_id
    and t.effective_from <= (k.gaming_day + c.gaming_day_start) at time zone c.timezone
  order by t.effective_from desc
  limit 1
) as t
cross join lateral (
  select sum(g.cash_in) as cash_in, sum(g.cash_out) as cash_out
  from compliance.patron_gaming_day as g
  where g.casino_id = k.casino_id
    and g.gaming_day = k.gaming_day
    and (
      g.patron_id = k.patron_id
      or g.patron_id in (
        select l.unknown_patron_id
        from compliance.patron_link as l
        where l.casino_id = k.casino_id
          and l.player_patron_id = k.patron_id
          and l.undone_at is null
      )
    )
) as d
left join compliance.ctr_filing as v
  on v.casino_id = k.casino_id and v.case_id = k.case_id and v.version = k.filed_version;

alter view compliance.ctr_case_summary owner to pit_owner;
grant select on compliance.ctr_case_summary to pit_staff;

comment on view compliance.ctr_case_summary is
  E'@primaryKey casino_id,case_id\n'
  'A case with its person, its sums now and as filed, and the days left to file it.';
comment on column compliance.ctr_case_summary.days_left is
  'Days from today to due_on by the casino''s calendar; negative when it has passed.';
comment on column compliance.ctr_case_summary.overdue is
  'Open or ready, and due_on has passed.';
comment on column compliance.ctr_case_summary.exported is
  'In a file that was made, and not noted as filed yet, so that it can be even when it has closed. '
  'Seen with ctr:file, false for others.';
comment on column compliance.ctr_case_summary.filed_cash_in is
  'Cash in of the version filed last; null before that.';
--! EndIncluded compliance/ctr_case_summary.sql
--! Included compliance/cash_entries.sql
-- The cash log in plain words, for an auditor with psql. Patrons are ids; compliance.read_patron
-- tells what is known of somebody.

create or replace view compliance.cash_entries with (security_invoker = true) as
select
  e.patron_id,
  p.player_id,
  e.gaming_day,
  e.occurred_at as happened_at,
  e.created_at as written_at,
  e.direction,
  k.label as kind,
  e.area,
  e.tender,
  e.amount,
  e.cash_in,
  e.cash_out,
  e.entry_role,
  e.corrects_entry_id,
  e.reason,
  e.note,
  e.staff_id as witnessed_by,
  e.licence_no,
  e.entry_id
from compliance.mtl_entry as e
join compliance.mtl_kind as k on k.kind = e.kind
join compliance.patron as p on p.casino_id = e.casino_id and p.patron_id = e.patron_id;

alter view compliance.cash_entries owner to pit_owner;
grant select on compliance.cash_entries to pit_auditor;

comment on view compliance.cash_entries is
  'Every entry of the cash log, for auditors'' logins. cash_in and cash_out are what counts toward '
  'a report.';
--! EndIncluded compliance/cash_entries.sql
--! Included compliance/report_cases.sql
-- The cases of reports in plain words, for an auditor with psql: due when, and what became of
-- them. What a report says of a person is not among it.

create or replace view compliance.report_cases with (security_invoker = true) as
select
  c.case_id,
  c.patron_id,
  c.gaming_day,
  c.state,
  c.due_on,
  f.filed_at,
  f.version as filed_version,
  f.cash_in,
  f.cash_out,
  c.bsa_id,
  c.amendment_due,
  c.closed_reason
from compliance.ctr_case as c
left join compliance.ctr_filing as f
  on f.casino_id = c.casino_id and f.case_id = c.case_id and f.version = c.filed_version
where c.state <> 'merged';

alter view compliance.report_cases owner to pit_owner;
grant select on compliance.report_cases to pit_auditor;

comment on view compliance.report_cases is
  'Every case of a currency transaction report and its latest filing, for auditors'' logins.';
--! EndIncluded compliance/report_cases.sql
--! Included compliance/read_patron.sql
-- An auditor's look at an unknown person's description, logged as floor.read_player is. Everybody
-- else in the log is a player.

create or replace function compliance.read_patron(patron_id uuid, purpose text)
returns compliance.patron
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
  v_purpose text := ops._check_purpose(purpose);
  v_patron compliance.patron;
begin
  select p.* into v_patron
  from compliance.patron as p
  where p.casino_id = v_actor.casino_id and p.patron_id = read_patron.patron_id;
  if not found then
    perform ops._refuse('MTPAT');
  end if;
  perform ops._log(
    v_actor, 'patron read', v_patron.player_id,
    jsonb_build_object('patron_id', v_patron.patron_id, 'purpose', v_purpose)
  );
  return v_patron;
end
$$;

alter function compliance.read_patron(uuid, text) owner to compliance_service;
revoke all on function compliance.read_patron(uuid, text) from public;
grant execute on function compliance.read_patron(uuid, text) to pit_auditor;

comment on function compliance.read_patron(uuid, text) is
  'A patron of the cash log with the description, for an auditor''s login; the look and its '
  'purpose go into the audit log. Errors: IDUNA, IDPUR, MTPAT.';
--! EndIncluded compliance/read_patron.sql
--! Included ops/_apply_cash_event.sql
-- Applies what a feed says of cash: who paid or was paid, a correction, who an unknown person is.
-- The feed names people by cards or by the key of the event that described them, and entries by
-- the key of theirs; what it names and nobody knows becomes an id that nothing has, so that the
-- rule that needs it refuses it in its turn. Visit and slip are locked before the patron, in the
-- order in which commands take them.

create or replace function ops._apply_cash_event(
  actor identity.actor,
  event jsonb,
  at timestamptz
) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  c_nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  v_key text := event ->> 'key';
  v_amount numeric := ops._number(event ->> 'amount');
  v_principal uuid;
  v_here record;
  v_entry compliance.mtl_entry;
  v_done ops.ingestion;
begin
  if event ->> 'type' = 'person' then
    v_done.patron_id := (
      (
        compliance._describe_patron(
          actor, event ->> 'description', null, null, null, null, null, null, null, null, v_key
        )
      ).patron
    ).patron_id;
    return v_done;
  end if;

  if event ->> 'type' = 'cash_corrected' then
    select i.player_id, i.patron_id, i.mtl_entry_id into v_done.player_id, v_done.patron_id,
      v_done.mtl_entry_id
    from ops.ingested_event as i
    where i.casino_id = actor.casino_id
      and i.event_key = event ->> 'ref'
      and i.event_type = 'cash'
      and i.outcome = 'applied';
    v_done.mtl_entry_id := (
      (
        compliance._correct_cash(
          actor, coalesce(v_done.mtl_entry_id, c_nobody), v_amount, event ->> 'reason', v_key
        )
      ).mtl_entry
    ).entry_id;
    return v_done;
  end if;

  if event ->> 'person' is not null then
    select i.patron_id into v_done.patron_id
    from ops.ingested_event as i
    where i.casino_id = actor.casino_id
      and i.event_key = event ->> 'person'
      and i.event_type = 'person'
      and i.outcome = 'applied';
    v_done.patron_id := coalesce(v_done.patron_id, c_nobody);
  end if;
  if event ->> 'card' is not null or event ->> 'person' is null then
    v_done.player_id := coalesce(floor._player_by_card(event ->> 'card'), c_nobody);
  end if;

  if event ->> 'type' = 'identified' then
    perform compliance._identify(
      actor, coalesce(v_done.patron_id, c_nobody), coalesce(v_done.player_id, c_nobody),
      event ->> 'reason', v_key
    );
    return v_done;
  end if;

  if event ->> 'agent_for' is not null then
    v_principal := coalesce(floor._player_by_card(event ->> 'agent_for'), c_nobody);
  end if;
  v_here := floor._whereabouts(coalesce(v_principal, v_done.player_id), event ->> 'table');
  v_entry := (
    compliance._record_cash(
      actor, v_done.patron_id, v_done.player_id, event ->> 'direction', event ->> 'kind',
      event ->> 'area', event ->> 'tender', v_amount, v_key, at,
      table_id => case when event ->> 'table' is not null
        then coalesce(v_here.table_id, c_nobody)
      end,
      agent_for_player_id => v_principal,
      note => event ->> 'note'
    )
  ).mtl_entry;
  v_done.patron_id := coalesce(v_entry.patron_id, v_done.patron_id);
  v_done.visit_id := v_entry.visit_id;
  v_done.rating_slip_id := v_entry.rating_slip_id;
  v_done.mtl_entry_id := v_entry.entry_id;
  return v_done;
end
$$;

alter function ops._apply_cash_event(identity.actor, jsonb, timestamptz) owner to ops_service;
revoke all on function ops._apply_cash_event(identity.actor, jsonb, timestamptz) from public;

comment on function ops._apply_cash_event(identity.actor, jsonb, timestamptz) is
  'Applies a person, cash, cash_corrected or identified event. Errors: those of compliance''s '
  'commands, RSPLR, MTPAT, MTENT, RSTNF.';
--! EndIncluded ops/_apply_cash_event.sql
--! Included ops/_apply_event.sql
-- Applies one event of a feed through the same internal functions that staff commands use, with
-- the checks in the order of feed.md. Raises where the event is refused.

create or replace function ops._apply_event(actor identity.actor, event jsonb) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_type text := event ->> 'type';
  v_at timestamptz := ops._event_time(event ->> 'at');
  v_bet numeric := ops._number(event ->> 'average_bet');
  v_points bigint := ops._whole_number(event ->> 'points');
  v_seat integer := case
    when abs(ops._whole_number(event ->> 'seat')) < 1000000
      then ops._whole_number(event ->> 'seat')
  end;
  v_here record;
  v_done ops.ingestion;
begin
  if v_type not in (
    'player', 'visit_opened', 'visit_closed', 'slip_opened', 'bet_observed', 'slip_paused',
    'slip_resumed', 'slip_closed', 'moved', 'reward', 'redeem', 'reverse',
    'person', 'cash', 'cash_corrected', 'identified'
  ) then
    perform ops._refuse('OPEVT', array[v_type]);
  end if;

  if v_type in ('reward', 'redeem', 'reverse') and v_at > now() + interval '1 minute' then
    perform ops._refuse('RSTIM', array[v_at::text, 'it lies in the future']);
  end if;

  if v_type = 'player' then
    v_done.player_id := ops._apply_player_event(actor, event, v_at);
    return v_done;
  end if;
  if v_type = 'reverse' then
    return ops._apply_reverse_event(actor, event, v_at);
  end if;
  if v_type in ('person', 'cash', 'cash_corrected', 'identified') then
    return ops._apply_cash_event(actor, event, v_at);
  end if;

  v_done.player_id := floor._player_by_card(event ->> 'card');
  v_here := floor._whereabouts(v_done.player_id, event ->> 'table');

  if v_type in ('visit_opened', 'slip_opened', 'reward', 'redeem') and v_done.player_id is null
  then
    perform ops._refuse('RSPLR');
  end if;
  if v_type in ('visit_closed', 'slip_opened') and v_here.visit_id is null then
    perform ops._refuse('RSVIS');
  end if;
  if v_type in ('bet_observed', 'slip_paused', 'slip_resumed', 'moved', 'slip_closed')
    and v_here.rating_slip_id is null
  then
    perform ops._refuse('RSNOP');
  end if;
  v_done.visit_id := v_here.visit_id;
  v_done.rating_slip_id := v_here.rating_slip_id;

  case v_type
    when 'visit_opened' then
      v_done.visit_id := (floor._open_visit(actor, v_done.player_id, v_at)).visit_id;
      v_done.rating_slip_id := null;
    when 'visit_closed' then
      perform floor._close_visit(actor, v_here.visit_id, v_at);
    when 'slip_opened' then
      v_done.rating_slip_id := (
        floor._start_rating_slip(actor, v_here.visit_id, v_here.table_id, v_seat, v_bet, v_at)
      ).rating_slip_id;
    when 'bet_observed' then
      perform floor._record_bet(actor, v_here.rating_slip_id, v_bet, v_at);
    when 'slip_paused' then
      perform floor._set_paused(actor, v_here.rating_slip_id, true, v_at);
    when 'slip_resumed' then
      perform floor._set_paused(actor, v_here.rating_slip_id, false, v_at);
    when 'moved' then
      perform floor._move_player(
        actor, v_here.rating_slip_id, v_here.table_id, v_seat, v_bet, v_at
      );
    when 'slip_closed' then
      perform floor._complete_rating_slip(actor, v_here.rating_slip_id, v_at);
    when 'reward' then
      v_done.visit_id := null;
      v_done.rating_slip_id := null;
      v_done.entry_no := (
        (
          loyalty._manual_reward(
            actor, v_done.player_id, v_points, event ->> 'reason', event ->> 'key', null, v_at
          )
        ).ledger_entry
      ).entry_no;
    when 'redeem' then
      v_done.visit_id := null;
      v_done.rating_slip_id := null;
      v_done.entry_no := (
        (
          loyalty._redeem(
            actor, v_done.player_id, v_points, event ->> 'reason', event ->> 'key',
            case when event ->> 'cash_amount' is not null
              then coalesce(ops._number(event ->> 'cash_amount'), 0)
            end,
            v_at
          )
        ).ledger_entry
      ).entry_no;
  end case;
  return v_done;
end
$$;

alter function ops._apply_event(identity.actor, jsonb) owner to ops_service;
revoke all on function ops._apply_event(identity.actor, jsonb) from public;

comment on function ops._apply_event(identity.actor, jsonb) is
  'Applies one well-formed event and says which rows it touched. Errors: those of the commands, '
  'OPEVT unknown type, OPMAL.';
--! EndIncluded ops/_apply_event.sql
--! Included ops/_ingest_event.sql
-- Takes one event of a feed: recognises what it has seen, applies the rest in a subtransaction of
-- its own, and remembers the outcome. Refusals of the registry are outcomes; so that no event can
-- block a feed, so are values that can't be stored. Conflicts between transactions, lack of
-- resources, shutdowns and faults of our own are raised: the sender repeats the whole call.

create or replace function ops._ingest_event(
  actor identity.actor,
  event jsonb
) returns ops.ingested_outcome
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text;
  v_fingerprint bytea;
  v_before ops.ingested_event;
  v_done ops.ingestion;
  v_state text;
  v_code text;
begin
  if jsonb_typeof(event) is distinct from 'object' then
    return row(null, 'refused', ops._error_name('OPMAL'))::ops.ingested_outcome;
  end if;
  v_key := case when jsonb_typeof(event -> 'key') = 'string' then event ->> 'key' end;
  v_fingerprint := ops._fingerprint(event);
  begin
    perform identity._check_key(v_key);
    if jsonb_typeof(event -> 'type') is distinct from 'string'
      or ops._event_time(event ->> 'at') is null
    then
      perform ops._refuse('OPMAL', array['key, at or type is missing']);
    end if;
  exception when sqlstate 'IDKEY' or sqlstate 'OPMAL' then
    return row(v_key, 'refused', ops._error_name('OPMAL'))::ops.ingested_outcome;
  end;

  select * into v_before
  from ops.ingested_event as i
  where i.casino_id = actor.casino_id
    and i.event_key = v_key
    and i.request_fingerprint = v_fingerprint;
  if found then
    return row(
      v_key,
      case v_before.outcome when 'applied' then 'replayed' else 'refused' end,
      v_before.code
    );
  end if;

  begin
    if exists (
      select
      from ops.ingested_event as i
      where i.casino_id = actor.casino_id and i.event_key = v_key and i.outcome = 'applied'
    ) then
      perform ops._refuse('LYIDM');
    end if;
    v_done := ops._apply_event(actor, event);
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate;
    v_code := ops._error_name(
      case when left(v_state, 2) = '22' or v_state in ('23502', '23514', '54000') then 'OPMAL'
        else v_state
      end
    );
    if v_code is null then
      raise;
    end if;
  end;

  insert into ops.ingested_event (
    casino_id, event_key, request_fingerprint, event_type, outcome, code,
    player_id, visit_id, rating_slip_id, entry_no, correlation_id, patron_id, mtl_entry_id
  )
  values (
    actor.casino_id, v_key, v_fingerprint, event ->> 'type',
    case when v_code is null then 'applied' else 'refused' end, v_code,
    v_done.player_id, v_done.visit_id, v_done.rating_slip_id, v_done.entry_no,
    actor.correlation_id, v_done.patron_id, v_done.mtl_entry_id
  );
  return row(v_key, case when v_code is null then 'applied' else 'refused' end, v_code);
end
$$;

alter function ops._ingest_event(identity.actor, jsonb) owner to ops_service;
revoke all on function ops._ingest_event(identity.actor, jsonb) from public;

comment on function ops._ingest_event(identity.actor, jsonb) is
  'Outcome of one event: applied, replayed or refused with the name of the error.';
--! EndIncluded ops/_ingest_event.sql
--! Included ops/ledger_seal.sql
-- The seal of a gaming day commits to the newest entry of every player: the root of a Merkle tree
-- over all of them, chained to the seal before. A copy of this one line, kept somewhere else, shows
-- whatever is changed afterwards in anything that was written before, whoever changes it.

set local role pit_owner;

create table ops.ledger_seal (
  casino_id integer not null references identity.casino on delete restrict,
  gaming_day date not null,
  sealed_at timestamptz not null,
  players bigint not null,
  entries bigint not null,
  merkle_root bytea not null,
  previous_seal bytea not null,
  seal bytea not null,
  sealed_by uuid,
  correlation_id text not null,
  primary key (casino_id, gaming_day),
  constraint hashes_are_sha256 check (
    octet_length(merkle_root) = 32 and octet_length(previous_seal) = 32
    and octet_length(seal) = 32
  ),
  constraint counts_are_not_negative check (players >= 0 and entries >= players)
);

alter table ops.ledger_seal enable row level security;
alter table ops.ledger_seal force row level security;

create policy manage_all on ops.ledger_seal to pit_owner using (true);
create policy select_own_casino on ops.ledger_seal for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('audit:view'))
);
create policy audit_own_casino on ops.ledger_seal for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.ledger_seal for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.ledger_seal for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.ledger_seal to ops_service;
grant select on ops.ledger_seal to pit_staff, pit_auditor;

create trigger ledger_seal_is_append_only
before update or delete or truncate on ops.ledger_seal
for each statement execute function ops._append_only('OPIMM');
alter table ops.ledger_seal enable always trigger ledger_seal_is_append_only;

reset role;

comment on table ops.ledger_seal is
  'One line for each sealed gaming day, from which the whole ledger up to then can be checked.';
comment on column ops.ledger_seal.sealed_at is
  'When it was sealed: it covers every entry written until then, of whatever gaming day.';
comment on column ops.ledger_seal.players is 'Leaves of the tree: players who have entries.';
comment on column ops.ledger_seal.entries is 'Entries that are covered: the sum of their numbers.';
comment on column ops.ledger_seal.merkle_root is
  'Root of the tree over all players'' newest entries (RFC 9162), in the order of player_id.';
comment on column ops.ledger_seal.previous_seal is
  'seal of the day sealed before; SHA-256 of nothing for the first.';
comment on column ops.ledger_seal.seal is 'SHA-256 over previous_seal and this line''s text.';
comment on column ops.ledger_seal.sealed_by is 'Who sealed it; null for the nightly job.';
--! EndIncluded ops/ledger_seal.sql
--! Included ops/ledger_seal_leaf.sql
-- Which entry of a player a seal commits to, for players who have newer ones than in the seal
-- before; everybody else's leaf is the one of an earlier seal. So a sealed tree can be put together
-- again, and what no longer fits it has a name.

set local role pit_owner;

create table ops.ledger_seal_leaf (
  casino_id integer not null,
  gaming_day date not null,
  player_id uuid not null,
  entry_no bigint not null,
  entry_hash bytea not null,
  primary key (casino_id, gaming_day, player_id),
  foreign key (casino_id, gaming_day) references ops.ledger_seal on delete restrict,
  constraint leaf_is_an_entry check (entry_no > 0 and octet_length(entry_hash) = 32)
);

create index ledger_seal_leaf_player on ops.ledger_seal_leaf (casino_id, player_id, entry_no);

alter table ops.ledger_seal_leaf enable row level security;
alter table ops.ledger_seal_leaf force row level security;

create policy manage_all on ops.ledger_seal_leaf to pit_owner using (true);
create policy audit_own_casino on ops.ledger_seal_leaf for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on ops.ledger_seal_leaf for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.ledger_seal_leaf for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.ledger_seal_leaf to ops_service;
grant select on ops.ledger_seal_leaf to pit_auditor;

create trigger ledger_seal_leaf_is_append_only
before update or delete or truncate on ops.ledger_seal_leaf
for each statement execute function ops._append_only('OPIMM');
alter table ops.ledger_seal_leaf enable always trigger ledger_seal_leaf_is_append_only;

reset role;

comment on table ops.ledger_seal_leaf is
  'The newest entry of each player who had new ones at a seal: the tree''s leaves.';
comment on column ops.ledger_seal_leaf.entry_no is
  'Number of that entry: all before it are sealed.';
--! EndIncluded ops/ledger_seal_leaf.sql
--! Included ops/seal_result.sql
-- What sealing gives back: the seal to be copied to another place, and whether it was there
-- already.

create type ops.seal_result as (
  ledger_seal ops.ledger_seal,
  replayed boolean
);

alter type ops.seal_result owner to pit_owner;

comment on type ops.seal_result is
  'The seal of a gaming day; replayed when it was there already.';
--! EndIncluded ops/seal_result.sql
--! Included ops/seal_problem.sql
-- Something that no longer fits a seal: the day, and the player and the entry where the seal can
-- tell.

create type ops.seal_problem as (
  gaming_day date,
  player_id uuid,
  entry_no bigint,
  problem text,
  detail text
);

alter type ops.seal_problem owner to pit_owner;

comment on type ops.seal_problem is
  'A gaming day whose seal doesn''t hold, the player and the entry where it can be told, one word '
  'for it (entry_missing, entry_changed, leaves_changed, seal_changed, seal_missing, '
  'seal_unlinked, seal_unknown) and a sentence.';
--! EndIncluded ops/seal_problem.sql
--! Included ops/seal_verification.sql
-- What verifying the seals finds: also how many there are, so that "nothing wrong" can't mean
-- "nothing sealed".

create type ops.seal_verification as (
  seals bigint,
  intact boolean,
  problems_found bigint,
  problems ops.seal_problem[]
);

alter type ops.seal_verification owner to pit_owner;

comment on type ops.seal_verification is
  'How many seals were verified, whether all of them hold, and the first 1000 problems.';
--! EndIncluded ops/seal_verification.sql
--! Included ops/_merkle_leaf.sql
-- A leaf of the tree of a seal: a player, the number of the newest entry and its hash. Leaves and
-- inner nodes begin with another byte, so that none can stand for the other (RFC 9162).

create or replace function ops._merkle_leaf(player_id uuid, entry_no bigint, entry_hash bytea)
returns bytea
language sql
immutable
return sha256('\x00' || uuid_send(player_id) || int8send(entry_no) || entry_hash);

alter function ops._merkle_leaf(uuid, bigint, bytea) owner to ops_service;
revoke all on function ops._merkle_leaf(uuid, bigint, bytea) from public;

comment on function ops._merkle_leaf(uuid, bigint, bytea) is
  'SHA-256 of 00, the 16 bytes of the player, the 8 of the number (big endian) and the 32 of the '
  'hash.';
--! EndIncluded ops/_merkle_leaf.sql
--! Included ops/_merkle_level.sql
-- One step up the tree: neighbours are hashed together; the last one of an odd number goes up as
-- it is. That is the tree of RFC 9162, level by level.

create or replace function ops._merkle_level(nodes bytea[]) returns bytea[]
language sql
immutable
set search_path = ''
begin atomic
  select array_agg(
    case
      when n.neighbour is null then n.node
      else sha256('\x01' || n.node || n.neighbour)
    end
    order by n.place
  )
  from (
    select u.node, u.place, lead(u.node) over (order by u.place) as neighbour
    from unnest(nodes) with ordinality as u (node, place)
  ) as n
  where n.place % 2 = 1;
end;

alter function ops._merkle_level(bytea[]) owner to ops_service;
revoke all on function ops._merkle_level(bytea[]) from public;

comment on function ops._merkle_level(bytea[]) is
  'The level above these nodes: SHA-256 of 01 and two neighbours; a lone last one stays.';
--! EndIncluded ops/_merkle_level.sql
--! Included ops/_merkle_root.sql
-- The root that a seal commits to: one hash that no other list of newest entries has, or another
-- order of them.

create or replace function ops._merkle_root(leaves bytea[]) returns bytea
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_nodes bytea[] := leaves;
begin
  while cardinality(v_nodes) > 1 loop
    v_nodes := ops._merkle_level(v_nodes);
  end loop;
  return coalesce(v_nodes[1], sha256(''));
end
$$;

alter function ops._merkle_root(bytea[]) owner to ops_service;
revoke all on function ops._merkle_root(bytea[]) from public;

comment on function ops._merkle_root(bytea[]) is
  'Root of the tree over these leaves; SHA-256 of nothing when there are none.';
--! EndIncluded ops/_merkle_root.sql
--! Included ops/_merkle_path.sql
-- What a proof of one leaf needs besides the leaf: the neighbour on each level, from the bottom up,
-- where there is one.

create or replace function ops._merkle_path(leaves bytea[], leaf_no bigint) returns bytea[]
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_nodes bytea[] := leaves;
  v_place integer := leaf_no + 1;
  v_path bytea[] := '{}';
  v_neighbour integer;
begin
  while cardinality(v_nodes) > 1 loop
    v_neighbour := v_place + case when v_place % 2 = 1 then 1 else -1 end;
    if v_neighbour <= cardinality(v_nodes) then
      v_path := v_path || v_nodes[v_neighbour];
    end if;
    v_nodes := ops._merkle_level(v_nodes);
    v_place := (v_place + 1) / 2;
  end loop;
  return v_path;
end
$$;

alter function ops._merkle_path(bytea[], bigint) owner to ops_service;
revoke all on function ops._merkle_path(bytea[], bigint) from public;

comment on function ops._merkle_path(bytea[], bigint) is
  'The hashes that lead from a leaf (numbered from 0) to the root (RFC 9162 inclusion proof).';
--! EndIncluded ops/_merkle_path.sql
--! Included ops/_seal_hash.sql
-- The seal itself: one line's text, chained to the seal before, so that no line can be changed or
-- left out afterwards.

create or replace function ops._seal_hash(ledger_seal ops.ledger_seal) returns bytea
language sql
stable
return sha256(
  ledger_seal.previous_seal
  || convert_to(
    json_build_array(
      ledger_seal.casino_id, ledger_seal.gaming_day,
      (extract(epoch from ledger_seal.sealed_at) * 1000000)::bigint,
      ledger_seal.players, ledger_seal.entries, encode(ledger_seal.merkle_root, 'hex')
    )::text,
    'UTF8'
  )
);

alter function ops._seal_hash(ops.ledger_seal) owner to ops_service;
revoke all on function ops._seal_hash(ops.ledger_seal) from public;

comment on function ops._seal_hash(ops.ledger_seal) is
  'SHA-256 over previous_seal and the JSON array of casino, gaming day, moment (microseconds since '
  '1970), players, entries and root (hex).';
--! EndIncluded ops/_seal_hash.sql
--! Included ops/_sealed_leaves.sql
-- The leaves of a day's tree, put together from this and earlier seals: of every player the newest
-- entry that had been sealed by then, in the order of player_id.

create or replace function ops._sealed_leaves(gaming_day date)
returns table (player_id uuid, entry_no bigint, entry_hash bytea, leaf bytea, leaf_no bigint)
language sql
stable
set search_path = ''
begin atomic
  select
    l.player_id, l.entry_no, l.entry_hash,
    ops._merkle_leaf(l.player_id, l.entry_no, l.entry_hash),
    row_number() over (order by l.player_id) - 1
  from (
    select distinct on (e.player_id) e.player_id, e.entry_no, e.entry_hash
    from ops.ledger_seal_leaf as e
    where e.casino_id = identity._casino() and e.gaming_day <= _sealed_leaves.gaming_day
    order by e.player_id, e.gaming_day desc
  ) as l
  order by l.player_id;
end;

alter function ops._sealed_leaves(date) owner to ops_service;
revoke all on function ops._sealed_leaves(date) from public;

comment on function ops._sealed_leaves(date) is
  'The leaves of the tree of a sealed day with their hashes and numbers from 0.';
--! EndIncluded ops/_sealed_leaves.sql
--! Included ops/_seal_ledger.sql
-- Seals a gaming day that is over: notes the newest entry of everybody who has new ones, and
-- writes the line that commits to all of them. A day is sealed once; days are sealed in order;
-- whatever was written until the moment of sealing is covered, so a day nobody sealed is covered
-- by the next.

create or replace function ops._seal_ledger(actor identity.actor, gaming_day date)
returns ops.seal_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(actor.casino_id, 'seal the ledger');
  v_today date := identity._gaming_day(
    actor.timezone, actor.gaming_day_start, clock_timestamp()
  );
  v_day date := coalesce(_seal_ledger.gaming_day, v_today - 1);
  v_seal ops.ledger_seal;
  v_last ops.ledger_seal;
  v_leaves bytea[];
  v_player_ids uuid[];
  v_entry_nos bigint[];
  v_entry_hashes bytea[];
  v_unfit uuid;
begin
  select s.* into v_seal
  from ops.ledger_seal as s
  where s.casino_id = identity._casino() and s.gaming_day = v_day;
  if found then
    return row(v_seal, true);
  end if;
  select s.* into v_last
  from ops.ledger_seal as s
  where s.casino_id = identity._casino()
  order by s.gaming_day desc
  limit 1;
  if v_day >= v_today then
    perform ops._refuse('OPSEA', array[v_day::text, 'it is not over']);
  end if;
  if v_day < v_last.gaming_day then
    perform ops._refuse('OPSEA', array[v_day::text, format('%s is sealed', v_last.gaming_day)]);
  end if;

  with head as materialized (
    select h.* from loyalty._chain_heads() as h
  ),
  sealed as (
    select l.player_id, l.entry_no, l.entry_hash from ops._sealed_leaves(v_day) as l
  ),
  leaf as (
    select
      coalesce(h.player_id, s.player_id) as player_id,
      h.entry_no > coalesce(s.entry_no, 0) as is_new,
      case when h.entry_no > coalesce(s.entry_no, 0) then h.entry_no else s.entry_no end
        as entry_no,
      case when h.entry_no > coalesce(s.entry_no, 0) then h.entry_hash else s.entry_hash end
        as entry_hash
    from head as h
    full join sealed as s on s.player_id = h.player_id
  )
  select
    count(*), coalesce(sum(l.entry_no), 0),
    array_agg(ops._merkle_leaf(l.player_id, l.entry_no, l.entry_hash) order by l.player_id),
    array_agg(l.player_id order by l.player_id) filter (where l.is_new),
    array_agg(l.entry_no order by l.player_id) filter (where l.is_new),
    array_agg(l.entry_hash order by l.player_id) filter (where l.is_new),
    (array_agg(l.player_id) filter (where l.entry_hash is null))[1]
  into
    v_seal.players, v_seal.entries, v_leaves, v_player_ids, v_entry_nos, v_entry_hashes, v_unfit
  from leaf as l;
  if v_unfit is not null then
    perform ops._refuse('OPSEA', array[
      v_day::text, format('the newest entry of player %s doesn''t fit its standing', v_unfit)
    ]);
  end if;

  v_seal.casino_id := actor.casino_id;
  v_seal.gaming_day := v_day;
  v_seal.sealed_at := clock_timestamp();
  v_seal.merkle_root := ops._merkle_root(v_leaves);
  v_seal.previous_seal := coalesce(v_last.seal, sha256(''));
  v_seal.seal := ops._seal_hash(v_seal);
  v_seal.sealed_by := actor.staff_id;
  v_seal.correlation_id := actor.correlation_id;
  insert into ops.ledger_seal select v_seal.*;
  insert into ops.ledger_seal_leaf
  select actor.casino_id, v_day, n.*
  from unnest(v_player_ids, v_entry_nos, v_entry_hashes) as n;
  return row(v_seal, false);
end
$$;

alter function ops._seal_ledger(identity.actor, date) owner to ops_service;
revoke all on function ops._seal_ledger(identity.actor, date) from public;

comment on function ops._seal_ledger(identity.actor, date) is
  'Seals a gaming day, the last one that is over when none is named; gives the seal again when '
  'there is one. Error: OPSEA.';
--! EndIncluded ops/_seal_ledger.sql
--! Included ops/seal_ledger.sql
-- Seals a gaming day by hand, for whoever answers for the books; the worker does the same every
-- night.

create or replace function ops.seal_ledger(gaming_day date default null)
returns ops.seal_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('audit:view');
begin
  return ops._seal_ledger(v_actor, seal_ledger.gaming_day);
end
$$;

alter function ops.seal_ledger(date) owner to ops_service;
revoke all on function ops.seal_ledger(date) from public;
grant execute on function ops.seal_ledger(date) to pit_staff;

comment on function ops.seal_ledger(date) is
  'Seals the ledger at the end of a gaming day (default: the last one that is over). A sealed day '
  'gives its seal again. Capability audit:view. Errors: IDUNA, IDFRB, OPSEA.';
--! EndIncluded ops/seal_ledger.sql
--! Included ops/seal_ledger_job.sql
-- The nightly seal: asked every hour, it seals the last gaming day that is over, once. It fails,
-- and is retried, while a standing doesn't fit the ledger.

create or replace function ops.seal_ledger_job(ticket text) returns ops.seal_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/seal_ledger', ticket);
begin
  return ops._seal_ledger(v_actor, null);
end
$$;

alter function ops.seal_ledger_job(text) owner to ops_service;
revoke all on function ops.seal_ledger_job(text) from public;
grant execute on function ops.seal_ledger_job(text) to pit_worker;

comment on function ops.seal_ledger_job(text) is
  'For the task ops/seal_ledger: seals the last gaming day that is over. Errors: OPTKT, OPSEA.';
--! EndIncluded ops/seal_ledger_job.sql
--! Included ops/_file_seals.sql
-- Reads a file of seals that somebody has kept. What isn't one is refused rather than half read: a
-- file that can't be checked must not look like one that fits.

create or replace function ops._file_seals(file jsonb)
returns table (
  gaming_day date,
  sealed_at bigint,
  players bigint,
  entries bigint,
  merkle_root bytea,
  previous_seal bytea,
  seal bytea,
  leaves jsonb
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(file) is distinct from 'object'
    or file ->> 'format' is distinct from 'pitledger-seals-1'
    or jsonb_typeof(file -> 'seals') is distinct from 'array'
  then
    perform ops._refuse('OPSFL', array['it is not one']);
  end if;
  if file -> 'casinoId' is distinct from to_jsonb(identity._casino()) then
    perform ops._refuse('OPSFL', array['it is another casino''s']);
  end if;
  if jsonb_array_length(file -> 'seals') = 0 then
    perform ops._refuse('OPSFL', array['it holds no seal']);
  end if;
  return query
  select
    (s ->> 'gamingDay')::date, (s ->> 'sealedAt')::bigint, (s ->> 'players')::bigint,
    (s ->> 'entries')::bigint, decode(s ->> 'merkleRoot', 'hex'),
    decode(s ->> 'previousSeal', 'hex'), decode(s ->> 'seal', 'hex'),
    coalesce(nullif(s -> 'leaves', 'null'), '[]')
  from jsonb_array_elements(file -> 'seals') as s;
exception when data_exception then
  perform ops._refuse('OPSFL', array[sqlerrm]);
end
$$;

alter function ops._file_seals(jsonb) owner to ops_service;
revoke all on function ops._file_seals(jsonb) from public;

comment on function ops._file_seals(jsonb) is
  'The seals of a file that ops.export_seals has written, for the running call''s casino. Error: '
  'OPSFL.';
--! EndIncluded ops/_file_seals.sql
--! Included ops/_seal_problems.sql
-- What no longer fits the seals: the seals themselves, the leaves that their trees are made of, the
-- entries that the leaves name, and the file of somebody who has kept seals elsewhere.

create or replace function ops._seal_problems(file jsonb) returns setof ops.seal_problem
language plpgsql
stable
set search_path = ''
as $$
declare
  v_seal ops.ledger_seal;
  v_before bytea := sha256('');
  v_leaves bytea[];
begin
  for v_seal in
    select s.*
    from ops.ledger_seal as s
    where s.casino_id = identity._casino()
    order by s.gaming_day
  loop
    if v_seal.previous_seal <> v_before then
      return next row(
        v_seal.gaming_day, null, null, 'seal_unlinked',
        format('The seal of %s doesn''t follow the one before it.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
    v_before := v_seal.seal;
    if ops._seal_hash(v_seal) <> v_seal.seal then
      return next row(
        v_seal.gaming_day, null, null, 'seal_changed',
        format('What the seal of %s says doesn''t fit its hash.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
    v_leaves := (
      select array_agg(l.leaf order by l.leaf_no) from ops._sealed_leaves(v_seal.gaming_day) as l
    );
    if ops._merkle_root(v_leaves) <> v_seal.merkle_root then
      return next row(
        v_seal.gaming_day, null, null, 'leaves_changed',
        format('The entries noted for the seal of %s don''t make its root.', v_seal.gaming_day)
      )::ops.seal_problem;
    end if;
  end loop;

  return query
  select
    l.gaming_day, l.player_id, l.entry_no,
    case when m.found then 'entry_changed' else 'entry_missing' end,
    case
      when m.found then format(
        'Entry %s is not the one that was sealed on %s.', l.entry_no, l.gaming_day
      )
      else format('Entry %s, sealed on %s, is missing.', l.entry_no, l.gaming_day)
    end
  from (
    select
      array_agg(e.player_id order by e.gaming_day, e.player_id) as player_ids,
      array_agg(e.entry_no order by e.gaming_day, e.player_id) as entry_nos,
      array_agg(e.entry_hash order by e.gaming_day, e.player_id) as entry_hashes,
      array_agg(e.gaming_day order by e.gaming_day, e.player_id) as days
    from ops.ledger_seal_leaf as e
    where e.casino_id = identity._casino()
  ) as a
  cross join lateral loyalty._chain_misfits(a.player_ids, a.entry_nos, a.entry_hashes) as m
  cross join lateral (
    select
      a.days[m.place] as gaming_day, a.player_ids[m.place] as player_id,
      a.entry_nos[m.place] as entry_no
  ) as l;

  if file is null then
    return;
  end if;

  return query
  select
    f.gaming_day, null::uuid, null::bigint,
    case
      when s.gaming_day is null then 'seal_missing'
      when s.seal <> f.seal then 'seal_changed'
      else 'seal_unknown'
    end,
    case
      when s.gaming_day is null
      then format('The seal of %s, which the file has, is missing.', f.gaming_day)
      when s.seal <> f.seal
      then format('The seal of %s is not the one in the file.', f.gaming_day)
      else format('The file''s seal of %s doesn''t fit what it says beside it.', f.gaming_day)
    end
  from ops._file_seals(file) as f
  left join ops.ledger_seal as s
    on s.casino_id = identity._casino() and s.gaming_day = f.gaming_day
  where s.gaming_day is null
    or s.seal <> f.seal
    or (f.players, f.entries, f.merkle_root, f.previous_seal, f.sealed_at)
      is distinct from (
        s.players, s.entries, s.merkle_root, s.previous_seal,
        (extract(epoch from s.sealed_at) * 1000000)::bigint
      );

  return query
  select
    l.gaming_day, l.player_id, l.entry_no,
    case when m.found then 'entry_changed' else 'entry_missing' end,
    case
      when m.found then format(
        'Entry %s is not the one that the file has for %s.', l.entry_no, l.gaming_day
      )
      else format('Entry %s, which the file has for %s, is missing.', l.entry_no, l.gaming_day)
    end
  from (
    select
      array_agg((e.leaf ->> 0)::uuid order by f.gaming_day, e.place) as player_ids,
      array_agg((e.leaf ->> 1)::bigint order by f.gaming_day, e.place) as entry_nos,
      array_agg(decode(e.leaf ->> 2, 'hex') order by f.gaming_day, e.place) as entry_hashes,
      array_agg(f.gaming_day order by f.gaming_day, e.place) as days
    from ops._file_seals(file) as f
    cross join jsonb_array_elements(f.leaves) with ordinality as e (leaf, place)
  ) as a
  cross join lateral loyalty._chain_misfits(a.player_ids, a.entry_nos, a.entry_hashes) as m
  cross join lateral (
    select
      a.days[m.place] as gaming_day, a.player_ids[m.place] as player_id,
      a.entry_nos[m.place] as entry_no
  ) as l;
exception when data_exception then
  perform ops._refuse('OPSFL', array[sqlerrm]);
end
$$;

alter function ops._seal_problems(jsonb) owner to ops_service;
revoke all on function ops._seal_problems(jsonb) from public;

comment on function ops._seal_problems(jsonb) is
  'Everything that doesn''t fit the seals of the running call''s casino, or a file of them. Error: '
  'OPSFL.';
--! EndIncluded ops/_seal_problems.sql
--! Included ops/_verify_seals.sql
-- Does the ledger still fit what was sealed? Recomputes every seal and compares the entries that
-- the seals commit to; with a file of seals that was kept elsewhere also against that, which is
-- what nobody who can change everything in here can change.

create or replace function ops._verify_seals(file jsonb default null)
returns ops.seal_verification
language plpgsql
stable
set search_path = ''
as $$
declare
  v_result ops.seal_verification;
begin
  select
    count(*),
    coalesce(
      array_agg(
        row(p.gaming_day, p.player_id, p.entry_no, p.problem, p.detail)::ops.seal_problem
        order by p.place
      ) filter (where p.place <= 1000),
      '{}'
    )
  into v_result.problems_found, v_result.problems
  from ops._seal_problems(_verify_seals.file)
    with ordinality as p (gaming_day, player_id, entry_no, problem, detail, place);
  v_result.intact := v_result.problems_found = 0;
  v_result.seals := (
    select count(*) from ops.ledger_seal as s where s.casino_id = identity._casino()
  );
  return v_result;
end
$$;

alter function ops._verify_seals(jsonb) owner to ops_service;
revoke all on function ops._verify_seals(jsonb) from public;

comment on function ops._verify_seals(jsonb) is
  'What ops.verify_seals gives, for the running call''s casino.';
--! EndIncluded ops/_verify_seals.sql
--! Included ops/_export_seals.sql
-- The seals as a small file to be kept where nobody of the house can change it. With players it
-- also names the entries that the seals commit to, so that what is changed later has a name
-- whatever was done to the seals in here.

create or replace function ops._export_seals(
  first_day date default null,
  last_day date default null,
  with_players boolean default false
) returns json
language plpgsql
stable
set search_path = ''
as $$
begin
  return json_strip_nulls(json_build_object(
    'format', 'pitledger-seals-1',
    'casinoId', identity._casino(),
    'seals', coalesce(
      (
        select json_agg(
          json_build_object(
            'gamingDay', s.gaming_day,
            'sealedAt', (extract(epoch from s.sealed_at) * 1000000)::bigint::text,
            'players', s.players::text,
            'entries', s.entries::text,
            'merkleRoot', encode(s.merkle_root, 'hex'),
            'previousSeal', encode(s.previous_seal, 'hex'),
            'seal', encode(s.seal, 'hex'),
            'leaves', case when with_players then coalesce(
              (
                select json_agg(
                  json_build_array(l.player_id, l.entry_no::text, encode(l.entry_hash, 'hex'))
                  order by l.player_id
                )
                from ops.ledger_seal_leaf as l
                where l.casino_id = identity._casino() and l.gaming_day = s.gaming_day
              ),
              '[]'
            ) end
          )
          order by s.gaming_day
        )
        from ops.ledger_seal as s
        where s.casino_id = identity._casino()
          and (first_day is null or s.gaming_day >= first_day)
          and (last_day is null or s.gaming_day <= last_day)
      ),
      '[]'
    )
  ));
end
$$;

alter function ops._export_seals(date, date, boolean) owner to ops_service;
revoke all on function ops._export_seals(date, date, boolean) from public;

comment on function ops._export_seals(date, date, boolean) is
  'What ops.export_seals gives, for the running call''s casino.';
--! EndIncluded ops/_export_seals.sql
--! Included ops/_prove_entry.sql
-- A proof that an entry is in the sealed ledger, for somebody who has nothing but a seal: the entry
-- itself, the links of the chain to the player's sealed entry, the way from there to the root of
-- the tree, and the seal. docs/how-to/prove-an-entry.md has the script that checks it. Times and
-- numbers are texts, so that no program rounds them.

create or replace function ops._prove_entry(player_id uuid, entry_no bigint) returns json
language plpgsql
stable
set search_path = ''
as $$
declare
  v_chain record;
  v_entry loyalty.loyalty_ledger;
  v_sealed ops.ledger_seal_leaf;
  v_seal ops.ledger_seal;
  v_leaves bytea[];
  v_leaf_no bigint;
begin
  select l.* into v_sealed
  from ops.ledger_seal_leaf as l
  where l.casino_id = identity._casino()
    and l.player_id = _prove_entry.player_id
    and l.entry_no >= _prove_entry.entry_no
  order by l.entry_no, l.gaming_day
  limit 1;
  v_chain := loyalty._chain_links(
    _prove_entry.player_id, _prove_entry.entry_no,
    coalesce(v_sealed.entry_no, _prove_entry.entry_no)
  );
  v_entry := v_chain.entry;
  if v_entry.entry_no is distinct from _prove_entry.entry_no then
    perform ops._refuse('LYENT');
  end if;
  if v_sealed.entry_no is null then
    perform ops._refuse('OPNSL', array[_prove_entry.entry_no::text]);
  end if;

  select s.* into v_seal
  from ops.ledger_seal as s
  where s.casino_id = identity._casino() and s.gaming_day = v_sealed.gaming_day;
  select
    array_agg(l.leaf order by l.leaf_no),
    max(l.leaf_no) filter (where l.player_id = _prove_entry.player_id)
  into v_leaves, v_leaf_no
  from ops._sealed_leaves(v_sealed.gaming_day) as l;

  return json_build_object(
    'format', 'pitledger-proof-1',
    'entry', json_build_object(
      'casinoId', v_entry.casino_id,
      'playerId', v_entry.player_id,
      'entryNo', v_entry.entry_no::text,
      'transactionType', v_entry.transaction_type,
      'eventType', v_entry.event_type,
      'source', v_entry.source,
      'pointsChange', v_entry.points_change::text,
      'balanceBefore', v_entry.balance_before::text,
      'balanceAfter', v_entry.balance_after::text,
      'tierBefore', v_entry.tier_before,
      'tierAfter', v_entry.tier_after,
      'ratingSlipId', v_entry.rating_slip_id,
      'visitId', v_entry.visit_id,
      'reversesEntryNo', v_entry.reverses_entry_no::text,
      'reason', v_entry.reason,
      'staffId', v_entry.staff_id,
      'approvedBy', v_entry.approved_by,
      'correlationId', v_entry.correlation_id,
      'idempotencyKey', v_entry.idempotency_key,
      'requestFingerprint', encode(v_entry.request_fingerprint, 'hex'),
      'gamingDay', v_entry.gaming_day,
      'occurredAt', (extract(epoch from v_entry.occurred_at) * 1000000)::bigint::text,
      'createdAt', (extract(epoch from v_entry.created_at) * 1000000)::bigint::text
    ),
    'previousHash', encode(v_entry.previous_hash, 'hex'),
    'laterEntries', coalesce(
      (select json_agg(encode(c, 'hex')) from unnest(v_chain.contents) as c), '[]'
    ),
    'leaf', json_build_object(
      'entryNo', v_sealed.entry_no::text,
      'leafNo', v_leaf_no::text,
      'path', (
        select coalesce(json_agg(encode(h, 'hex')), '[]')
        from unnest(ops._merkle_path(v_leaves, v_leaf_no)) as h
      )
    ),
    'seal', json_build_object(
      'gamingDay', v_seal.gaming_day,
      'sealedAt', (extract(epoch from v_seal.sealed_at) * 1000000)::bigint::text,
      'players', v_seal.players::text,
      'entries', v_seal.entries::text,
      'merkleRoot', encode(v_seal.merkle_root, 'hex'),
      'previousSeal', encode(v_seal.previous_seal, 'hex'),
      'seal', encode(v_seal.seal, 'hex')
    )
  );
end
$$;

alter function ops._prove_entry(uuid, bigint) owner to ops_service;
revoke all on function ops._prove_entry(uuid, bigint) from public;

comment on function ops._prove_entry(uuid, bigint) is
  'What ops.prove_entry gives, for the running call''s casino.';
--! EndIncluded ops/_prove_entry.sql
--! Included ops/verify_seals.sql
-- Does the ledger still fit what was sealed? For whoever audits, with a session or a login of their
-- own; the command line asks ops._verify_seals the same.

create or replace function ops.verify_seals(file jsonb default null)
returns ops.seal_verification
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return ops._verify_seals(verify_seals.file);
end
$$;

alter function ops.verify_seals(jsonb) owner to ops_service;
revoke all on function ops.verify_seals(jsonb) from public;
grant execute on function ops.verify_seals(jsonb) to pit_staff, pit_auditor;

comment on function ops.verify_seals(jsonb) is
  'Compares the ledger with the seals, and with a file of seals kept elsewhere. Capability '
  'audit:view, or an auditor''s login. Errors: IDUNA, IDFRB, OPSFL.';
--! EndIncluded ops/verify_seals.sql
--! Included ops/export_seals.sql
-- The seals as a file to be kept elsewhere, for whoever audits, with a session or a login of their
-- own; the command line asks ops._export_seals the same.

create or replace function ops.export_seals(
  first_day date default null,
  last_day date default null,
  with_players boolean default false
) returns json
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return ops._export_seals(first_day, last_day, with_players);
end
$$;

alter function ops.export_seals(date, date, boolean) owner to ops_service;
revoke all on function ops.export_seals(date, date, boolean) from public;
grant execute on function ops.export_seals(date, date, boolean) to pit_staff, pit_auditor;

comment on function ops.export_seals(date, date, boolean) is
  'The seals of these gaming days (default: all) as ops.verify_seals reads them; with_players adds '
  'each seal''s new entries by number and hash. Capability audit:view, or an auditor''s login. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded ops/export_seals.sql
--! Included ops/prove_entry.sql
-- A proof that an entry is in the sealed ledger, for whoever audits, with a session or a login of
-- their own; the command line asks ops._prove_entry the same.

create or replace function ops.prove_entry(player_id uuid, entry_no bigint) returns json
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_reader('audit:view');
begin
  return ops._prove_entry(prove_entry.player_id, prove_entry.entry_no);
end
$$;

alter function ops.prove_entry(uuid, bigint) owner to ops_service;
revoke all on function ops.prove_entry(uuid, bigint) from public;
grant execute on function ops.prove_entry(uuid, bigint) to pit_staff, pit_auditor;

comment on function ops.prove_entry(uuid, bigint) is
  'A proof that an entry is part of the sealed ledger, for somebody without access to it. '
  'Capability audit:view, or an auditor''s login. Errors: IDUNA, IDFRB, LYENT, OPNSL.';
--! EndIncluded ops/prove_entry.sql
--! Included ops/seals.sql
-- The seals in plain words, for an auditor with psql: the line to compare with a copy on paper or
-- in a file.

create or replace view ops.seals with (security_invoker = true) as
select
  s.gaming_day,
  s.sealed_at,
  s.players,
  s.entries,
  encode(s.merkle_root, 'hex') as merkle_root,
  encode(s.previous_seal, 'hex') as previous_seal,
  encode(s.seal, 'hex') as seal
from ops.ledger_seal as s;

alter view ops.seals owner to pit_owner;
grant select on ops.seals to pit_auditor;

comment on view ops.seals is
  'The seal of every gaming day, for auditors'' logins.';
--! EndIncluded ops/seals.sql
--! Included ops/load_casino.sql
-- Sets a property up from its file (casino.json): for the owner's connection alone. Loading the
-- same file again changes nothing; a changed one adds effective versions and never rewrites the
-- past. Each context loads its own part into its own tables.

create or replace function ops.load_casino(
  property jsonb,
  out casino_id integer,
  out changed boolean
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_identity record;
  v_floor boolean;
  v_loyalty boolean;
  v_compliance boolean;
begin
  if jsonb_typeof(property) is distinct from 'object' then
    perform ops._refuse('OPPRP', array['an object is expected']);
  end if;
  v_identity := identity._load_casino(property);
  perform set_config('pit.casino', v_identity.casino_id::text, true);
  v_loyalty := loyalty._load_casino(property);
  v_floor := floor._load_casino(property);
  v_compliance := compliance._load_casino(property);

  casino_id := v_identity.casino_id;
  changed := v_identity.changed or v_floor or v_loyalty or v_compliance;
exception
  when data_exception or check_violation or not_null_violation or unique_violation
    or cardinality_violation or program_limit_exceeded
  then
    perform ops._refuse('OPPRP', array[sqlerrm]);
end
$$;

alter function ops.load_casino(jsonb) owner to ops_service;
revoke all on function ops.load_casino(jsonb) from public;
grant execute on function ops.load_casino(jsonb) to pit_owner;

comment on function ops.load_casino(jsonb) is
  'Creates or updates a property from its file and makes the account of its feed. changed is '
  'false when nothing differed. Error: OPPRP with what is wrong in the file.';
--! EndIncluded ops/load_casino.sql
--! Included ops/import_batch.sql
-- One import of a legacy export, from its first staged row to its end or its undoing. An export is
-- known by the contents of its files: the same again is the same batch, which goes on where it
-- stopped. Only its state and its counters move.

set local role pit_owner;

create table ops.import_batch (
  casino_id integer not null references identity.casino on delete restrict,
  import_batch_id uuid not null default uuidv7(),
  export_fingerprint bytea not null,
  folder text not null,
  state text not null default 'staging',
  correlation_id text not null,
  players_enrolled integer not null default 0,
  rows_to_post bigint not null default 0,
  posted_through bigint not null default 0,
  posted bigint not null default 0,
  replayed bigint not null default 0,
  skipped bigint not null default 0,
  undone_through bigint not null default 0,
  undone bigint not null default 0,
  players_left bigint not null default 0,
  undo_reason text,
  undone_by uuid,
  created_at timestamptz not null default now(),
  staged_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  primary key (casino_id, import_batch_id),
  constraint state_is_known check (
    state = any ('{staging,posting,finished,undoing,partly_undone,undone}')
  ),
  constraint posting_ends_with_the_last_row check (posted_through <= rows_to_post),
  constraint what_is_finished_is_posted check (
    (state in ('staging', 'posting')) = (finished_at is null)
    and (finished_at is null or posted_through = rows_to_post)
  ),
  constraint undoing_has_a_reason check (
    (state = any ('{undoing,partly_undone,undone}')) = (undo_reason is not null)
    and (state = 'undone') = (undone_at is not null)
  )
);

create unique index export_is_one_batch_until_undone
on ops.import_batch (casino_id, export_fingerprint)
where state <> 'undone';

alter table ops.import_batch enable row level security;
alter table ops.import_batch force row level security;

create policy manage_all on ops.import_batch to pit_owner using (true);
create policy select_own_casino on ops.import_batch for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('import:run'))
);
create policy serve_own_casino on ops.import_batch for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_batch for insert to ops_service
with check (casino_id = identity._casino());
create policy update_own_casino on ops.import_batch for update to ops_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select on ops.import_batch to pit_staff;
grant select, insert on ops.import_batch to ops_service;
grant update (
  state, players_enrolled, rows_to_post, posted_through, posted, replayed, skipped,
  undone_through, undone, players_left, undo_reason, undone_by, staged_at, finished_at, undone_at
) on ops.import_batch to ops_service;

reset role;

comment on table ops.import_batch is 'One import of a legacy export and how far it is.';
comment on column ops.import_batch.export_fingerprint is 'SHA-256 of the contents of its files.';
comment on column ops.import_batch.folder is 'Where the files were read, for people.';
comment on column ops.import_batch.state is
  'staging, posting, finished; undoing, partly_undone or undone once it is rolled back.';
comment on column ops.import_batch.correlation_id is 'On every ledger entry that it posted.';
comment on column ops.import_batch.rows_to_post is
  'Rows that passed the checks that need no balance.';
comment on column ops.import_batch.posted_through is 'Position of the last of them that was tried.';
comment on column ops.import_batch.posted is 'Rows that made a ledger entry, retried ones too.';
comment on column ops.import_batch.replayed is
  'Rows that were known: twice in the files, or imported before.';
comment on column ops.import_batch.skipped is 'Slips that don''t qualify for posting.';
comment on column ops.import_batch.undone_through is 'Position up to which entries are reversed.';
comment on column ops.import_batch.undone is 'Entries that were reversed.';
comment on column ops.import_batch.players_left is
  'Players who have spent what they would have to give back; their entries stand.';
--! EndIncluded ops/import_batch.sql
--! Included ops/import_row.sql
-- Every row of a legacy export as it was read, before anybody judges it: so nothing is lost, and
-- what became of it can be traced to its text. No foreign key: it would cost a look-up a row, and
-- batches are never deleted.

set local role pit_owner;

create table ops.import_row (
  casino_id integer not null,
  import_batch_id uuid not null,
  file text not null,
  row_no integer not null,
  raw text not null,
  fields text[] not null,
  constraint row_is_staged_once primary key (casino_id, import_batch_id, file, row_no),
  constraint file_is_known check (file = any ('{players,history,slips,balances}'))
);

alter table ops.import_row enable row level security;
alter table ops.import_row force row level security;

create policy manage_all on ops.import_row to pit_owner using (true);
create policy serve_own_casino on ops.import_row for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_row for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_row to ops_service;

create trigger import_row_is_append_only
before update or delete or truncate on ops.import_row
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_row enable always trigger import_row_is_append_only;

reset role;

comment on table ops.import_row is 'A row of a legacy export, as it was read.';
comment on column ops.import_row.file is 'players, history, slips or balances.';
comment on column ops.import_row.row_no is
  'Its place in its file; the first after the header is 1.';
comment on column ops.import_row.raw is 'Its text, as it stands in the file.';
comment on column ops.import_row.fields is
  'Its values, in the order in which docs/how-to/import-a-legacy-system.md names the columns.';
--! EndIncluded ops/import_row.sql
--! Included ops/import_posting.sql
-- What of an import can be posted, in the order of posting: by player, and for each player by date
-- and id. The position is what a chunk begins with and a crashed import resumes at. It stays, as
-- the way from a row to its ledger entry.

set local role pit_owner;

create table ops.import_posting (
  casino_id integer not null,
  import_batch_id uuid not null,
  position bigint not null,
  file text not null,
  row_no integer not null,
  player_id uuid not null,
  points_change bigint not null,
  reason text,
  occurred_at timestamptz not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  primary key (casino_id, import_batch_id, position)
);

alter table ops.import_posting enable row level security;
alter table ops.import_posting force row level security;

create policy manage_all on ops.import_posting to pit_owner using (true);
create policy serve_own_casino on ops.import_posting for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_posting for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_posting to ops_service;

create trigger import_posting_is_append_only
before update or delete or truncate on ops.import_posting
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_posting enable always trigger import_posting_is_append_only;

reset role;

comment on table ops.import_posting is
  'A row of an import that passed the checks that need no balance, and its place in the order.';
comment on column ops.import_posting.position is '1, 2, 3 … in the batch: player, date, id.';
comment on column ops.import_posting.idempotency_key is
  'Of the ledger entry: pit:import, the file and the legacy id, and the round after an undoing.';
comment on column ops.import_posting.request_fingerprint is 'SHA-256 of the file and its values.';
--! EndIncluded ops/import_posting.sql
--! Included ops/import_quarantine.sql
-- A row that couldn't be posted, and why. It stays quarantined on later imports; only a retry
-- (ops.import_retry) tries it again.

set local role pit_owner;

create table ops.import_quarantine (
  casino_id integer not null,
  import_quarantine_id uuid not null default uuidv7(),
  import_batch_id uuid not null,
  file text not null,
  row_no integer not null,
  legacy_id text not null,
  reason text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, import_quarantine_id),
  foreign key (casino_id, import_batch_id, file, row_no) references ops.import_row
  on delete restrict,
  constraint row_is_quarantined_once unique (casino_id, import_batch_id, file, row_no),
  constraint reason_is_known check (
    reason = any (
      '{IDEMPOTENCY_CONFLICT,INVALID_TYPE,INVALID_POINTS,INVALID_DATE,PLAYER_NOT_FOUND,'
      'INSUFFICIENT_BALANCE,INVALID_PLAYER}'
    )
  )
);

create index import_quarantine_keys on ops.import_quarantine (casino_id, idempotency_key);

alter table ops.import_quarantine enable row level security;
alter table ops.import_quarantine force row level security;

create policy manage_all on ops.import_quarantine to pit_owner using (true);
create policy serve_own_casino on ops.import_quarantine for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_quarantine for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_quarantine to ops_service;

create trigger import_quarantine_is_append_only
before update or delete or truncate on ops.import_quarantine
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_quarantine enable always trigger import_quarantine_is_append_only;

reset role;

comment on table ops.import_quarantine is 'A row of an import that couldn''t be posted.';
comment on column ops.import_quarantine.legacy_id is
  'The legacy system''s id of the entry or slip; of a player the card.';
comment on column ops.import_quarantine.reason is
  'The first of its reasons, in the order in which they are tested.';
--! EndIncluded ops/import_quarantine.sql
--! Included ops/import_retry.sql
-- An attempt to post a quarantined row after all, with corrected values or as it is (when a player
-- was enrolled meanwhile, say), who made it and what came of it. A row is settled by the attempt
-- that succeeds.

set local role pit_owner;

create table ops.import_retry (
  casino_id integer not null,
  import_quarantine_id uuid not null,
  retry_no integer not null,
  fields text[],
  note text,
  outcome text not null,
  reason text,
  player_id uuid,
  idempotency_key text,
  staff_id uuid,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, import_quarantine_id, retry_no),
  foreign key (casino_id, import_quarantine_id) references ops.import_quarantine
  on delete restrict,
  constraint outcome_is_settled_or_quarantined check (outcome in ('settled', 'quarantined')),
  constraint only_what_stays_has_a_reason check ((outcome = 'quarantined') = (reason is not null)),
  constraint a_correction_has_a_note check (fields is null or note is not null)
);

create unique index row_is_settled_once on ops.import_retry (casino_id, import_quarantine_id)
where outcome = 'settled';

alter table ops.import_retry enable row level security;
alter table ops.import_retry force row level security;

create policy manage_all on ops.import_retry to pit_owner using (true);
create policy serve_own_casino on ops.import_retry for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.import_retry for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.import_retry to ops_service;

create trigger import_retry_is_append_only
before update or delete or truncate on ops.import_retry
for each statement execute function ops._append_only('OPIMM');
alter table ops.import_retry enable always trigger import_retry_is_append_only;

reset role;

comment on table ops.import_retry is 'An attempt to post a quarantined row.';
comment on column ops.import_retry.fields is 'The corrected values; null: as the row was.';
comment on column ops.import_retry.outcome is
  'settled: posted, or found posted; quarantined: it stays, for the reason given.';
comment on column ops.import_retry.staff_id is 'Who tried; null: the owner''s command line.';
--! EndIncluded ops/import_retry.sql
--! Included ops/legacy_row.sql
-- A row of points history or a rating slip of a legacy export, read: null where a value can't be
-- what it should be.

create type ops.legacy_row as (
  legacy_id text,
  card_no text,
  points_change bigint,
  has_type boolean,
  occurred_at timestamptz,
  reason text,
  qualifies boolean,
  idempotency_key text,
  request_fingerprint bytea
);

alter type ops.legacy_row owner to pit_owner;

comment on type ops.legacy_row is 'What a row of points history, or a rating slip, says.';
comment on column ops.legacy_row.points_change is
  'Signed; null unless a whole number of at least 1.';
comment on column ops.legacy_row.has_type is 'CREDIT or DEBIT; a slip needs none.';
comment on column ops.legacy_row.qualifies is
  'Of a slip: closed and worth points. A row of points history always does.';
--! EndIncluded ops/legacy_row.sql
--! Included ops/import_mismatch.sql
-- A balance that the old system claims and that its own history doesn't lead to, as the mismatch
-- report lists it.

create type ops.import_mismatch as (
  card_no text,
  claimed numeric,
  imported numeric,
  difference numeric
);

alter type ops.import_mismatch owner to pit_owner;

comment on type ops.import_mismatch is
  'A claimed balance beside the imported one; an unknown card has none, which is 0.';
--! EndIncluded ops/import_mismatch.sql
--! Included ops/quarantined_row.sql
-- A quarantined row as people see it: where it stands, what it says, and why it
-- wasn't posted.

create type ops.quarantined_row as (
  import_quarantine_id uuid,
  file text,
  row_no integer,
  legacy_id text,
  reason text,
  raw text,
  content jsonb,
  retries integer
);

alter type ops.quarantined_row owner to pit_owner;

comment on type ops.quarantined_row is 'A row of an import that waits for a correction.';
comment on column ops.quarantined_row.content is
  'Its values by column, with the corrections made so far.';
comment on column ops.quarantined_row.reason is 'Of the last attempt.';
--! EndIncluded ops/quarantined_row.sql
--! Included ops/row_to_retry.sql
-- A quarantined row that is to be tried again: the values that count now, and the number of the
-- attempt.

create type ops.row_to_retry as (
  import_quarantine_id uuid,
  retry_no integer,
  file text,
  row_no integer,
  fields text[],
  request_fingerprint bytea
);

alter type ops.row_to_retry owner to pit_owner;

comment on type ops.row_to_retry is 'A quarantined row before its next attempt.';
--! EndIncluded ops/row_to_retry.sql
--! Included ops/_legacy_time.sql
-- ops._event_time for a million rows: no handler of exceptions, which would cost each row a
-- subtransaction. Later than now is no date of a history.

create or replace function ops._legacy_time(value text) returns timestamptz
language sql
stable
return case
  when value ~ '^\d\d\d\d-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.]\d+)?)?([Zz]|[+-]\d\d(:?\d\d)?)$'
    and pg_input_is_valid(value, 'timestamptz')
    and value::timestamptz <= now() + interval '1 minute'
    then value::timestamptz
end;

alter function ops._legacy_time(text) owner to ops_service;
revoke all on function ops._legacy_time(text) from public;

comment on function ops._legacy_time(text) is
  'The moment of an ISO 8601 text with offset; null when it isn''t one, or lies in the future.';
--! EndIncluded ops/_legacy_time.sql
--! Included ops/_legacy_row.sql
-- Reads the values of one row of points history or of a rating slip. One expression without a
-- query, so that it becomes part of the query that reads a million of them. Points have at most 12
-- digits, so that no sum of them can overflow.

create or replace function ops._legacy_row(file text, fields text[]) returns setof ops.legacy_row
language sql
stable
rows 1
begin atomic
  select
    coalesce(fields[1], ''),
    btrim(fields[2]),
    case
      when ops._whole_number(btrim(fields[4])) between 1 and 999999999999 then
        case when file = 'history' and btrim(fields[3]) = 'DEBIT' then -1 else 1 end
        * ops._whole_number(btrim(fields[4]))
    end,
    coalesce(file <> 'history' or btrim(fields[3]) in ('CREDIT', 'DEBIT'), false),
    ops._legacy_time(btrim(case file when 'history' then fields[7] else fields[5] end)),
    nullif(
      btrim(case file when 'history' then fields[5] else 'Rating slip ' || fields[1] end), ''
    ),
    file = 'history' or coalesce(
      btrim(fields[3]) = 'CLOSED'
        and case
          when pg_input_is_valid(btrim(fields[4]), 'numeric') then btrim(fields[4])::numeric > 0
          else btrim(fields[4]) <> ''
        end,
      false
    ),
    format(
      'pit:import:%s:%s', file,
      case
        when length(fields[1]) > 200
          then 'sha256:' || encode(sha256(convert_to(fields[1], 'UTF8')), 'hex')
        else fields[1]
      end
    ),
    sha256(convert_to(array_to_json(file || fields)::text, 'UTF8'));
end;

alter function ops._legacy_row(text, text[]) owner to ops_service;
revoke all on function ops._legacy_row(text, text[]) from public;

comment on function ops._legacy_row(text, text[]) is
  'What the values of a row of "history" or "slips" say; its key and its fingerprint.';
--! EndIncluded ops/_legacy_row.sql
--! Included ops/_import_columns.sql
-- The columns of each file of a legacy export, in the order in which ops.import_row keeps their
-- values, whatever their order in the file.

create or replace function ops._import_columns(file text) returns text[]
language sql
immutable
return case file
  when 'players' then '{card,first_name,last_name,birth_date,enrolled_at}'
  when 'history' then '{id,card,type,points,description,slip_id,created_at}'
  when 'slips' then '{slip_id,card,status,points,closed_at}'
  when 'balances' then '{card,balance,lifetime_points}'
end::text[];

alter function ops._import_columns(text) owner to ops_service;
revoke all on function ops._import_columns(text) from public;

comment on function ops._import_columns(text) is 'Names of a file''s columns; null: no such file.';
--! EndIncluded ops/_import_columns.sql
--! Included ops/_enrolment.sql
-- The values of a row of players.csv as an enrolment; dates that are none are null, which floor
-- refuses.

create or replace function ops._enrolment(fields text[]) returns floor.enrolment
language sql
stable
return row(
  fields[1], fields[2], fields[3],
  case
    when btrim(fields[4]) ~ '^\d\d\d\d-\d\d-\d\d$' and pg_input_is_valid(btrim(fields[4]), 'date')
      then btrim(fields[4])::date
  end,
  ops._legacy_time(btrim(fields[5]))
)::floor.enrolment;

alter function ops._enrolment(text[]) owner to ops_service;
revoke all on function ops._enrolment(text[]) from public;

comment on function ops._enrolment(text[]) is 'What a row of "players" says.';
--! EndIncluded ops/_enrolment.sql
--! Included ops/_lock_import.sql
-- The row of a batch, locked: what changes an import comes one after the other. The advisory lock
-- is that of the feed, which locks players in an order of its own.

create or replace function ops._lock_import(import_batch_id uuid) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_locked boolean := ops._lock(identity._casino(), 'ops.ingest_events');
  v_batch ops.import_batch;
begin
  select b.* into v_batch
  from ops.import_batch as b
  where b.casino_id = identity._casino()
    and b.import_batch_id = _lock_import.import_batch_id
  for no key update;
  if not found then
    perform ops._refuse('OPIMP');
  end if;
  return v_batch;
end
$$;

alter function ops._lock_import(uuid) owner to ops_service;
revoke all on function ops._lock_import(uuid) from public;

comment on function ops._lock_import(uuid) is
  'Locks a batch and, until the transaction ends, the casino''s ingestion. Error: OPIMP.';
--! EndIncluded ops/_lock_import.sql
--! Included ops/_queue_import.sql
-- Queues the job that takes a batch further, should nobody else do it: the command line does the
-- same steps, and whoever comes second finds nothing left.

create or replace function ops._queue_import(batch ops.import_batch) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform ops._queue_job(
    'ops/advance_import',
    jsonb_build_object(
      'import_batch_id', batch.import_batch_id, 'correlation_id', batch.correlation_id
    ),
    format('pit:ops/advance_import:%s', batch.import_batch_id)
  );
end
$$;

alter function ops._queue_import(ops.import_batch) owner to ops_service;
revoke all on function ops._queue_import(ops.import_batch) from public;

comment on function ops._queue_import(ops.import_batch) is
  'Queues the task ops/advance_import for a batch, once. Error: OPJOB.';
--! EndIncluded ops/_queue_import.sql
--! Included ops/_used_import_keys.sql
-- How often the key of a legacy row was posted by batches that were rolled back since: its next
-- posting needs another key, because the ledger keeps the first one for ever.

create or replace function ops._used_import_keys()
returns table (idempotency_key text, rounds bigint)
language sql
stable
begin atomic
  select regexp_replace(k.key, '^pit:import:\d+:', 'pit:import:'), count(*)
  from (
    select p.idempotency_key
    from ops.import_batch as b
    join ops.import_posting as p
      on p.casino_id = b.casino_id and p.import_batch_id = b.import_batch_id
    where b.casino_id = identity._casino() and b.state = 'undone'
    union all
    select t.idempotency_key
    from ops.import_batch as b
    join ops.import_quarantine as q
      on q.casino_id = b.casino_id and q.import_batch_id = b.import_batch_id
    join ops.import_retry as t
      on t.casino_id = q.casino_id
      and t.import_quarantine_id = q.import_quarantine_id
      and t.outcome = 'settled'
    where b.casino_id = identity._casino()
      and b.state = 'undone'
      and t.idempotency_key is not null
  ) as k (key)
  group by 1;
end;

alter function ops._used_import_keys() owner to ops_service;
revoke all on function ops._used_import_keys() from public;

comment on function ops._used_import_keys() is
  'Keys of legacy rows that rolled back batches have used, and how often.';
--! EndIncluded ops/_used_import_keys.sql
--! Included ops/_next_import_key.sql
-- The key under which a legacy row is posted: its own, and after a rollback one that names the
-- round.

create or replace function ops._next_import_key(idempotency_key text, rounds bigint) returns text
language sql
immutable
return case
  when rounds > 0
    then 'pit:import:' || (rounds + 1)::text || ':' || substr(idempotency_key, 12)
  else idempotency_key
end;

alter function ops._next_import_key(text, bigint) owner to ops_service;
revoke all on function ops._next_import_key(text, bigint) from public;

comment on function ops._next_import_key(text, bigint) is
  'pit:import:history:H1, and after one rollback pit:import:2:history:H1.';
--! EndIncluded ops/_next_import_key.sql
--! Included ops/_enroll_import.sql
-- The players of an import: who isn't enrolled yet is enrolled now, whoever can't be is
-- quarantined. Of two rows with one card the first in the file stands.

create or replace function ops._enroll_import(actor identity.actor, import_batch_id uuid)
returns integer
language plpgsql
volatile
set search_path = ''
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  v_enrolled integer;
begin
  v_enrolled := floor._enroll_players(
    actor,
    array(
      select ops._enrolment(f.fields)
      from (
        select distinct on (btrim(r.fields[1])) r.fields
        from ops.import_row as r
        where r.casino_id = identity._casino()
          and r.import_batch_id = _enroll_import.import_batch_id
          and r.file = 'players'
        order by btrim(r.fields[1]), r.row_no
      ) as f
    )
  );

  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), r.import_batch_id, r.file, r.row_no, coalesce(r.fields[1], ''),
    'INVALID_PLAYER', l.idempotency_key, l.request_fingerprint
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l
  where r.casino_id = identity._casino()
    and r.import_batch_id = _enroll_import.import_batch_id
    and r.file = 'players'
    and not exists (
      select
      from floor._players_by_card(
        array(
          select btrim(c.fields[1])
          from ops.import_row as c
          where c.casino_id = identity._casino()
            and c.import_batch_id = _enroll_import.import_batch_id
            and c.file = 'players'
        )
      ) as p
      where p.card_no = btrim(r.fields[1])
    );
  return v_enrolled;
end
$$;

alter function ops._enroll_import(identity.actor, uuid) owner to ops_service;
revoke all on function ops._enroll_import(identity.actor, uuid) from public;

comment on function ops._enroll_import(identity.actor, uuid) is
  'Enrols the new players of a batch, gives their number and quarantines who can''t be enrolled. '
  'Error: LYPOL.';
--! EndIncluded ops/_enroll_import.sql
--! Included ops/_judge_import.sql
-- Judges the history rows and slips of a staged batch, all at once: what is known, what is
-- quarantined and why, and in which order the rest is to be posted. The order of the reasons is
-- the specification's; INSUFFICIENT_BALANCE is only known when it is posted. A row quarantined by
-- an earlier import stays so, and what an earlier import quarantined under the same id with other
-- content stands before it.

create or replace function ops._judge_import(
  import_batch_id uuid,
  out to_post bigint,
  out replayed bigint,
  out skipped bigint
)
language sql
volatile
set search_path = ''
set work_mem = '128MB'
set enable_nestloop = off
as $$
with named as (
  select r.fields[6] as slip_id
  from ops.import_batch as b
  join ops.import_row as r
    on r.casino_id = b.casino_id
    and r.import_batch_id = b.import_batch_id
    and r.file = 'history'
  where b.casino_id = identity._casino()
    and (b.import_batch_id = $1 or b.state not in ('staging', 'undone'))
    and r.fields[6] <> ''
),
staged as (
  select r.file, r.row_no, l.*
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l
  where r.casino_id = identity._casino() and r.import_batch_id = $1 and r.file = 'history'
  union all
  select r.file, r.row_no, l.*
  from ops.import_row as r
  cross join lateral ops._legacy_row(r.file, r.fields) as l
  where r.casino_id = identity._casino()
    and r.import_batch_id = $1
    and r.file = 'slips'
    and l.qualifies
    and not exists (select from named as n where n.slip_id = r.fields[1])
),
ranked as (
  select
    s.*,
    row_number() over (
      partition by s.idempotency_key collate "C" order by s.row_no
    ) as occurrence,
    row_number() over (
      partition by s.idempotency_key collate "C", s.request_fingerprint order by s.row_no
    ) as repetition
  from staged as s
),
earlier as (
  select
    q.idempotency_key, q.request_fingerprint,
    case when bool_or(t.outcome is not null) then 'REPLAYED' else min(q.reason) end as verdict,
    bool_or(q.reason <> 'IDEMPOTENCY_CONFLICT') as stands
  from ops.import_quarantine as q
  join ops.import_batch as b
    on b.casino_id = q.casino_id and b.import_batch_id = q.import_batch_id
  left join ops.import_retry as t
    on t.casino_id = q.casino_id
    and t.import_quarantine_id = q.import_quarantine_id
    and t.outcome = 'settled'
  where q.casino_id = identity._casino()
    and q.import_batch_id <> $1
    and b.state not in ('staging', 'undone')
  group by q.idempotency_key, q.request_fingerprint
),
player as (
  select p.card_no, p.player_id
  from floor._players_by_card(array(select distinct s.card_no from staged as s)) as p
),
judged as materialized (
  select
    k.*, p.player_id,
    ops._next_import_key(k.idempotency_key, u.rounds) as posting_key,
    case
      when k.repetition > 1 then 'REPLAYED'
      when e.verdict is not null then e.verdict
      when k.occurrence > 1 then 'IDEMPOTENCY_CONFLICT'
      when exists (
        select from earlier as o where o.idempotency_key = k.idempotency_key and o.stands
      ) then 'IDEMPOTENCY_CONFLICT'
      when k.has_type and k.points_change is not null and k.occurred_at is not null
        and p.player_id is not null
        then null
      else coalesce(
        case
          loyalty._request_of_key(ops._next_import_key(k.idempotency_key, u.rounds))
            = k.request_fingerprint
          when true then 'REPLAYED'
          when false then 'IDEMPOTENCY_CONFLICT'
        end,
        case
          when not k.has_type then 'INVALID_TYPE'
          when k.points_change is null then 'INVALID_POINTS'
          when k.occurred_at is null then 'INVALID_DATE'
          else 'PLAYER_NOT_FOUND'
        end
      )
    end as verdict
  from ranked as k
  left join player as p on p.card_no = k.card_no
  left join earlier as e
    on e.idempotency_key = k.idempotency_key and e.request_fingerprint = k.request_fingerprint
  left join ops._used_import_keys() as u on u.idempotency_key = k.idempotency_key
),
quarantined as (
  insert into ops.import_quarantine (
    casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
    request_fingerprint
  )
  select
    identity._casino(), $1, j.file, j.row_no, j.legacy_id, j.verdict, j.idempotency_key,
    j.request_fingerprint
  from judged as j
  where j.verdict <> 'REPLAYED'
),
queued as (
  insert into ops.import_posting
  select
    identity._casino(), $1,
    row_number() over (
      order by j.player_id, j.occurred_at, j.legacy_id collate "C", j.file, j.row_no
    ),
    j.file, j.row_no, j.player_id, j.points_change, j.reason, j.occurred_at, j.posting_key,
    j.request_fingerprint
  from judged as j
  where j.verdict is null
)
select
  count(*) filter (where j.verdict is null),
  count(*) filter (where j.verdict = 'REPLAYED'),
  (
    select count(*)
    from ops.import_row as r
    where r.casino_id = identity._casino() and r.import_batch_id = $1 and r.file = 'slips'
  ) - count(*) filter (where j.file = 'slips')
from judged as j;
$$;

alter function ops._judge_import(uuid) owner to ops_service;
revoke all on function ops._judge_import(uuid) from public;

comment on function ops._judge_import(uuid) is
  'Fills import_posting and import_quarantine for a staged batch and counts what is to be posted, '
  'what was known and the slips that don''t qualify.';
--! EndIncluded ops/_judge_import.sql
--! Included ops/_post_import.sql
-- Posts the next rows of a batch, in one transaction with the place at which the next ones begin:
-- so an import that is killed goes on where it stopped, and no row is posted twice or never.

create or replace function ops._post_import(
  actor identity.actor,
  batch ops.import_batch,
  most_rows integer
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_last bigint := least(batch.posted_through + most_rows, batch.rows_to_post);
  v_counted record;
begin
  actor.correlation_id := batch.correlation_id;
  with unposted as (
    select u.draft_no + batch.posted_through as position, u.replayed, u.refusal
    from loyalty._post_entries(
      actor,
      array(
        select
          row(
            p.player_id, case when p.points_change < 0 then 'ADJUSTMENT' else 'GAMEPLAY' end,
            'LEGACY_IMPORTED', 'import', p.points_change, null, null, null, p.reason, null, null,
            p.idempotency_key, p.request_fingerprint, p.occurred_at
          )::loyalty.entry_draft
        from ops.import_posting as p
        where p.casino_id = identity._casino()
          and p.import_batch_id = batch.import_batch_id
          and p.position > batch.posted_through
          and p.position <= v_last
        order by p.position
      )
    ) as u
  ),
  quarantined as (
    insert into ops.import_quarantine (
      casino_id, import_batch_id, file, row_no, legacy_id, reason, idempotency_key,
      request_fingerprint
    )
    select
      identity._casino(), p.import_batch_id, p.file, p.row_no, coalesce(r.fields[1], ''),
      case u.refusal
        when 'LYIDM' then 'IDEMPOTENCY_CONFLICT'
        when 'RSPLR' then 'PLAYER_NOT_FOUND'
        else 'INSUFFICIENT_BALANCE'
      end,
      (select l.idempotency_key from ops._legacy_row(r.file, r.fields) as l),
      p.request_fingerprint
    from ops.import_posting as p
    join unposted as u on u.position = p.position
    join ops.import_row as r
      on r.casino_id = identity._casino()
      and r.import_batch_id = batch.import_batch_id
      and r.file = p.file
      and r.row_no = p.row_no
    where p.casino_id = identity._casino()
      and p.import_batch_id = batch.import_batch_id
      and p.position = any (array(select n.position from unposted as n where not n.replayed))
  )
  select count(*) as unposted, count(*) filter (where u.replayed) as replayed
  into v_counted
  from unposted as u;

  update ops.import_batch as b
  set posted_through = v_last,
    posted = b.posted + v_last - b.posted_through - v_counted.unposted,
    replayed = b.replayed + v_counted.replayed,
    state = case when v_last = b.rows_to_post then 'finished' else b.state end,
    finished_at = case when v_last = b.rows_to_post then now() end
  where b.casino_id = identity._casino() and b.import_batch_id = batch.import_batch_id
  returning b.* into batch;
  return batch;
end
$$;

alter function ops._post_import(identity.actor, ops.import_batch, integer) owner to ops_service;
revoke all on function ops._post_import(identity.actor, ops.import_batch, integer) from public;

comment on function ops._post_import(identity.actor, ops.import_batch, integer) is
  'Posts at most so many rows of a locked batch and gives its row; finished with the last one. '
  'Error: LYPOL.';
--! EndIncluded ops/_post_import.sql
--! Included ops/_undo_import.sql
-- Takes back the next players of a batch that is rolled back. Positions are in the order of the
-- players, so a stretch that ends with a player has all of theirs, those of retried rows too; the
-- players who only have retried ones come last. Who has spent the points is left, and can be tried
-- again later.

create or replace function ops._undo_import(
  actor identity.actor,
  batch ops.import_batch,
  most_rows integer
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_through bigint;
  v_is_last boolean := batch.undone_through >= batch.rows_to_post;
  v_players uuid[];
  v_undone record;
begin
  if v_is_last then
    v_players := array(
      select distinct t.player_id
      from ops.import_quarantine as q
      join ops.import_retry as t
        on t.casino_id = q.casino_id and t.import_quarantine_id = q.import_quarantine_id
      where q.casino_id = identity._casino()
        and q.import_batch_id = batch.import_batch_id
        and t.outcome = 'settled'
        and t.player_id is not null
    );
    v_through := batch.rows_to_post;
  else
    select coalesce(min(n.position) - 1, batch.rows_to_post) into v_through
    from (
      select p.position
      from ops.import_posting as p
      where p.casino_id = identity._casino()
        and p.import_batch_id = batch.import_batch_id
        and p.position > batch.undone_through + most_rows
        and p.player_id <> (
          select l.player_id
          from ops.import_posting as l
          where l.casino_id = identity._casino()
            and l.import_batch_id = batch.import_batch_id
            and l.position = batch.undone_through + most_rows
        )
      order by p.position
      limit 1
    ) as n;
    v_players := array(
      select distinct p.player_id
      from ops.import_posting as p
      where p.casino_id = identity._casino()
        and p.import_batch_id = batch.import_batch_id
        and p.position > batch.undone_through
        and p.position <= v_through
    );
  end if;
  select u.undone, u.players_left into v_undone
  from loyalty._undo_import(actor, batch.correlation_id, v_players, batch.undo_reason) as u;

  update ops.import_batch as b
  set undone_through = v_through,
    undone = b.undone + v_undone.undone,
    players_left = b.players_left + v_undone.players_left,
    state = case
      when not v_is_last then b.state
      when b.players_left + v_undone.players_left = 0 then 'undone'
      else 'partly_undone'
    end,
    undone_at = case
      when v_is_last and b.players_left + v_undone.players_left = 0 then now()
    end
  where b.casino_id = identity._casino() and b.import_batch_id = batch.import_batch_id
  returning b.* into batch;
  return batch;
end
$$;

alter function ops._undo_import(identity.actor, ops.import_batch, integer) owner to ops_service;
revoke all on function ops._undo_import(identity.actor, ops.import_batch, integer) from public;

comment on function ops._undo_import(identity.actor, ops.import_batch, integer) is
  'Reverses what a locked batch posted for the next players and gives its row.';
--! EndIncluded ops/_undo_import.sql
--! Included ops/_advance_import.sql
-- One step of whatever a batch is at: the next rows to post, or the next players to take back. The
-- same for the command line and for the worker, which may take turns.

create or replace function ops._advance_import(
  actor identity.actor,
  import_batch_id uuid,
  most_rows integer default 20000
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
begin
  return case v_batch.state
    when 'posting' then ops._post_import(actor, v_batch, most_rows)
    when 'undoing' then ops._undo_import(actor, v_batch, most_rows)
    else v_batch
  end;
end
$$;

alter function ops._advance_import(identity.actor, uuid, integer) owner to ops_service;
revoke all on function ops._advance_import(identity.actor, uuid, integer) from public;

comment on function ops._advance_import(identity.actor, uuid, integer) is
  'Takes a batch a step further and gives its row; when there is nothing to do, just that. '
  'Errors: OPIMP, LYPOL.';
--! EndIncluded ops/_advance_import.sql
--! Included ops/_import_players.sql
-- Whom an import is about: the players of its own list and those whom its history, slips or claims
-- name by their cards.

create or replace function ops._import_players(import_batch_id uuid)
returns table (card_no text, player_id uuid)
language sql
stable
begin atomic
  select p.card_no, p.player_id
  from floor._players_by_card(
    array(
      select distinct btrim(r.fields[case when r.file in ('players', 'balances') then 1 else 2 end])
      from ops.import_row as r
      where r.casino_id = identity._casino()
        and r.import_batch_id = _import_players.import_batch_id
    )
  ) as p;
end;

alter function ops._import_players(uuid) owner to ops_service;
revoke all on function ops._import_players(uuid) from public;

comment on function ops._import_players(uuid) is 'Enrolled players whose cards a batch names.';
--! EndIncluded ops/_import_players.sql
--! Included ops/_import_mismatches.sql
-- Compares each imported balance with the one that the old system claimed. Imported is what came
-- from imports and stands: points earned here since, and entries that were rolled back, don't
-- count.

create or replace function ops._import_mismatches(import_batch_id uuid)
returns setof ops.import_mismatch
language sql
stable
set search_path = ''
begin atomic
  select c.card_no, c.claimed, coalesce(s.imported_points, 0),
    c.claimed - coalesce(s.imported_points, 0)
  from (
    select distinct on (btrim(r.fields[1]))
      btrim(r.fields[1]) as card_no, btrim(r.fields[2])::numeric as claimed
    from ops.import_row as r
    where r.casino_id = identity._casino()
      and r.import_batch_id = _import_mismatches.import_batch_id
      and r.file = 'balances'
      and pg_input_is_valid(btrim(r.fields[2]), 'numeric')
    order by btrim(r.fields[1]), r.row_no
  ) as c
  left join ops._import_players(_import_mismatches.import_batch_id) as p
    on p.card_no = c.card_no
  left join loyalty._imported_standings(
    array(
      select i.player_id from ops._import_players(_import_mismatches.import_batch_id) as i
    )
  ) as s on s.player_id = p.player_id
  where c.claimed <> coalesce(s.imported_points, 0)
  order by c.card_no collate "C";
end;

alter function ops._import_mismatches(uuid) owner to ops_service;
revoke all on function ops._import_mismatches(uuid) from public;

comment on function ops._import_mismatches(uuid) is
  'Cards whose claimed balance differs from the imported one, with the difference.';
--! EndIncluded ops/_import_mismatches.sql
--! Included ops/_quarantined_rows.sql
-- What of a batch is still quarantined: every row that no retry has settled, with the values and
-- the reason of its last attempt.

create or replace function ops._quarantined_rows(import_batch_id uuid)
returns setof ops.quarantined_row
language sql
stable
set search_path = ''
begin atomic
  select
    q.import_quarantine_id, q.file, q.row_no, q.legacy_id, coalesce(t.reason, q.reason), r.raw,
    (
      select jsonb_object_agg(c.name, c.value)
      from unnest(ops._import_columns(q.file), coalesce(c.fields, r.fields)) as c (name, value)
      where c.name is not null
    ),
    coalesce(t.retry_no, 0)
  from ops.import_quarantine as q
  join ops.import_row as r
    on r.casino_id = q.casino_id
    and r.import_batch_id = q.import_batch_id
    and r.file = q.file
    and r.row_no = q.row_no
  left join lateral (
    select l.retry_no, l.reason, l.outcome
    from ops.import_retry as l
    where l.casino_id = q.casino_id and l.import_quarantine_id = q.import_quarantine_id
    order by l.retry_no desc
    limit 1
  ) as t on true
  left join lateral (
    select l.fields
    from ops.import_retry as l
    where l.casino_id = q.casino_id
      and l.import_quarantine_id = q.import_quarantine_id
      and l.fields is not null
    order by l.retry_no desc
    limit 1
  ) as c on true
  where q.casino_id = identity._casino()
    and q.import_batch_id = _quarantined_rows.import_batch_id
    and t.outcome is distinct from 'settled'
  order by q.legacy_id collate "C", q.file, q.row_no;
end;

alter function ops._quarantined_rows(uuid) owner to ops_service;
revoke all on function ops._quarantined_rows(uuid) from public;

comment on function ops._quarantined_rows(uuid) is
  'Rows of a batch that are quarantined, by their legacy ids.';
--! EndIncluded ops/_quarantined_rows.sql
--! Included ops/_rows_to_retry.sql
-- The values of quarantined rows that no retry has settled yet: the correction, else the last
-- correction, else what the export said.

create or replace function ops._rows_to_retry(
  import_quarantine_ids uuid[],
  correction text[]
) returns setof ops.row_to_retry
language sql
stable
begin atomic
  select
    q.import_quarantine_id, coalesce(t.tries, 0) + 1, q.file, q.row_no,
    coalesce(_rows_to_retry.correction, c.fields, r.fields), q.request_fingerprint
  from ops.import_quarantine as q
  join ops.import_row as r
    on r.casino_id = q.casino_id
    and r.import_batch_id = q.import_batch_id
    and r.file = q.file
    and r.row_no = q.row_no
  left join lateral (
    select max(l.retry_no) as tries, bool_or(l.outcome = 'settled') as settled
    from ops.import_retry as l
    where l.casino_id = q.casino_id and l.import_quarantine_id = q.import_quarantine_id
  ) as t on true
  left join lateral (
    select l.fields
    from ops.import_retry as l
    where l.casino_id = q.casino_id
      and l.import_quarantine_id = q.import_quarantine_id
      and l.fields is not null
    order by l.retry_no desc
    limit 1
  ) as c on true
  where q.casino_id = identity._casino()
    and q.import_quarantine_id = any (_rows_to_retry.import_quarantine_ids)
    and t.settled is not true;
end;

alter function ops._rows_to_retry(uuid[], text[]) owner to ops_service;
revoke all on function ops._rows_to_retry(uuid[], text[]) from public;

comment on function ops._rows_to_retry(uuid[], text[]) is
  'Those of these rows that are still quarantined, with the values that count now.';
--! EndIncluded ops/_rows_to_retry.sql
--! Included ops/_retry_import.sql
-- Tries quarantined rows of one batch again, with a correction for one of them or as they are, and
-- remembers each attempt. A row is known by what stood in the export, so that the row of a later
-- export is found to be settled although its correction was posted.

create or replace function ops._retry_import(
  actor identity.actor,
  import_batch_id uuid,
  import_quarantine_ids uuid[],
  correction text[] default null,
  note text default null
) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_correlation_id text := actor.correlation_id;
  v_counted record;
begin
  if v_batch.state <> 'finished' then
    perform ops._refuse('OPIST', array[v_batch.state]);
  end if;
  actor.correlation_id := v_batch.correlation_id;

  perform floor._enroll_players(
    actor,
    array(
      select ops._enrolment(r.fields)
      from ops._rows_to_retry(import_quarantine_ids, correction) as r
      where r.file = 'players'
    )
  );

  with tried as materialized (
    select
      r.import_quarantine_id, r.retry_no, r.file, r.request_fingerprint, l.points_change,
      l.occurred_at, l.reason, l.legacy_id, p.player_id,
      ops._next_import_key(l.idempotency_key, u.rounds) as idempotency_key,
      case
        when r.file = 'players' then case when p.player_id is null then 'INVALID_PLAYER' end
        when not l.has_type then 'INVALID_TYPE'
        when l.points_change is null then 'INVALID_POINTS'
        when l.occurred_at is null then 'INVALID_DATE'
        when p.player_id is null then 'PLAYER_NOT_FOUND'
        when row_number() over (
          partition by r.file, l.idempotency_key order by r.row_no
        ) > 1 then 'IDEMPOTENCY_CONFLICT'
      end as verdict
    from ops._rows_to_retry(import_quarantine_ids, correction) as r
    cross join lateral ops._legacy_row(r.file, r.fields) as l
    left join floor._players_by_card(
      array(
        select btrim(c.fields[case when c.file = 'players' then 1 else 2 end])
        from ops._rows_to_retry(import_quarantine_ids, correction) as c
      )
    ) as p on p.card_no = btrim(r.fields[case when r.file = 'players' then 1 else 2 end])
    left join ops._used_import_keys() as u on u.idempotency_key = l.idempotency_key
  ),
  posting as materialized (
    select
      t.*,
      row_number() over (order by t.player_id, t.occurred_at, t.legacy_id collate "C") as draft_no
    from tried as t
    where t.verdict is null and t.file <> 'players'
  ),
  unposted as materialized (
    select u.draft_no, u.replayed, u.refusal
    from loyalty._post_entries(
      actor,
      array(
        select
          row(
            p.player_id, case when p.points_change < 0 then 'ADJUSTMENT' else 'GAMEPLAY' end,
            'LEGACY_IMPORTED', 'import', p.points_change, null, null, null, p.reason,
            actor.staff_id, null, p.idempotency_key, p.request_fingerprint, p.occurred_at
          )::loyalty.entry_draft
        from posting as p
        order by p.draft_no
      )
    ) as u
  ),
  attempts as (
    insert into ops.import_retry (
      casino_id, import_quarantine_id, retry_no, fields, note, outcome, reason, player_id,
      idempotency_key, staff_id, correlation_id
    )
    select
      identity._casino(), t.import_quarantine_id, t.retry_no, correction, note,
      case when r.reason is null then 'settled' else 'quarantined' end, r.reason,
      case when r.reason is null then t.player_id end,
      case when r.reason is null and t.file <> 'players' then t.idempotency_key end,
      actor.staff_id, v_correlation_id
    from tried as t
    left join posting as p on p.import_quarantine_id = t.import_quarantine_id
    left join unposted as u on u.draft_no = p.draft_no and not u.replayed
    cross join lateral (
      select coalesce(
        t.verdict,
        case u.refusal
          when 'LYIDM' then 'IDEMPOTENCY_CONFLICT'
          when 'RSPLR' then 'PLAYER_NOT_FOUND'
          when 'LYBAL' then 'INSUFFICIENT_BALANCE'
        end
      ) as reason
    ) as r
    returning outcome
  )
  select
    (select count(*) from posting) - (select count(*) from unposted) as posted,
    (select count(*) from unposted as u where u.replayed) as replayed,
    (select count(*) from attempts as a where a.outcome = 'settled') as settled
  into v_counted;

  update ops.import_batch as b
  set posted = b.posted + v_counted.posted, replayed = b.replayed + v_counted.replayed
  where b.casino_id = identity._casino() and b.import_batch_id = v_batch.import_batch_id;
  return v_counted.settled;
end
$$;

alter function ops._retry_import(identity.actor, uuid, uuid[], text[], text) owner to ops_service;
revoke all on function ops._retry_import(identity.actor, uuid, uuid[], text[], text) from public;

comment on function ops._retry_import(identity.actor, uuid, uuid[], text[], text) is
  'Tries these quarantined rows of a finished batch again and gives how many are settled now. '
  'Errors: OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/_retry_import.sql
--! Included ops/_retry_whole_import.sql
-- All quarantined rows of a batch, those of players too: rows of
-- history may be waiting for them.

create or replace function ops._retry_whole_import(actor identity.actor, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
begin
  perform ops._retry_import(
    actor, v_batch.import_batch_id,
    array(
      select q.import_quarantine_id
      from ops._quarantined_rows(v_batch.import_batch_id) as q
    )
  );
  return ops._lock_import(import_batch_id);
end
$$;

alter function ops._retry_whole_import(identity.actor, uuid) owner to ops_service;
revoke all on function ops._retry_whole_import(identity.actor, uuid) from public;

comment on function ops._retry_whole_import(identity.actor, uuid) is
  'Tries what a finished batch has in quarantine and gives its row. Errors: OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/_retry_whole_import.sql
--! Included ops/_begin_undoing.sql
-- The beginning of a rollback: from now on the batch is taken back, by whoever takes the next step.
-- One that was rolled back in part is tried again from its first player.

create or replace function ops._begin_undoing(
  actor identity.actor,
  import_batch_id uuid,
  reason text
) returns ops.import_batch
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_reason text := nullif(btrim(reason, E' \t\r\n'), '');
begin
  if v_batch.state in ('undoing', 'undone') then
    return v_batch;
  end if;
  if v_batch.state not in ('finished', 'partly_undone') then
    perform ops._refuse('OPIST', array[v_batch.state]);
  end if;
  if coalesce(length(v_reason), 0) < 10 then
    perform ops._refuse('LYRSN', array['10']);
  end if;
  update ops.import_batch as b
  set state = 'undoing',
    undone_through = 0,
    players_left = 0,
    undo_reason = v_reason,
    undone_by = actor.staff_id
  where b.casino_id = identity._casino() and b.import_batch_id = v_batch.import_batch_id
  returning b.* into v_batch;
  perform ops._queue_import(v_batch);
  return v_batch;
end
$$;

alter function ops._begin_undoing(identity.actor, uuid, text) owner to ops_service;
revoke all on function ops._begin_undoing(identity.actor, uuid, text) from public;

comment on function ops._begin_undoing(identity.actor, uuid, text) is
  'Marks a finished batch to be rolled back and queues the job. Errors: OPIMP, OPIST, LYRSN.';
--! EndIncluded ops/_begin_undoing.sql
--! Included ops/open_import.sql
-- The beginning of an import, over the owner's connection: finds the batch of an export by its
-- fingerprint, or begins one. So the same export again goes on where it was, or finds itself done.

create or replace function ops.open_import(
  casino_code text,
  export_fingerprint bytea,
  folder text
) returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch;
begin
  insert into ops.import_batch (casino_id, export_fingerprint, folder, correlation_id)
  values (
    v_actor.casino_id, open_import.export_fingerprint, open_import.folder, v_actor.correlation_id
  )
  on conflict do nothing;
  select b.* into strict v_batch
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.export_fingerprint = open_import.export_fingerprint
    and b.state <> 'undone';
  return v_batch;
end
$$;

alter function ops.open_import(text, bytea, text) owner to ops_service;
revoke all on function ops.open_import(text, bytea, text) from public;
grant execute on function ops.open_import(text, bytea, text) to pit_owner;

comment on function ops.open_import(text, bytea, text) is
  'For the command line: the batch of a legacy export, a new one when it is not known. Error: '
  'IDCAS.';
--! EndIncluded ops/open_import.sql
--! Included ops/staged_import_rows.sql
-- How far the staging of a file is, so that one that was cut off needn't send again what is
-- there.

create or replace function ops.staged_import_rows(
  casino_code text,
  import_batch_id uuid,
  file text
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
begin
  return (
    select coalesce(max(r.row_no), 0)
    from ops.import_row as r
    where r.casino_id = v_actor.casino_id
      and r.import_batch_id = staged_import_rows.import_batch_id
      and r.file = staged_import_rows.file
  );
end
$$;

alter function ops.staged_import_rows(text, uuid, text) owner to ops_service;
revoke all on function ops.staged_import_rows(text, uuid, text) from public;
grant execute on function ops.staged_import_rows(text, uuid, text) to pit_owner;

comment on function ops.staged_import_rows(text, uuid, text) is
  'For the command line: the number of the last staged row of a file. Error: IDCAS.';
--! EndIncluded ops/staged_import_rows.sql
--! Included ops/stage_import_rows.sql
-- Takes rows of an export as they are. A row that is there already is left alone, so a staging that
-- was cut off begins again with any row.

create or replace function ops.stage_import_rows(
  casino_code text,
  import_batch_id uuid,
  file text,
  staged json
) returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_state text;
  v_rows integer;
begin
  select b.state into v_state
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = stage_import_rows.import_batch_id
  for key share;
  if not found then
    perform ops._refuse('OPIMP');
  end if;
  if v_state <> 'staging' then
    return 0;
  end if;
  insert into ops.import_row
  select
    v_actor.casino_id, stage_import_rows.import_batch_id, stage_import_rows.file, r.row_no,
    r.raw, r.fields
  from json_to_recordset(staged) as r (row_no integer, raw text, fields text[])
  on conflict on constraint row_is_staged_once do nothing;
  get diagnostics v_rows = row_count;
  return v_rows;
end
$$;

alter function ops.stage_import_rows(text, uuid, text, json) owner to ops_service;
revoke all on function ops.stage_import_rows(text, uuid, text, json) from public;
grant execute on function ops.stage_import_rows(text, uuid, text, json) to pit_owner;

comment on function ops.stage_import_rows(text, uuid, text, json) is
  'For the command line: stores rows ({row_no, raw, fields}) of an export and gives how many were '
  'new. After the staging is closed it does nothing. Errors: IDCAS, OPIMP.';
--! EndIncluded ops/stage_import_rows.sql
--! Included ops/start_import.sql
-- Closes the staging: enrols the players, judges every row and queues the job that posts what can
-- be posted. In one transaction, so that a crash leaves the staged rows and nothing half judged.

create or replace function ops.start_import(casino_code text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch := ops._lock_import(import_batch_id);
  v_enrolled integer;
  v_judged record;
begin
  if v_batch.state <> 'staging' then
    return v_batch;
  end if;
  v_actor.correlation_id := v_batch.correlation_id;
  v_enrolled := ops._enroll_import(v_actor, import_batch_id);
  v_judged := ops._judge_import(import_batch_id);

  update ops.import_batch as b
  set state = case when v_judged.to_post = 0 then 'finished' else 'posting' end,
    players_enrolled = v_enrolled,
    rows_to_post = v_judged.to_post,
    replayed = v_judged.replayed,
    skipped = v_judged.skipped,
    staged_at = now(),
    finished_at = case when v_judged.to_post = 0 then now() end
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = start_import.import_batch_id
  returning b.* into v_batch;
  if v_batch.state = 'posting' then
    perform ops._queue_import(v_batch);
  end if;
  return v_batch;
end
$$;

alter function ops.start_import(text, uuid) owner to ops_service;
revoke all on function ops.start_import(text, uuid) from public;
grant execute on function ops.start_import(text, uuid) to pit_owner;

comment on function ops.start_import(text, uuid) is
  'For the command line: ends the staging of a batch and gives its row, with the number of rows to '
  'post. Errors: IDCAS, OPIMP, LYPOL.';
--! EndIncluded ops/start_import.sql
--! Included ops/advance_import.sql
-- The next step of an import or of its rollback, over the owner's connection: a transaction of its
-- own each time, so that progress is seen and a crash costs one step.

create or replace function ops.advance_import(casino_code text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
begin
  return ops._advance_import(v_actor, import_batch_id);
end
$$;

alter function ops.advance_import(text, uuid) owner to ops_service;
revoke all on function ops.advance_import(text, uuid) from public;
grant execute on function ops.advance_import(text, uuid) to pit_owner;

comment on function ops.advance_import(text, uuid) is
  'For the command line: one step, and the batch''s row after it. Errors: IDCAS, OPIMP, LYPOL.';
--! EndIncluded ops/advance_import.sql
--! Included ops/advance_import_job.sql
-- The job behind an import or its rollback: one step with the job's ticket. The task calls it until
-- the batch is through.

create or replace function ops.advance_import_job(ticket text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('ops/advance_import', ticket);
begin
  return ops._advance_import(v_actor, import_batch_id);
end
$$;

alter function ops.advance_import_job(text, uuid) owner to ops_service;
revoke all on function ops.advance_import_job(text, uuid) from public;
grant execute on function ops.advance_import_job(text, uuid) to pit_worker;

comment on function ops.advance_import_job(text, uuid) is
  'For the task ops/advance_import: one step, and the batch''s row after it. Errors: OPTKT, OPIMP, '
  'LYPOL.';
--! EndIncluded ops/advance_import_job.sql
--! Included ops/import_report.sql
-- What an import led to, read back from the database: the content of the command line's report,
-- and the account of its rows.

create or replace function ops.import_report(
  casino_code text,
  import_batch_id uuid,
  out report json,
  out account json
)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
set work_mem = '64MB'
set enable_nestloop = off
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
  v_batch ops.import_batch;
  v_quarantined json;
begin
  select b.* into v_batch
  from ops.import_batch as b
  where b.casino_id = v_actor.casino_id
    and b.import_batch_id = import_report.import_batch_id;
  if not found then
    perform ops._refuse('OPIMP');
  end if;

  select
    coalesce(
      json_agg(json_build_object('id', q.legacy_id, 'reason', q.reason)), '[]'
    )
  into v_quarantined
  from ops._quarantined_rows(import_report.import_batch_id) as q
  where q.file in ('history', 'slips');

  select json_build_object(
    'players', coalesce(
      json_object_agg(
        p.card_no,
        json_build_object(
          'balance', s.current_balance, 'lifetime', s.lifetime_points, 'tier', s.tier,
          'entries', s.entries
        )
        order by p.card_no collate "C"
      ),
      '{}'
    ),
    'ledger_entries', coalesce(sum(s.entries), 0),
    'ledger_points', coalesce(sum(s.points), 0),
    'replayed', v_batch.replayed,
    'quarantined', v_quarantined,
    'balance_mismatches', (
      select coalesce(json_object_agg(m.card_no, m.difference), '{}')
      from ops._import_mismatches(import_report.import_batch_id) as m
    )
  )
  into report
  from ops._import_players(import_report.import_batch_id) as p
  join loyalty._imported_standings(
    array(select i.player_id from ops._import_players(import_report.import_batch_id) as i)
  ) as s on s.player_id = p.player_id;

  select json_build_object(
    'players', count(*) filter (where r.file = 'players'),
    'history', count(*) filter (where r.file = 'history'),
    'slips', count(*) filter (where r.file = 'slips') - v_batch.skipped,
    'skipped', v_batch.skipped,
    'posted', v_batch.posted,
    'replayed', v_batch.replayed,
    'quarantined', json_array_length(v_quarantined),
    'unenrolled', (
      select count(*)
      from ops._quarantined_rows(import_report.import_batch_id) as q
      where q.file = 'players'
    ),
    'unreadable_claims', count(*) filter (
      where r.file = 'balances' and not pg_input_is_valid(btrim(r.fields[2]), 'numeric')
    )
  )
  into account
  from ops.import_row as r
  where r.casino_id = v_actor.casino_id
    and r.import_batch_id = import_report.import_batch_id;
end
$$;

alter function ops.import_report(text, uuid) owner to ops_service;
revoke all on function ops.import_report(text, uuid) from public;
grant execute on function ops.import_report(text, uuid) to pit_owner;

comment on function ops.import_report(text, uuid) is
  'For the command line: the report of a batch (docs/how-to/import-a-legacy-system.md) and the '
  'account of its rows. Errors: IDCAS, OPIMP.';
--! EndIncluded ops/import_report.sql
--! Included ops/retry_quarantine.sql
-- ops.retry_import for the command line, which works over the owner's connection and has no
-- session.

create or replace function ops.retry_quarantine(casino_code text, import_batch_id uuid)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
begin
  return ops._retry_whole_import(v_actor, import_batch_id);
end
$$;

alter function ops.retry_quarantine(text, uuid) owner to ops_service;
revoke all on function ops.retry_quarantine(text, uuid) from public;
grant execute on function ops.retry_quarantine(text, uuid) to pit_owner;

comment on function ops.retry_quarantine(text, uuid) is
  'For the command line: tries every quarantined row of a batch again. Errors: IDCAS, OPIMP, '
  'OPIST, LYPOL.';
--! EndIncluded ops/retry_quarantine.sql
--! Included ops/undo_import.sql
-- ops.roll_back_import for the command line, which works over the owner's connection and takes the
-- steps itself (ops.advance_import).

create or replace function ops.undo_import(casino_code text, import_batch_id uuid, reason text)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_owner(casino_code);
begin
  return ops._begin_undoing(v_actor, import_batch_id, reason);
end
$$;

alter function ops.undo_import(text, uuid, text) owner to ops_service;
revoke all on function ops.undo_import(text, uuid, text) from public;
grant execute on function ops.undo_import(text, uuid, text) to pit_owner;

comment on function ops.undo_import(text, uuid, text) is
  'For the command line: begins to roll an import back. Errors: IDCAS, OPIMP, OPIST, LYRSN.';
--! EndIncluded ops/undo_import.sql
--! Included ops/retry_import_row.sql
-- Tries one quarantined row again, with corrected values: an object of column names of its file.
-- What it corrected and why is kept. A row that was settled is left alone.

create or replace function ops.retry_import_row(
  import_quarantine_id uuid,
  correction jsonb default null,
  note text default null
) returns ops.import_retry
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_row ops.import_quarantine;
  v_columns text[];
  v_fields text[];
  v_note text := nullif(btrim(retry_import_row.note, E' \t\r\n'), '');
  v_retry ops.import_retry;
begin
  select q.* into v_row
  from ops.import_quarantine as q
  where q.casino_id = identity._casino()
    and q.import_quarantine_id = retry_import_row.import_quarantine_id;
  if not found then
    perform ops._refuse('OPIRW');
  end if;
  if correction is not null then
    v_columns := ops._import_columns(v_row.file);
    if jsonb_typeof(correction) <> 'object' then
      perform ops._refuse('OPCOR', array['it must name columns and their values']);
    end if;
    if exists (
      select
      from jsonb_each(correction) as c (name, value)
      where c.name <> all (v_columns) or jsonb_typeof(c.value) not in ('string', 'number')
    ) then
      perform ops._refuse(
        'OPCOR', array[format('the columns are %s', array_to_string(v_columns, ', '))]
      );
    end if;
    if v_note is null then
      perform ops._refuse('OPCOR', array['it needs a note']);
    end if;
    select array_agg(coalesce(correction ->> c.name, r.fields[c.place]) order by c.place)
    into v_fields
    from ops._rows_to_retry(array[v_row.import_quarantine_id], null) as r
    cross join lateral unnest(v_columns) with ordinality as c (name, place);
  end if;

  perform ops._retry_import(
    v_actor, v_row.import_batch_id, array[v_row.import_quarantine_id], v_fields, v_note
  );
  select t.* into strict v_retry
  from ops.import_retry as t
  where t.casino_id = identity._casino()
    and t.import_quarantine_id = v_row.import_quarantine_id
  order by t.retry_no desc
  limit 1;
  return v_retry;
end
$$;

alter function ops.retry_import_row(uuid, jsonb, text) owner to ops_service;
revoke all on function ops.retry_import_row(uuid, jsonb, text) from public;
grant execute on function ops.retry_import_row(uuid, jsonb, text) to pit_staff;

comment on function ops.retry_import_row(uuid, jsonb, text) is
  'Tries a quarantined row again, corrected or as it is, and gives the last attempt. Capability '
  'import:run. Errors: IDUNA, IDFRB, OPIRW, OPCOR, OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/retry_import_row.sql
--! Included ops/retry_import.sql
-- Tries everything again that an import has in quarantine, as it is: when its players were
-- enrolled meanwhile, or its balances have grown.

create or replace function ops.retry_import(import_batch_id uuid) returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  return ops._retry_whole_import(v_actor, import_batch_id);
end
$$;

alter function ops.retry_import(uuid) owner to ops_service;
revoke all on function ops.retry_import(uuid) from public;
grant execute on function ops.retry_import(uuid) to pit_staff;

comment on function ops.retry_import(uuid) is
  'Tries every quarantined row of a finished batch again and gives its row. Capability import:run. '
  'Errors: IDUNA, IDFRB, OPIMP, OPIST, LYPOL.';
--! EndIncluded ops/retry_import.sql
--! Included ops/roll_back_import.sql
-- Rolls an import back: every entry that it posted is compensated by a reversal, in the background.
-- Nothing is removed; the export can be imported anew afterwards.

create or replace function ops.roll_back_import(import_batch_id uuid, reason text)
returns ops.import_batch
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  return ops._begin_undoing(v_actor, import_batch_id, reason);
end
$$;

alter function ops.roll_back_import(uuid, text) owner to ops_service;
revoke all on function ops.roll_back_import(uuid, text) from public;
grant execute on function ops.roll_back_import(uuid, text) to pit_staff;

comment on function ops.roll_back_import(uuid, text) is
  'Begins to roll a finished import back and gives its row; the worker does the rest. Capability '
  'import:run. Errors: IDUNA, IDFRB, OPIMP, OPIST, LYRSN.';
--! EndIncluded ops/roll_back_import.sql
--! Included ops/quarantined_rows.sql
-- The quarantine of an import, for the people who correct it: row by row or by what an
-- enrolment settles.

create or replace function ops.quarantined_rows(import_batch_id uuid)
returns setof ops.quarantined_row
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  return query select q.* from ops._quarantined_rows(import_batch_id) as q;
end
$$;

alter function ops.quarantined_rows(uuid) owner to ops_service;
revoke all on function ops.quarantined_rows(uuid) from public;
grant execute on function ops.quarantined_rows(uuid) to pit_staff;

comment on function ops.quarantined_rows(uuid) is
  'Rows of an import that wait for a correction, by their legacy ids. Capability import:run. '
  'Errors: IDUNA, IDFRB.';
--! EndIncluded ops/quarantined_rows.sql
--! Included ops/import_mismatches.sql
-- The mismatch report of an import: balances that the old system claimed and that its history
-- doesn't lead to.

create or replace function ops.import_mismatches(import_batch_id uuid)
returns setof ops.import_mismatch
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
set enable_nestloop = off
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
begin
  return query select m.* from ops._import_mismatches(import_batch_id) as m;
end
$$;

alter function ops.import_mismatches(uuid) owner to ops_service;
revoke all on function ops.import_mismatches(uuid) from public;
grant execute on function ops.import_mismatches(uuid) to pit_staff;

comment on function ops.import_mismatches(uuid) is
  'Claimed balances that differ from the imported ones, with the difference. Capability '
  'import:run. Errors: IDUNA, IDFRB.';
--! EndIncluded ops/import_mismatches.sql

-- what comes after the includes
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
