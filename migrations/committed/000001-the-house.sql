--! Previous: -
--! Hash: sha1:6ba5ee5fc1adbe40cdf7d9bcfd4c4bf389312c69
--! Message: the house

--! split: 1-current.sql
--! Included schemas.sql
-- The bounded contexts are schemas. Tables belong to pit_owner; each context's functions belong
-- to its service role, which holds exactly the grants that its functions need. Nothing is
-- granted to public, neither now nor by default.

create schema identity authorization pit_owner;
create schema floor authorization pit_owner;
create schema loyalty authorization pit_owner;
create schema compliance authorization pit_owner;
create schema ops authorization pit_owner;

alter default privileges revoke execute on functions from public;
alter default privileges for role pit_owner revoke execute on functions from public;

grant usage on schema identity, floor, loyalty, compliance, ops
to pit_visitor, pit_staff, pit_auditor, pit_gateway, pit_worker,
  identity_service, floor_service, loyalty_service, compliance_service, ops_service;

comment on schema identity is 'Who is asking? Casinos, staff, capabilities, sessions.';
comment on schema floor is 'What happened? Tables, players, visits, rating slips and events.';
comment on schema loyalty is 'What was it worth? Policies, tiers, balances, the points ledger.';
comment on schema compliance is 'What must be reported? Cash log and currency reports.';
comment on schema ops is 'Is it still true? Ingestion, errors, jobs.';
--! EndIncluded schemas.sql
--! Included ops/error_registry.sql
-- The one registry of errors. Every refusal of PitLedger is raised by ops._refuse from a row of
-- this table, so a code always comes with the same name, sentence and hint, in psql, over
-- GraphQL and in the outcome of an ingested event. db/README.md shows the same list.
-- SQLSTATE classes start with I to Z, which the SQL standard leaves to applications.

set local role pit_owner;

create table ops.error_registry (
  sqlstate char(5) primary key,
  name text not null unique,
  message text not null,
  hint text not null,
  constraint sqlstate_is_in_an_application_class check (sqlstate ~ '^[I-Z][A-Z0-9]{4}$'),
  constraint name_is_in_capitals check (name ~ '^[A-Z][A-Z0-9_]+$'),
  constraint message_is_a_sentence check (message ~ '\.$'),
  constraint hint_is_a_sentence check (hint ~ '\.$')
);

grant select on ops.error_registry
to identity_service, floor_service, loyalty_service, compliance_service, ops_service,
  pit_staff, pit_visitor, pit_gateway, pit_worker;

insert into ops.error_registry (sqlstate, name, message, hint) values
('IDUNA', 'UNAUTHORIZED', 'You are not signed in, or your session has ended.',
  'Sign in again.'),
('IDFRB', 'FORBIDDEN', 'You need the capability %s for this.',
  'Ask an administrator for it, or someone who has it to do this.'),
('IDLCK', 'ACCOUNT_LOCKED', 'This account is locked after repeated failed sign-ins.',
  'Wait until the lock ends, or ask an administrator.'),
('IDKEY', 'INVALID_IDEMPOTENCY_KEY',
  'The idempotency key must be 1 to 200 characters and not begin with "pit:".',
  'Send a fresh random key, a UUID for example, once for each intended command.'),
('IDISO', 'ISOLATION_NOT_SUPPORTED', 'Commands run in read committed transactions only.',
  'Begin the transaction with isolation level read committed.'),
('IDSTF', 'STAFF_NOT_FOUND', 'There is no member of staff %s at this casino.',
  'Check the casino code and the user name.'),
('IDDUP', 'STAFF_ALREADY_EXISTS', 'The user name %s is taken at this casino.',
  'Choose another user name.'),
('RSNFD', 'RATING_SLIP_NOT_FOUND', 'There is no such rating slip.',
  'Check the slip''s id; the pit board lists the open ones.'),
('RSNOP', 'RATING_SLIP_NOT_OPEN', 'This rating slip is not open.',
  'Open a new slip for the player if they are still seated.'),
('RSOPN', 'SLIP_ALREADY_OPEN', 'This player already has an open rating slip.',
  'Complete that slip, or move the player to the new seat.'),
('RSSTA', 'INVALID_STATE', 'The rating slip is already %s.',
  'Look at the slip''s current state; somebody may have been faster.'),
('RSSEA', 'SEAT_OCCUPIED', 'Seat %s at table %s is taken.',
  'Choose a free seat, or complete the slip that is running there.'),
('RSRNG', 'SEAT_OUT_OF_RANGE', 'Table %s has seats 1 to %s.',
  'Choose one of these seats.'),
('RSVIS', 'VISIT_NOT_OPEN', 'The player has no open visit.',
  'Open a visit for the player first.'),
('RSTBL', 'TABLE_NOT_ACTIVE', 'Table %s is not in service.',
  'Choose a table that is in service.'),
('RSTNF', 'TABLE_NOT_FOUND', 'There is no such table.',
  'Check the table''s id or label.'),
('RSBET', 'INVALID_AVERAGE_BET',
  'The average bet must be an amount of at least 0 in whole cents.',
  'Give the average bet in dollars with at most two decimals.'),
('RSTIM', 'INVALID_TIME', 'The time %s cannot be used: %s.',
  'Give a time after the slip''s last event, at most 15 minutes ago and not in the future.'),
('RSPLR', 'PLAYER_NOT_FOUND', 'There is no such player.',
  'Check the card number or the player''s id, or enrol the player.'),
('RSCRD', 'CARD_ALREADY_ENROLLED', 'The card %s is already enrolled.',
  'Look the player up by this card, or use another card.'),
('RSPRS', 'INVALID_PLAYER', 'A player needs a card number, names and a birth date in the past.',
  'Fill in the card number, both names and the birth date.'),
('LYBAL', 'INSUFFICIENT_BALANCE', 'The balance is short by %s points.',
  'Use at most the player''s current balance.'),
('LYIDM', 'IDEMPOTENCY_CONFLICT', 'This idempotency key was used for another request.',
  'Send a new request with a new key; repeat a request with exactly its first content.'),
('LYRTE', 'RATE_LIMIT_EXCEEDED', 'You have given %s rewards within a minute; wait %s seconds.',
  'Wait for the seconds given and send the same request again.'),
('LYLIM', 'REWARD_EXCEEDS_LIMIT', 'A single reward may be at most %s points.',
  'Give fewer points.'),
('LYRSN', 'REASON_REQUIRED', 'The reason must have at least %s characters.',
  'Say in a few words why.'),
('LYPTS', 'INVALID_POINTS', 'The points must be a whole number of at least 1.',
  'Give a whole number of points, 1 or more.'),
('LYENT', 'LEDGER_ENTRY_NOT_FOUND', 'There is no such ledger entry.',
  'Check the player and the entry''s number in the ledger.'),
('LYREV', 'ALREADY_REVERSED', 'This entry was already reversed, or is itself a reversal.',
  'Look for the reversal in the player''s ledger.'),
('LYSLF', 'SELF_APPROVAL', 'Nobody may approve their own request.',
  'Ask another person who may approve.'),
('LYPOL', 'POLICY_MISSING', 'No loyalty policy or tiers are in force at %s.',
  'Load a policy and tiers for this casino, then retry the award.'),
('LYIMM', 'LEDGER_IMMUTABLE', '%s is append-only: rows can''t be changed or removed.',
  'Correct a wrong entry with a reversal.'),
('LYGAM', 'INVALID_GAME_SETTINGS', 'The game settings can''t be used: %s.',
  'Correct the game''s house edge, pace or seats.'),
('MTAMT', 'MTL_INVALID_AMOUNT', 'The amount must be more than 0 in whole cents.',
  'Give the amount in dollars with at most two decimals.'),
('MTDUP', 'MTL_POSSIBLE_DUPLICATE',
  'The same amount was recorded for this patron within the last minute.',
  'If it happened twice, send it again with the confirmation.'),
('MTENT', 'MTL_ENTRY_NOT_FOUND', 'There is no such cash entry.',
  'Check the entry''s id in the log.'),
('MTNOT', 'MTL_NOTE_REQUIRED', 'This needs a note.',
  'Say in a few words what happened.'),
('MTPAT', 'MTL_PATRON_NOT_FOUND', 'There is no such patron.',
  'Check the patron''s id, or describe the person anew.'),
('MTCAS', 'CTR_INVALID_STATE', 'The case is %s and can''t become %s.',
  'Look at the case''s current state.'),
('MTIDN', 'CTR_IDENTIFICATION_INCOMPLETE', 'The identification is incomplete: %s.',
  'Complete the person''s identification; use the flags where something is unknown.'),
('MTIMM', 'MTL_IMMUTABLE', '%s is append-only: rows can''t be changed or removed.',
  'Correct a wrong entry with a correction.'),
('OPEVT', 'UNKNOWN_EVENT_TYPE', 'There is no event type %s.',
  'Use one of the event types of the floor feed.'),
('OPMAL', 'MALFORMED_EVENT', 'The event can''t be read: %s.',
  'An event needs key, at (ISO 8601 with offset) and type, and the fields of its type.'),
('OPBAT', 'BATCH_TOO_LARGE', 'A call takes a list of at most %s events.',
  'Send the events in smaller lists.'),
('OPCSH', 'CASH_NOT_SUPPORTED', 'Cash events are not recorded yet.',
  'Keep these events and send them again when the cash log is in service.'),
('OPPRP', 'INVALID_PROPERTY', 'The property file can''t be used: %s.',
  'Correct the file casino.json and load it again.'),
('OPTKT', 'INVALID_TICKET', 'The job''s ticket is not valid for %s.',
  'Queue the job again; a ticket is good for one task, one casino and a limited time.'),
('OPJOB', 'JOB_NOT_QUEUED', 'The job %s could not be queued.',
  'Repeat the command.'),
('OPIMM', 'RECORD_IMMUTABLE', '%s is append-only: rows can''t be changed or removed.',
  'Record what is right as a new row.');

reset role;

comment on table ops.error_registry is
  'Every error that PitLedger raises on purpose: code, name, sentence and hint. The same for all '
  'casinos. Messages are format() templates.';
comment on column ops.error_registry.sqlstate is 'SQLSTATE of the raised error.';
comment on column ops.error_registry.name is 'extensions.code in GraphQL, code of a refused event.';
comment on column ops.error_registry.message is 'The sentence; %s stand for the particulars.';
comment on column ops.error_registry.hint is 'What the reader can do about it.';
--! EndIncluded ops/error_registry.sql
--! Included ops/_refuse.sql
-- The only way an error is raised on purpose. Takes the code from the registry, so that code,
-- sentence and hint can't drift apart between the places that refuse the same thing.

create function ops._refuse(
  refusal text,
  particulars text[] default '{}',
  details jsonb default null
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_error ops.error_registry;
begin
  select * into strict v_error from ops.error_registry where sqlstate = refusal;
  if details is null then
    raise exception using
      errcode = v_error.sqlstate,
      message = format(v_error.message, variadic particulars),
      hint = v_error.hint;
  end if;
  raise exception using
    errcode = v_error.sqlstate,
    message = format(v_error.message, variadic particulars),
    hint = v_error.hint,
    detail = details::text;
end
$$;

alter function ops._refuse(text, text[], jsonb) owner to ops_service;
revoke all on function ops._refuse(text, text[], jsonb) from public;
grant execute on function ops._refuse(text, text[], jsonb)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._refuse(text, text[], jsonb) is
  'Raises a registered error. particulars fill the message''s %s, details become a JSON object '
  'for programs (seconds to wait, for example). Never returns.';
--! EndIncluded ops/_refuse.sql
--! Included ops/_error_name.sql
-- Gives an error its public name, for results that report a refusal instead of raising it. The
-- same names as over GraphQL, from the same registry.

create function ops._error_name(code text) returns text
language sql
stable
set search_path = ''
return (select r.name from ops.error_registry as r where r.sqlstate = code);

alter function ops._error_name(text) owner to ops_service;
revoke all on function ops._error_name(text) from public;

comment on function ops._error_name(text) is
  'Name of a registered SQLSTATE (RSSEA gives SEAT_OCCUPIED), null when it is not registered.';
--! EndIncluded ops/_error_name.sql
--! Included ops/_append_only.sql
-- Guards tables whose rows are records: no update, delete or truncate, whoever asks. Grants are
-- the first lock (no role that anyone can be at run time holds these privileges), this trigger
-- is the second. The trigger's argument is the error to raise (LYIMM, MTIMM, OPIMM). The function
-- belongs to pit_owner, because dropping it would drop the triggers with it.

create function ops._append_only() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform ops._refuse(tg_argv[0], array[tg_table_name::text]);
  return null;
end
$$;

alter function ops._append_only() owner to pit_owner;
revoke all on function ops._append_only() from public;
grant execute on function ops._refuse(text, text[], jsonb) to pit_owner;

comment on function ops._append_only() is
  'Statement trigger of append-only tables: raises the error named by its argument.';
--! EndIncluded ops/_append_only.sql
--! Included ops/_fingerprint.sql
-- Tells a repeated request from another one with the same key. JSON in PostgreSQL's own form has
-- one text for one value, whatever the order of its fields.

create function ops._fingerprint(request jsonb) returns bytea
language sql
stable
return sha256(convert_to(request::text, 'UTF8'));

alter function ops._fingerprint(jsonb) owner to ops_service;
revoke all on function ops._fingerprint(jsonb) from public;
grant execute on function ops._fingerprint(jsonb)
to floor_service, loyalty_service, compliance_service;

comment on function ops._fingerprint(jsonb) is
  'SHA-256 of a request: a JSON array of the command and its arguments.';
--! EndIncluded ops/_fingerprint.sql
--! Included ops/_lock.sql
-- Calls that name the same thing come one after the other: holds a lock on a name until the
-- transaction ends. As an expression it costs no statement of its own.

create function ops._lock(casino_id integer, name text) returns boolean
language sql
volatile
return pg_advisory_xact_lock(hashtextextended(name, casino_id)) is not null;

alter function ops._lock(integer, text) owner to ops_service;
revoke all on function ops._lock(integer, text) from public;
grant execute on function ops._lock(integer, text) to floor_service, loyalty_service;

comment on function ops._lock(integer, text) is
  'Takes the advisory lock of a casino''s name until the transaction ends; always true.';
--! EndIncluded ops/_lock.sql
--! Included identity/capability.sql
-- What a person may do is named by capabilities; roles bring some of them (role_capability) and
-- single ones can be added or withdrawn per person (staff_permission); docs/reference/domain.md.

create domain identity.capability as text
constraint is_a_known_capability check (value in (
  'floor:rate', 'floor:backdate',
  'loyalty:award', 'loyalty:approve', 'loyalty:adjust', 'loyalty:reverse', 'loyalty:redeem',
  'loyalty:view_all', 'loyalty:configure',
  'mtl:create', 'mtl:view', 'mtl:review', 'ctr:file',
  'audit:view', 'staff:manage', 'import:run'
));

alter domain identity.capability owner to pit_owner;

comment on domain identity.capability is 'Something a person may do, such as floor:rate.';
--! EndIncluded identity/capability.sql
--! Included identity/staff_role.sql
-- A person's job at a casino. It brings capabilities (role_capability) and nothing else: what a
-- person may do is always asked of the capability. the table of roles.

create domain identity.staff_role as text
constraint is_a_known_role check (value in (
  'dealer', 'floor_supervisor', 'pit_boss', 'cashier', 'compliance_officer', 'marketing',
  'auditor', 'admin', 'sender'
));

alter domain identity.staff_role owner to pit_owner;

comment on domain identity.staff_role is
  'A person''s job. dealer never signs in; sender is the account of a floor system''s feed.';
--! EndIncluded identity/staff_role.sql
--! Included identity/actor.sql
-- Who is calling: what identity._enter finds out once per call and hands to the functions. A
-- lookup costs more than passing a row along.

create type identity.actor as (
  casino_id integer,
  staff_id uuid,
  session_id uuid,
  timezone text,
  gaming_day_start interval,
  correlation_id text,
  ingesting boolean
);

alter type identity.actor owner to pit_owner;

comment on type identity.actor is
  'The caller of an entry point: casino, person, session, the casino''s reckoning of gaming days '
  'and the correlation id of the request. ingesting is true for a floor system''s feed, to which '
  'the 15-minute rule, the reward pace and the approval threshold don''t apply.';
--! EndIncluded identity/actor.sql
--! Included identity/_casino.sql
-- The one place where the casino of the running call is read. Entry points wipe the setting and
-- identity._enter sets it from the session; the policies of the service roles compare with it.
-- Kept behind one function so that a cluster can replace it.

create function identity._casino() returns integer
language sql
stable
return nullif(current_setting('pit.casino', true), '')::integer;

alter function identity._casino() owner to identity_service;
revoke all on function identity._casino() from public;
grant execute on function identity._casino()
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._casino() is
  'Casino of the running call, null outside one. Policies of the service roles use it.';
--! EndIncluded identity/_casino.sql
--! Included identity/_session_claim.sql
-- Reads the session that a caller claims: "<casino id>.<hex of the token's SHA-256>". A claim is
-- worth nothing by itself; it only says where to look. Naming the casino in it keeps the lookup
-- inside one casino, by key. Always gives one row: no claim and a broken one are nulls.

create function identity._session_claim(
  session text default current_setting('pit.session', true),
  out casino_id integer,
  out token_hash bytea
)
language plpgsql
stable
set search_path = ''
as $$
begin
  if session ~ '^[1-9][0-9]{0,8}[.][0-9a-f]+$' and length(split_part(session, '.', 2)) = 64 then
    casino_id := split_part(session, '.', 1)::integer;
    token_hash := decode(split_part(session, '.', 2), 'hex');
  end if;
end
$$;

alter function identity._session_claim(text) owner to identity_service;
revoke all on function identity._session_claim(text) from public;

comment on function identity._session_claim(text) is
  'Casino and token hash out of a session claim; nulls when the claim has another shape.';
--! EndIncluded identity/_session_claim.sql
--! Included identity/_correlation_id.sql
-- One id follows a request through every row it writes. It comes with the request
-- (x-correlation-id); where none came, a fresh one is made.

create function identity._correlation_id() returns text
language sql
volatile
return case
  when length(current_setting('pit.correlation_id', true)) <= 64
    and current_setting('pit.correlation_id', true) ~ '^[A-Za-z0-9._:-]+$'
  then current_setting('pit.correlation_id', true)
  else uuidv7()::text
end;

alter function identity._correlation_id() owner to identity_service;
revoke all on function identity._correlation_id() from public;

comment on function identity._correlation_id() is
  'Correlation id of the running request: the setting pit.correlation_id, or a fresh UUID.';
--! EndIncluded identity/_correlation_id.sql
--! Included identity/_check_key.sql
-- Idempotency keys come from callers. Keys that begin with "pit:" are ours (a slip's accrual
-- uses one), so a caller can't take one in advance.

create function identity._check_key(idempotency_key text) returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if idempotency_key is null
    or btrim(idempotency_key, E' \t\r\n') = ''
    or length(idempotency_key) > 200
    or starts_with(idempotency_key, 'pit:')
  then
    perform ops._refuse('IDKEY');
  end if;
  return idempotency_key;
end
$$;

alter function identity._check_key(text) owner to identity_service;
revoke all on function identity._check_key(text) from public;
grant execute on function identity._check_key(text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._check_key(text) is
  'Refuses keys that are blank, over 200 characters or in our own namespace, and gives the key '
  'back. Error: IDKEY.';
--! EndIncluded identity/_check_key.sql
--! Included identity/_gaming_day.sql
-- The gaming day, defined once for every division (domain.md section 1): the local date, moved
-- back by the hour at which a gaming day begins. Local clock time decides, so it holds on both
-- daylight-saving nights.

create function identity._gaming_day(timezone text, gaming_day_start interval, at timestamptz)
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

create function identity.current_casino_id() returns integer
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_claim record;
  v_casino_id integer;
begin
  select min(l.casino_id) into v_casino_id
  from identity.database_login as l
  where l.login_name = session_user
  having count(*) = 1;
  if found then
    return v_casino_id;
  end if;

  v_claim := identity._session_claim();
  perform set_config('pit.casino', coalesce(v_claim.casino_id::text, ''), true);

  select s.casino_id into v_casino_id
  from identity.session as s
  join identity.staff as p on p.casino_id = s.casino_id and p.staff_id = s.staff_id
  where s.casino_id = v_claim.casino_id
    and s.token_hash = v_claim.token_hash
    and s.kind = 'staff'
    and identity._session_lives(s)
    and p.active;
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

create function identity.session_may(capability text) returns boolean
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_claim record;
begin
  v_claim := identity._session_claim();
  perform set_config('pit.casino', coalesce(v_claim.casino_id::text, ''), true);
  return coalesce(
    (
      select m.has
      from identity.session as s
      join identity.staff as p on p.casino_id = s.casino_id and p.staff_id = s.staff_id
      cross join lateral identity._has_capability(
        p.casino_id, p.staff_id, p.role, session_may.capability
      ) as m
      where s.casino_id = v_claim.casino_id
        and s.token_hash = v_claim.token_hash
        and s.kind = 'staff'
        and identity._session_lives(s)
        and p.active
    ),
    false
  );
end
$$;

alter function identity.session_may(text) owner to identity_service;
revoke all on function identity.session_may(text) from public;
grant execute on function identity.session_may(text) to pit_staff;

comment on function identity.session_may(text) is
  'Whether the signed-in person has a capability; false when nobody is signed in.';
--! EndIncluded identity/session_may.sql
--! Included identity/casino.sql
-- A casino is the unit of separation: every key begins with its id, every row is seen by its own
-- staff only. It also holds what one property decides for all divisions: the time zone and the
-- hour at which its gaming day begins (domain.md section 1).

set local role pit_owner;

create table identity.casino (
  casino_id integer primary key,
  code text not null,
  name text not null,
  timezone text not null default 'America/Los_Angeles',
  gaming_day_start interval not null default '06:00',
  session_idle_timeout interval not null default '30 minutes',
  session_lifetime interval not null default '12 hours',
  sign_in_attempts integer not null default 5,
  sign_in_lock interval not null default '15 minutes',
  created_at timestamptz not null default now(),
  constraint casino_id_is_positive check (casino_id > 0),
  constraint code_is_short_and_in_capitals check (code ~ '^[A-Z0-9]{2,12}$'),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint gaming_day_starts_within_the_day
  check (gaming_day_start >= '0' and gaming_day_start < '24 hours'),
  constraint timeouts_are_positive check (
    session_idle_timeout > '0' and session_lifetime > '0'
    and sign_in_attempts > 0 and sign_in_lock > '0'
  )
);

-- Sign-in looks a casino up by its code. The casino list is small and shared: on a cluster it is
-- a reference table, so this is the one unique index without the casino's id.
create unique index one_casino_per_code on identity.casino (code);

alter table identity.casino enable row level security;
alter table identity.casino force row level security;

create policy manage_all on identity.casino to pit_owner using (true);
create policy find_by_code on identity.casino for select to identity_service using (true);
create policy insert_own_casino on identity.casino for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.casino for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());
create policy select_own_casino on identity.casino for select to pit_staff
using (casino_id = (select identity.current_casino_id()));

grant select, insert on identity.casino to identity_service;
grant update (name, timezone, gaming_day_start) on identity.casino to identity_service;
grant select on identity.casino to pit_staff;

reset role;

comment on table identity.casino is
  'A property. Its id begins every key; its staff see its rows and no others.';
comment on column identity.casino.code is 'Short name used at sign-in and in files (LVD).';
comment on column identity.casino.timezone is 'IANA zone in which the gaming day is reckoned.';
comment on column identity.casino.gaming_day_start is
  'Local time at which a gaming day begins, as an interval after midnight.';
comment on column identity.casino.session_idle_timeout is
  'A session ends when it was not used for this long.';
comment on column identity.casino.session_lifetime is
  'A session ends this long after signing in, however busy it is.';
comment on column identity.casino.sign_in_attempts is
  'Failed sign-ins in a row that lock an account.';
comment on column identity.casino.sign_in_lock is 'How long a locked account stays locked.';
--! EndIncluded identity/casino.sql
--! Included identity/gaming_day.sql
-- The gaming day for a reader with psql: gaming_day(casino row, moment). The same definition as
-- everywhere, because it asks the one place that has it.

create function identity.gaming_day(casino identity.casino, at timestamptz) returns date
language sql
immutable
return identity._gaming_day(casino.timezone, casino.gaming_day_start, at);

alter function identity.gaming_day(identity.casino, timestamptz) owner to identity_service;
revoke all on function identity.gaming_day(identity.casino, timestamptz) from public;
grant execute on function identity.gaming_day(identity.casino, timestamptz) to pit_auditor;
grant execute on function identity._gaming_day(text, interval, timestamptz) to pit_auditor;

comment on function identity.gaming_day(identity.casino, timestamptz) is
  'Gaming day of a moment at a casino.';
--! EndIncluded identity/gaming_day.sql
--! Included identity/staff.sql
-- The people (and feed accounts) of a casino. Passwords are elsewhere (staff_secret), so that
-- whoever may read names can't read hashes. Rows are never deleted: records refer to them.

set local role pit_owner;

create table identity.staff (
  casino_id integer not null references identity.casino on delete restrict,
  staff_id uuid not null default uuidv7(),
  username text not null,
  display_name text not null,
  role identity.staff_role not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (casino_id, staff_id),
  constraint username_is_unique_in_its_casino unique (casino_id, username),
  constraint username_is_lowercase check (username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  constraint display_name_is_not_blank check (btrim(display_name) <> '')
);

alter table identity.staff enable row level security;
alter table identity.staff force row level security;

create policy manage_all on identity.staff to pit_owner using (true);
create policy select_own_casino on identity.staff for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on identity.staff for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.staff for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on identity.staff to identity_service;
grant update (display_name, role, active) on identity.staff to identity_service;
grant select on identity.staff to pit_staff;

reset role;

comment on table identity.staff is 'A member of staff, or the account of a floor system''s feed.';
comment on column identity.staff.username is 'Name used at sign-in, unique in its casino.';
comment on column identity.staff.active is 'False: signs in no more; sessions end at once.';
--! EndIncluded identity/staff.sql
--! Included identity/role_capability.sql
-- What each role brings, per casino, so that a house can decide otherwise. Seeded from the table
-- of domain.md section 7 when a casino is set up.

set local role pit_owner;

create table identity.role_capability (
  casino_id integer not null references identity.casino on delete restrict,
  role identity.staff_role not null,
  capability identity.capability not null,
  primary key (casino_id, role, capability)
);

alter table identity.role_capability enable row level security;
alter table identity.role_capability force row level security;

create policy manage_all on identity.role_capability to pit_owner using (true);
create policy select_own_casino on identity.role_capability for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on identity.role_capability for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.role_capability for insert to identity_service
with check (casino_id = identity._casino());

grant select, insert on identity.role_capability to identity_service;
grant select on identity.role_capability to pit_staff;

reset role;

comment on table identity.role_capability is 'Capabilities that a role brings at a casino.';
--! EndIncluded identity/role_capability.sql
--! Included identity/staff_permission.sql
-- A single capability added to, or withdrawn from, one person, whatever their role brings: for the
-- exceptions that every house has, without inventing roles for them.

set local role pit_owner;

create table identity.staff_permission (
  casino_id integer not null,
  staff_id uuid not null,
  capability identity.capability not null,
  granted boolean not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, staff_id, capability),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict
);

alter table identity.staff_permission enable row level security;
alter table identity.staff_permission force row level security;

create policy manage_all on identity.staff_permission to pit_owner using (true);
create policy select_own_casino on identity.staff_permission for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on identity.staff_permission for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff_permission for insert to identity_service
with check (casino_id = identity._casino());

grant select, insert on identity.staff_permission to identity_service;
grant select on identity.staff_permission to pit_staff;

reset role;

comment on table identity.staff_permission is
  'Exceptions to what a role brings: a capability added (granted) or withdrawn for one person.';
comment on column identity.staff_permission.granted is 'True adds, false withdraws.';
--! EndIncluded identity/staff_permission.sql
--! Included identity/staff_secret.sql
-- Password hashes and the count of failed sign-ins. Readable by identity's functions alone; the
-- hash leaves the database only for the gateway, which verifies it (argon2id is slow on purpose
-- and must not occupy the database).

set local role pit_owner;

create table identity.staff_secret (
  casino_id integer not null,
  staff_id uuid not null,
  phc text not null,
  failed_attempts integer not null default 0,
  locked_until timestamptz,
  changed_at timestamptz not null default now(),
  primary key (casino_id, staff_id),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict,
  constraint phc_is_an_argon2id_hash check (phc ~ '^\$argon2id\$v=19\$'),
  constraint failed_attempts_never_go_below_zero check (failed_attempts >= 0)
);

alter table identity.staff_secret enable row level security;
alter table identity.staff_secret force row level security;

create policy manage_all on identity.staff_secret to pit_owner using (true);
create policy serve_own_casino on identity.staff_secret for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.staff_secret for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.staff_secret for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on identity.staff_secret to identity_service;
grant update (phc, failed_attempts, locked_until, changed_at)
on identity.staff_secret to identity_service;

reset role;

comment on table identity.staff_secret is 'Password hash and sign-in failures of one person.';
comment on column identity.staff_secret.phc is 'argon2id hash as a PHC string.';
comment on column identity.staff_secret.failed_attempts is 'Failures since the last success.';
comment on column identity.staff_secret.locked_until is 'No sign-in before this time.';
--! EndIncluded identity/staff_secret.sql
--! Included identity/session.sql
-- Who is signed in. The cookie holds a random secret, this table its SHA-256, so a copy of the
-- table opens no session. Ends by revocation, by idling and at an absolute time; each of them
-- takes effect with the next call. A job's ticket is a session of kind 'job': it opens one task
-- for the worker and nothing for a person.

set local role pit_owner;

create table identity.session (
  casino_id integer not null references identity.casino on delete restrict,
  session_id uuid not null default uuidv7(),
  kind text not null default 'staff',
  staff_id uuid,
  task text,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  idle_timeout interval not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (casino_id, session_id),
  foreign key (casino_id, staff_id) references identity.staff on delete restrict,
  constraint token_is_unique unique (casino_id, token_hash),
  constraint token_is_a_sha256 check (octet_length(token_hash) = 32),
  constraint staff_session_has_a_person_and_a_ticket_has_a_task check (
    (kind = 'staff' and staff_id is not null and task is null)
    or (kind = 'job' and staff_id is null and task is not null)
  )
);

create index session_staff on identity.session (casino_id, staff_id);

alter table identity.session enable row level security;
alter table identity.session force row level security;

create policy manage_all on identity.session to pit_owner using (true);
create policy serve_own_casino on identity.session for select to identity_service
using (casino_id = identity._casino());
create policy insert_own_casino on identity.session for insert to identity_service
with check (casino_id = identity._casino());
create policy update_own_casino on identity.session for update to identity_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on identity.session to identity_service;
grant update (last_seen_at, revoked_at) on identity.session to identity_service;

reset role;

comment on table identity.session is 'A signed-in person, or the ticket of one queued job.';
comment on column identity.session.token_hash is 'SHA-256 of the secret in the cookie or ticket.';
comment on column identity.session.task is 'The only task that a ticket opens.';
comment on column identity.session.last_seen_at is
  'Last use, written at most every 15 seconds; the session ends idle_timeout later.';
--! EndIncluded identity/session.sql
--! Included identity/database_login.sql
-- Binds a personal database login (an auditor with psql) to one casino. The policy looks the
-- login up by session_user, which nobody can change.

set local role pit_owner;

create table identity.database_login (
  casino_id integer not null references identity.casino on delete restrict,
  login_name name not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, login_name)
);

create index database_login_name on identity.database_login (login_name);

alter table identity.database_login enable row level security;
alter table identity.database_login force row level security;

create policy manage_all on identity.database_login to pit_owner using (true);
create policy select_own_login on identity.database_login for select to identity_service
using (login_name = session_user);

grant select on identity.database_login to identity_service;

reset role;

comment on table identity.database_login is
  'Which casino a personal database login may read; it must also hold the role pit_auditor.';
--! EndIncluded identity/database_login.sql
--! Included identity/_session_lives.sql
-- When a session still opens the door: one definition for every place that asks, so that no door
-- stays open when another has closed.

create function identity._session_lives(session identity.session) returns boolean
language sql
stable
return session.revoked_at is null
  and now() < session.expires_at
  and now() < session.last_seen_at + session.idle_timeout;

alter function identity._session_lives(identity.session) owner to identity_service;
revoke all on function identity._session_lives(identity.session) from public;

comment on function identity._session_lives(identity.session) is
  'Neither revoked, nor expired, nor idle for too long.';
--! EndIncluded identity/_session_lives.sql
--! Included identity/_has_capability.sql
-- The permission decision, in one place: a person's own permission beats what the role brings;
-- neither means no. It gives one row, so that it can stand in a FROM, where PostgreSQL makes it
-- part of the query that asks.

create function identity._has_capability(
  casino_id integer,
  staff_id uuid,
  role text,
  capability text
) returns table (has boolean)
language sql
stable
rows 1
begin atomic
  select coalesce(
    (
      select p.granted
      from identity.staff_permission as p
      where p.casino_id = _has_capability.casino_id
        and p.staff_id = _has_capability.staff_id
        and p.capability = _has_capability.capability
    ),
    (
      select true
      from identity.role_capability as r
      where r.casino_id = _has_capability.casino_id
        and r.role = _has_capability.role
        and r.capability = _has_capability.capability
    ),
    false
  );
end;

alter function identity._has_capability(integer, uuid, text, text) owner to identity_service;
revoke all on function identity._has_capability(integer, uuid, text, text) from public;

comment on function identity._has_capability(integer, uuid, text, text) is
  'Whether a person of this role has the capability: by own permission, else by role, else no.';
--! EndIncluded identity/_has_capability.sql
--! Included identity/_enter.sql
-- The door of every entry point: looks the session up once, checks the capability and sets the
-- casino for this call. The entry point is declared with "set pit.casino = ''", so a casino that
-- a caller set beforehand is wiped, and what is set here ends with the call. Locks and counts
-- see what others have committed only in read committed, so nothing else is let in.

create function identity._enter(capability text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_claim record;
  v_setting text;
  v_actor identity.actor;
  v_may boolean;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    perform ops._refuse('IDISO');
  end if;
  v_claim := identity._session_claim();
  v_setting := set_config('pit.casino', coalesce(v_claim.casino_id::text, ''), true);

  select
    s.casino_id, s.staff_id, s.session_id, c.timezone, c.gaming_day_start,
    m.has
  into
    v_actor.casino_id, v_actor.staff_id, v_actor.session_id, v_actor.timezone,
    v_actor.gaming_day_start, v_may
  from identity.session as s
  join identity.staff as p on p.casino_id = s.casino_id and p.staff_id = s.staff_id
  join identity.casino as c on c.casino_id = s.casino_id
  cross join lateral identity._has_capability(
    identity._casino(), p.staff_id, p.role, _enter.capability
  ) as m
  where s.casino_id = identity._casino()
    and s.token_hash = v_claim.token_hash
    and s.kind = 'staff'
    and identity._session_lives(s)
    and p.active;

  if not found then
    perform set_config('pit.casino', '', true);
    perform ops._refuse('IDUNA');
  end if;
  if _enter.capability is not null and v_may is not true then
    perform set_config('pit.casino', '', true);
    perform ops._refuse('IDFRB', array[_enter.capability]);
  end if;

  v_actor.correlation_id := identity._correlation_id();
  return v_actor;
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
--! Included identity/_may.sql
-- For the few rules that soften with a capability (backdating): asks for the caller of the
-- running call, after identity._enter.

create function identity._may(actor identity.actor, capability text) returns boolean
language sql
stable
security definer
set search_path = ''
return coalesce(
  (
    select m.has
    from identity.staff as p
    cross join lateral identity._has_capability(
      p.casino_id, p.staff_id, p.role, _may.capability
    ) as m
    where p.casino_id = actor.casino_id and p.staff_id = actor.staff_id
  ),
  false
);

alter function identity._may(identity.actor, text) owner to identity_service;
revoke all on function identity._may(identity.actor, text) from public;
grant execute on function identity._may(identity.actor, text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._may(identity.actor, text) is
  'Whether the caller has a capability; false when that can''t be answered.';
--! EndIncluded identity/_may.sql
--! Included identity/_issue_ticket.sql
-- Gives a queued job its ticket: a short-lived session for one task and one casino, made in the
-- transaction that queues the job. Whoever caused the job may be gone when it runs, so a ticket
-- carries no person and no capability.

create function identity._issue_ticket(task text, valid_for interval default '7 days')
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_secret text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
begin
  insert into identity.session (casino_id, kind, task, token_hash, idle_timeout, expires_at)
  values (
    v_casino_id, 'job', _issue_ticket.task, sha256(convert_to(v_secret, 'UTF8')),
    valid_for, now() + valid_for
  );
  return v_casino_id || '.' || v_secret;
end
$$;

alter function identity._issue_ticket(text, interval) owner to identity_service;
revoke all on function identity._issue_ticket(text, interval) from public;
grant execute on function identity._issue_ticket(text, interval) to ops_service;

comment on function identity._issue_ticket(text, interval) is
  'Makes a job''s ticket for the running casino and returns its token for the job''s payload.';
--! EndIncluded identity/_issue_ticket.sql
--! Included identity/_enter_job.sql
-- The door for jobs, in place of identity._enter: checks that the worker's own login is calling,
-- with a living ticket for exactly this task, and sets the ticket's casino for this call.

create function identity._enter_job(task text, ticket text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := substring(ticket from '^([1-9][0-9]{0,8})\.')::integer;
  v_actor identity.actor;
begin
  perform set_config('pit.casino', coalesce(v_casino_id::text, ''), true);

  select s.casino_id, s.session_id, c.timezone, c.gaming_day_start
  into v_actor.casino_id, v_actor.session_id, v_actor.timezone, v_actor.gaming_day_start
  from identity.session as s
  join identity.casino as c on c.casino_id = s.casino_id
  where session_user = 'pit_worker'
    and s.casino_id = v_casino_id
    and s.token_hash = sha256(convert_to(split_part(ticket, '.', 2), 'UTF8'))
    and s.kind = 'job'
    and s.task = _enter_job.task
    and identity._session_lives(s);

  if not found then
    perform set_config('pit.casino', '', true);
    perform ops._refuse('OPTKT', array[_enter_job.task]);
  end if;
  v_actor.correlation_id := identity._correlation_id();
  return v_actor;
end
$$;

alter function identity._enter_job(text, text) owner to identity_service;
revoke all on function identity._enter_job(text, text) from public;
grant execute on function identity._enter_job(text, text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._enter_job(text, text) is
  'Resolves a job''s ticket and sets its casino. Only the login pit_worker passes. Error: OPTKT.';
--! EndIncluded identity/_enter_job.sql
--! Included identity/sign_in_challenge.sql
-- First half of signing in: gives the gateway the hash to verify. Only the gateway's own login
-- may call it, never a request: whoever can read hashes can guess passwords offline. An unknown
-- name, a dealer and a feed account give no row; the gateway then verifies against a dummy, so
-- that answer and time are the same.

create function identity.sign_in_challenge(casino_code text, username text)
returns table (casino_id integer, staff_id uuid, phc text, locked_until timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = upper(btrim(casino_code));
  if not found then
    return;
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);

  return query
  select p.casino_id, p.staff_id, s.phc,
    case when s.locked_until > now() then s.locked_until end
  from identity.staff as p
  join identity.staff_secret as s on s.casino_id = p.casino_id and s.staff_id = p.staff_id
  where p.casino_id = v_casino_id
    and p.username = lower(btrim(sign_in_challenge.username))
    and p.active
    and p.role not in ('dealer', 'sender');
end
$$;

alter function identity.sign_in_challenge(text, text) owner to identity_service;
revoke all on function identity.sign_in_challenge(text, text) from public;
grant execute on function identity.sign_in_challenge(text, text) to pit_gateway;

comment on function identity.sign_in_challenge(text, text) is
  'For the gateway alone: the password hash of a person who may sign in, and until when the '
  'account is locked. No row for anybody else.';
--! EndIncluded identity/sign_in_challenge.sql
--! Included identity/complete_sign_in.sql
-- Second half of signing in: counts a failure, or opens the session. Never raises for a wrong
-- password, because raising would take back the count. While an account is locked not even the
-- right password opens it.

create function identity.complete_sign_in(
  casino_id integer,
  staff_id uuid,
  succeeded boolean,
  token_hash bytea
)
returns table (session_id uuid, locked_until timestamptz, expires_at timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
  v_secret identity.staff_secret;
begin
  perform set_config('pit.casino', complete_sign_in.casino_id::text, true);
  select * into strict v_casino
  from identity.casino as c where c.casino_id = complete_sign_in.casino_id;
  select * into strict v_secret
  from identity.staff_secret as s
  where s.casino_id = complete_sign_in.casino_id and s.staff_id = complete_sign_in.staff_id
  for no key update;

  if v_secret.locked_until > now() then
    return query select null::uuid, v_secret.locked_until, null::timestamptz;
    return;
  end if;

  if succeeded is not true then
    update identity.staff_secret as s
    set failed_attempts = (s.failed_attempts + 1) % v_casino.sign_in_attempts,
      locked_until = case
        when s.failed_attempts + 1 >= v_casino.sign_in_attempts
          then now() + v_casino.sign_in_lock
      end
    where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id
    returning s.locked_until into v_secret.locked_until;
    return query select null::uuid, v_secret.locked_until, null::timestamptz;
    return;
  end if;

  update identity.staff_secret as s
  set failed_attempts = 0, locked_until = null
  where s.casino_id = v_secret.casino_id and s.staff_id = v_secret.staff_id
    and (s.failed_attempts > 0 or s.locked_until is not null);

  return query
  insert into identity.session as s (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select p.casino_id, p.staff_id, complete_sign_in.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as p
  where p.casino_id = v_secret.casino_id and p.staff_id = v_secret.staff_id
    and p.active and p.role not in ('dealer', 'sender')
  returning s.session_id, null::timestamptz, s.expires_at;
  if not found then
    return query select null::uuid, null::timestamptz, null::timestamptz;
  end if;
end
$$;

alter function identity.complete_sign_in(integer, uuid, boolean, bytea) owner to identity_service;
revoke all on function identity.complete_sign_in(integer, uuid, boolean, bytea) from public;
grant execute on function identity.complete_sign_in(integer, uuid, boolean, bytea)
to pit_gateway;

comment on function identity.complete_sign_in(integer, uuid, boolean, bytea) is
  'For the gateway alone: records the outcome of a sign-in. Success opens a session for the '
  'given token hash; a failure is counted and locks the account after the casino''s number of '
  'attempts. session_id is null when no session was opened.';
--! EndIncluded identity/complete_sign_in.sql
--! Included identity/touch_session.sql
-- Keeps a session in use from idling out. Called by the gateway beside a request, not in it, and
-- written at most every 15 seconds, so that reading stays reading.

create function identity.touch_session(session text)
returns table (casino_id integer, staff_id uuid, session_id uuid)
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_claim record;
begin
  v_claim := identity._session_claim(session);
  perform set_config('pit.casino', coalesce(v_claim.casino_id::text, ''), true);

  update identity.session as s
  set last_seen_at = now()
  where s.casino_id = v_claim.casino_id
    and s.token_hash = v_claim.token_hash
    and s.kind = 'staff'
    and s.last_seen_at < now() - interval '15 seconds'
    and identity._session_lives(s);

  return query
  select s.casino_id, s.staff_id, s.session_id
  from identity.session as s
  join identity.staff as p on p.casino_id = s.casino_id and p.staff_id = s.staff_id
  where s.casino_id = v_claim.casino_id
    and s.token_hash = v_claim.token_hash
    and s.kind = 'staff'
    and identity._session_lives(s)
    and p.active;
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

create function identity.sign_out(session text) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_claim record;
begin
  v_claim := identity._session_claim(session);
  perform set_config('pit.casino', coalesce(v_claim.casino_id::text, ''), true);

  update identity.session as s
  set revoked_at = now()
  where s.casino_id = v_claim.casino_id
    and s.token_hash = v_claim.token_hash
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
--! Included identity/signed_in.sql
-- What a signed-in person may know about themselves; the shape of identity.me(). Capabilities are
-- listed so that a screen can leave out what would be refused.

create type identity.signed_in as (
  staff_id uuid,
  username text,
  display_name text,
  role text,
  capabilities text[],
  casino_id integer,
  casino_code text,
  casino_name text,
  timezone text,
  gaming_day date
);

alter type identity.signed_in owner to pit_owner;

comment on type identity.signed_in is
  'The signed-in person, what they may do, and the casino with its running gaming day.';
--! EndIncluded identity/signed_in.sql
--! Included identity/me.sql
-- Tells a client who is signed in and what they may do, so that screens offer what will work.
-- The decision itself is made again by every command.

create function identity.me() returns identity.signed_in
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
    array(
      select c.capability::text
      from (
        select r.capability
        from identity.role_capability as r
        where r.casino_id = p.casino_id and r.role = p.role
        union
        select o.capability
        from identity.staff_permission as o
        where o.casino_id = p.casino_id and o.staff_id = p.staff_id
      ) as c
      where (
        select m.has
        from identity._has_capability(p.casino_id, p.staff_id, p.role, c.capability) as m
      )
      order by 1
    ),
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
--! Included identity/_seed_role_capabilities.sql
-- What the roles bring at a new casino: the table of domain.md section 7. Copied into the casino's
-- own rows, where the house may decide otherwise.

create function identity._seed_role_capabilities()
returns table (role text, capabilities text[])
language sql
immutable
begin atomic
  select role, string_to_array(capabilities, ' ')
  from (values
    ('floor_supervisor', 'floor:rate loyalty:award mtl:create'),
    ('pit_boss', 'floor:rate floor:backdate loyalty:award loyalty:approve loyalty:redeem '
      || 'mtl:create mtl:view'),
    ('cashier', 'loyalty:redeem mtl:create mtl:view'),
    ('compliance_officer', 'mtl:create mtl:view mtl:review ctr:file audit:view'),
    ('marketing', 'loyalty:view_all loyalty:configure loyalty:adjust loyalty:reverse '
      || 'loyalty:approve'),
    ('auditor', 'loyalty:view_all mtl:view mtl:review audit:view'),
    ('admin', 'staff:manage import:run audit:view loyalty:view_all')
  ) as seed (role, capabilities);
end;

alter function identity._seed_role_capabilities() owner to identity_service;
revoke all on function identity._seed_role_capabilities() from public;

comment on function identity._seed_role_capabilities() is
  'Capabilities that each role brings when a casino is set up (domain.md section 7).';
--! EndIncluded identity/_seed_role_capabilities.sql
--! Included identity/_load_casino.sql
-- Identity's part of setting a property up: the casino's row, what the roles may do, and the
-- account of the floor system that sends the feed. Loading the same again changes nothing.

create function identity._load_casino(property jsonb, out casino_id integer, out changed boolean)
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
--! Included identity/add_staff.sql
-- Adds a person to a casino; for the owner's connection alone (the command line). The screens
-- for staff administration come through staff:manage.

create function identity.add_staff(
  casino_code text,
  username text,
  display_name text,
  role text
) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino_id integer;
  v_staff_id uuid;
begin
  select c.casino_id into v_casino_id from identity.casino as c where c.code = casino_code;
  if not found then
    perform ops._refuse('IDSTF', array[casino_code]);
  end if;
  perform set_config('pit.casino', v_casino_id::text, true);

  insert into identity.staff as s (casino_id, username, display_name, role)
  values (v_casino_id, add_staff.username, add_staff.display_name, add_staff.role)
  on conflict on constraint username_is_unique_in_its_casino do nothing
  returning s.staff_id into v_staff_id;
  if not found then
    perform ops._refuse('IDDUP', array[add_staff.username]);
  end if;
  return v_staff_id;
end
$$;

alter function identity.add_staff(text, text, text, text) owner to identity_service;
revoke all on function identity.add_staff(text, text, text, text) from public;
grant execute on function identity.add_staff(text, text, text, text) to pit_owner;

comment on function identity.add_staff(text, text, text, text) is
  'For the owner''s connection: adds a person with a role. Errors: IDSTF no such casino, IDDUP.';
--! EndIncluded identity/add_staff.sql
--! Included identity/set_password.sql
-- Sets a person's password hash; for the owner's connection alone. The hash is made outside, so
-- that no password ever reaches the database. Sessions that are open end at once.

create function identity.set_password(casino_code text, username text, phc text) returns void
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
--! Included identity/issue_sender_session.sql
-- Opens a session for the account of a floor system's feed; for the owner's connection alone.
-- The account has no password: a sender is given a token, which can be revoked, and may import
-- events and nothing else.

create function identity.issue_sender_session(casino_code text, token_hash bytea)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_casino identity.casino;
begin
  select * into v_casino from identity.casino as c where c.code = casino_code;
  if not found then
    perform ops._refuse('IDSTF', array['feed']);
  end if;
  perform set_config('pit.casino', v_casino.casino_id::text, true);

  insert into identity.session (casino_id, staff_id, token_hash, idle_timeout, expires_at)
  select s.casino_id, s.staff_id, issue_sender_session.token_hash,
    v_casino.session_idle_timeout, now() + v_casino.session_lifetime
  from identity.staff as s
  where s.casino_id = v_casino.casino_id and s.username = 'feed' and s.role = 'sender';
  return v_casino.casino_id;
end
$$;

alter function identity.issue_sender_session(text, bytea) owner to identity_service;
revoke all on function identity.issue_sender_session(text, bytea) from public;
grant execute on function identity.issue_sender_session(text, bytea) to pit_owner;

comment on function identity.issue_sender_session(text, bytea) is
  'For the owner''s connection: a session of the feed''s account for the given token hash. '
  'Returns the casino''s id. Error: IDSTF.';
--! EndIncluded identity/issue_sender_session.sql
--! Included ops/_add_job.sql
-- The queue's tables belong to the worker's login and admit nobody else, so the last step into
-- the queue is taken in its name. Only ops._queue_job may call it.

create function ops._add_job(task text, payload jsonb, job_key text) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_job_id bigint;
begin
  v_job_id := (
    graphile_worker.add_job(identifier => task, payload => payload::json, job_key => job_key)
  ).id;
  if v_job_id is null then
    perform ops._refuse('OPJOB', array[task]);
  end if;
end
$$;

alter function ops._add_job(text, jsonb, text) owner to pit_worker;
revoke all on function ops._add_job(text, jsonb, text) from public;
grant execute on function ops._add_job(text, jsonb, text) to ops_service;
grant execute on function ops._refuse(text, text[], jsonb) to pit_worker;

comment on function ops._add_job(text, jsonb, text) is
  'Adds a job to graphile-worker''s queue, in the running transaction. Error: OPJOB.';
--! EndIncluded ops/_add_job.sql
--! Included ops/_queue_job.sql
-- The one way to queue a job, in the transaction of what caused it: makes the job's ticket and
-- hands job and ticket to the worker's queue. Commit brings both, rollback neither.

create function ops._queue_job(task text, payload jsonb, job_key text default null) returns void
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
--! Included loyalty/loyalty_policy.sql
-- How play becomes points, and what floor staff may give: versions that are never changed.
-- Parameters instead of formulas: pt1 and theo of domain.md section 3 are two rows of one
-- formula. A version is in force from effective_from until the next one; a version without that
-- date is known but not in force.

set local role pit_owner;

create table loyalty.loyalty_policy (
  casino_id integer not null references identity.casino on delete restrict,
  loyalty_policy_id uuid not null default uuidv7(),
  name text not null,
  version integer not null,
  effective_from timestamptz,
  round_decisions boolean not null,
  apply_tier_multiplier boolean not null,
  seat_bonus_rate numeric(6, 4) not null,
  full_table_seats integer not null default 7,
  volume_bonus numeric(6, 4) not null,
  rounding text not null,
  reward_limit bigint not null default 10000,
  reward_reason_length integer not null default 10,
  rewards_per_minute integer not null default 10,
  approval_threshold bigint not null default 5000,
  created_at timestamptz not null default now(),
  primary key (casino_id, loyalty_policy_id),
  constraint version_is_unique_for_its_name unique (casino_id, name, version),
  constraint one_policy_at_a_time unique (casino_id, effective_from),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint bonuses_never_reduce check (seat_bonus_rate >= 0 and volume_bonus >= 1),
  constraint full_table_has_seats check (full_table_seats > 0),
  constraint rounding_is_half_up_or_floor check (rounding in ('half_up', 'floor')),
  constraint reward_limits_are_positive check (
    reward_limit > 0 and reward_reason_length > 0
    and rewards_per_minute > 0 and approval_threshold > 0
  )
);

alter table loyalty.loyalty_policy enable row level security;
alter table loyalty.loyalty_policy force row level security;

create policy manage_all on loyalty.loyalty_policy to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_policy for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('loyalty:view_all'))
);
create policy serve_own_casino on loyalty.loyalty_policy for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.loyalty_policy for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_policy to loyalty_service;
grant select on loyalty.loyalty_policy to pit_staff;

create trigger loyalty_policy_is_append_only
before update or delete or truncate on loyalty.loyalty_policy
for each statement execute function ops._append_only('OPIMM');
alter table loyalty.loyalty_policy enable always trigger loyalty_policy_is_append_only;

reset role;

comment on table loyalty.loyalty_policy is
  'A version of the rules that turn play into points. Never changed: slips refer to it.';
comment on column loyalty.loyalty_policy.effective_from is
  'In force from then on, until the next version; the first from -infinity; null: not in force.';
comment on column loyalty.loyalty_policy.round_decisions is
  'True: decisions are rounded half-up before use; false: seconds / 3600 x pace, exact.';
comment on column loyalty.loyalty_policy.apply_tier_multiplier is
  'Whether points are multiplied by the tier held before the accrual.';
comment on column loyalty.loyalty_policy.seat_bonus_rate is
  'Bonus for each seat fewer than full_table_seats: 0.05 is 5 percent a seat, 0 is none.';
comment on column loyalty.loyalty_policy.volume_bonus is
  'Factor when decisions exceed the game''s decisions per hour: 1.1 is 10 percent, 1 is none.';
comment on column loyalty.loyalty_policy.rounding is
  'How points are rounded, once, at the end: half_up or floor.';
comment on column loyalty.loyalty_policy.reward_limit is 'Most points of one manual reward.';
comment on column loyalty.loyalty_policy.reward_reason_length is
  'Fewest characters of a manual reward''s reason.';
comment on column loyalty.loyalty_policy.rewards_per_minute is
  'Most manual rewards of one person in any 60 seconds.';
comment on column loyalty.loyalty_policy.approval_threshold is
  'A manual reward of this many points or more needs a second person.';
--! EndIncluded loyalty/loyalty_policy.sql
--! Included loyalty/loyalty_tier.sql
-- Which lifetime points make which tier, and what a tier multiplies: the only place with tier
-- thresholds. A version is the set of rows with one effective_from; versions are never changed.

set local role pit_owner;

create table loyalty.loyalty_tier (
  casino_id integer not null references identity.casino on delete restrict,
  effective_from timestamptz not null,
  threshold_points bigint not null,
  next_threshold_points bigint,
  tier text not null,
  multiplier numeric(6, 3) not null,
  primary key (casino_id, effective_from, threshold_points),
  constraint tier_is_unique_in_its_version unique (casino_id, effective_from, tier),
  constraint next_tier_begins_above_this_one check (next_threshold_points > threshold_points),
  constraint threshold_is_not_negative check (threshold_points >= 0),
  constraint multiplier_never_reduces check (multiplier >= 1),
  constraint tier_is_in_capitals check (tier ~ '^[A-Z][A-Z0-9_]*$')
);

alter table loyalty.loyalty_tier enable row level security;
alter table loyalty.loyalty_tier force row level security;

create policy manage_all on loyalty.loyalty_tier to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_tier for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.loyalty_tier for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.loyalty_tier for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_tier to loyalty_service;
grant select on loyalty.loyalty_tier to pit_staff;

create trigger loyalty_tier_is_append_only
before update or delete or truncate on loyalty.loyalty_tier
for each statement execute function ops._append_only('OPIMM');
alter table loyalty.loyalty_tier enable always trigger loyalty_tier_is_append_only;

reset role;

comment on table loyalty.loyalty_tier is
  'Tiers by lifetime points. All rows with one effective_from are one version.';
comment on column loyalty.loyalty_tier.threshold_points is
  'Lifetime points from which the tier is held; the lowest tier has 0.';
comment on column loyalty.loyalty_tier.next_threshold_points is
  'Threshold of the version''s next tier, null for the top one: spares every award a look-up.';
comment on column loyalty.loyalty_tier.multiplier is
  'Factor on the points of a player who holds this tier, where the policy applies it.';
--! EndIncluded loyalty/loyalty_tier.sql
--! Included floor/game_settings.sql
-- The mathematics of a game at a casino: what a bet is worth to the house and how fast it is
-- made. Versions are effective-dated and never changed; a slip keeps the version that was in
-- force when it opened, which is its snapshot.

set local role pit_owner;

create table floor.game_settings (
  casino_id integer not null references identity.casino on delete restrict,
  game_settings_id uuid not null default uuidv7(),
  code text not null,
  name text not null,
  house_edge numeric(7, 4) not null,
  decisions_per_hour integer not null,
  seats integer not null,
  conversion_rate numeric(10, 4) not null default 10,
  point_multiplier numeric(10, 4) not null default 1,
  effective_from timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, game_settings_id),
  constraint one_version_of_a_game_at_a_time unique (casino_id, code, effective_from),
  constraint code_is_not_blank check (btrim(code) <> ''),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint house_edge_is_a_percentage_above_zero check (house_edge > 0 and house_edge <= 100),
  constraint decisions_per_hour_are_above_zero check (decisions_per_hour > 0),
  constraint seats_are_between_1_and_20 check (seats between 1 and 20),
  constraint rates_are_not_negative check (conversion_rate >= 0 and point_multiplier >= 0)
);

alter table floor.game_settings enable row level security;
alter table floor.game_settings force row level security;

create policy manage_all on floor.game_settings to pit_owner using (true);
create policy select_own_casino on floor.game_settings for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.game_settings for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.game_settings for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.game_settings to floor_service;
grant select on floor.game_settings to pit_staff;

create trigger game_settings_is_append_only
before update or delete or truncate on floor.game_settings
for each statement execute function ops._append_only('OPIMM');
alter table floor.game_settings enable always trigger game_settings_is_append_only;

reset role;

comment on table floor.game_settings is
  'A version of a game''s settings. Never changed: a change is a new version with a later date.';
comment on column floor.game_settings.house_edge is 'Percent of each bet that the house keeps.';
comment on column floor.game_settings.decisions_per_hour is 'Rounds an hour with a full table.';
comment on column floor.game_settings.seats is 'Seats of this game, for the seat bonus.';
comment on column floor.game_settings.conversion_rate is 'Points for a dollar of theoretical win.';
comment on column floor.game_settings.point_multiplier is 'Factor on the base points.';
comment on column floor.game_settings.effective_from is
  'In force from then on, until the next version; the first version from -infinity.';
--! EndIncluded floor/game_settings.sql
--! Included floor/gaming_table.sql
-- A table on the floor: where it stands, what is dealt there and how many seats it has, as of now.
-- History doesn't hang on it: each slip keeps the game settings it opened with.

set local role pit_owner;

create table floor.gaming_table (
  casino_id integer not null references identity.casino on delete restrict,
  table_id uuid not null default uuidv7(),
  label text not null,
  pit text not null,
  game_code text not null,
  seats integer not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (casino_id, table_id),
  constraint label_is_unique_in_its_casino unique (casino_id, label),
  constraint label_is_not_blank check (btrim(label) <> ''),
  constraint pit_is_not_blank check (btrim(pit) <> ''),
  constraint seats_are_between_1_and_20 check (seats between 1 and 20)
);

alter table floor.gaming_table enable row level security;
alter table floor.gaming_table force row level security;

create policy manage_all on floor.gaming_table to pit_owner using (true);
create policy select_own_casino on floor.gaming_table for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.gaming_table for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.gaming_table for insert to floor_service
with check (casino_id = identity._casino());
create policy update_own_casino on floor.gaming_table for update to floor_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on floor.gaming_table to floor_service;
grant update (pit, game_code, seats, active) on floor.gaming_table to floor_service;
grant select on floor.gaming_table to pit_staff;

reset role;

comment on table floor.gaming_table is 'A gaming table with its pit, game and seats.';
comment on column floor.gaming_table.label is 'Name on the floor (BJ6-01), unique in the casino.';
comment on column floor.gaming_table.game_code is 'Code of the game dealt, see game_settings.';
comment on column floor.gaming_table.active is 'False: out of service, no slip can open there.';
--! EndIncluded floor/gaming_table.sql
--! Included floor/player.sql
-- An enrolled player, known by the card. Never deleted: slips and ledger refer to the player and
-- are kept for years.

set local role pit_owner;

create table floor.player (
  casino_id integer not null references identity.casino on delete restrict,
  player_id uuid not null default uuidv7(),
  card_no text not null,
  first_name text not null,
  last_name text not null,
  birth_date date,
  enrolled_at timestamptz not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, player_id),
  constraint card_is_unique_in_its_casino unique (casino_id, card_no),
  constraint card_no_is_not_blank check (card_no ~ '^\S.{0,62}\S$|^\S$'),
  constraint names_are_not_blank check (btrim(first_name) <> '' and btrim(last_name) <> '')
);

create index player_names on floor.player (casino_id, lower(last_name), lower(first_name));

alter table floor.player enable row level security;
alter table floor.player force row level security;

create policy manage_all on floor.player to pit_owner using (true);
create policy select_own_casino on floor.player for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.player for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.player for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.player to floor_service;
grant select on floor.player to pit_staff;

reset role;

comment on table floor.player is 'An enrolled player.';
comment on column floor.player.card_no is 'Number of the player''s card, unique in the casino.';
comment on column floor.player.enrolled_at is 'When the player enrolled.';
--! EndIncluded floor/player.sql
--! Included floor/visit.sql
-- One player's stay on the floor; rating slips belong to a visit. At most one is open per player,
-- by a unique index and not by a check that two people could pass at once.

set local role pit_owner;

create table floor.visit (
  casino_id integer not null,
  visit_id uuid not null default uuidv7(),
  player_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  gaming_day date not null,
  opened_by uuid not null,
  closed_by uuid,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, visit_id),
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  constraint visit_closes_after_it_opens check (closed_at >= opened_at)
);

create unique index one_open_visit_per_player on floor.visit (casino_id, player_id)
where closed_at is null;
create index visit_player on floor.visit (casino_id, player_id, opened_at);

alter table floor.visit enable row level security;
alter table floor.visit force row level security;

create policy manage_all on floor.visit to pit_owner using (true);
create policy select_own_casino on floor.visit for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.visit for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.visit for insert to floor_service
with check (casino_id = identity._casino());
create policy update_own_casino on floor.visit for update to floor_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on floor.visit to floor_service;
grant update (closed_at, closed_by) on floor.visit to floor_service;
grant select on floor.visit to pit_staff;

reset role;

comment on table floor.visit is 'A player''s stay, from opening to closing.';
comment on column floor.visit.gaming_day is 'Gaming day of the opening, stamped once.';
--! EndIncluded floor/visit.sql
--! Included floor/rating_slip.sql
-- What a player did at one seat: the head of the slip. The events are the record; the columns
-- here are its running summary, so that the pit board reads one row per slip, and after closing
-- the telemetry that the events amount to. Kept at least five years, never deleted, no cascade.

set local role pit_owner;

create table floor.rating_slip (
  casino_id integer not null,
  rating_slip_id uuid not null default uuidv7(),
  visit_id uuid not null,
  player_id uuid not null,
  table_id uuid not null,
  seat_no integer not null,
  game_settings_id uuid not null,
  loyalty_policy_id uuid,
  previous_slip_id uuid,
  state text not null default 'open',
  current_bet numeric(14, 2) not null,
  played_seconds numeric not null default 0,
  last_event_no integer not null default 0,
  last_event_at timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  accumulated_seconds integer,
  average_bet numeric(14, 2),
  gaming_day date not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, rating_slip_id),
  foreign key (casino_id, visit_id) references floor.visit on delete restrict,
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  foreign key (casino_id, table_id) references floor.gaming_table on delete restrict,
  foreign key (casino_id, game_settings_id) references floor.game_settings on delete restrict,
  foreign key (casino_id, loyalty_policy_id) references loyalty.loyalty_policy on delete restrict,
  foreign key (casino_id, previous_slip_id) references floor.rating_slip on delete restrict,
  constraint state_is_open_paused_or_closed check (state in ('open', 'paused', 'closed')),
  constraint seat_no_is_positive check (seat_no > 0),
  constraint bet_is_not_negative check (current_bet >= 0),
  constraint closed_slip_has_its_telemetry check (
    (state = 'closed')
    = (closed_at is not null and accumulated_seconds is not null and average_bet is not null)
  ),
  constraint slip_closes_after_it_opens check (closed_at >= opened_at),
  constraint seconds_are_not_negative check (accumulated_seconds >= 0 and played_seconds >= 0)
);

create unique index one_open_slip_per_player on floor.rating_slip (casino_id, player_id)
where state <> 'closed';
create unique index one_open_slip_per_seat on floor.rating_slip (casino_id, table_id, seat_no)
where state <> 'closed';
create index rating_slip_visit on floor.rating_slip (casino_id, visit_id);
create index rating_slip_player on floor.rating_slip (casino_id, player_id, opened_at);
create index rating_slip_table on floor.rating_slip (casino_id, table_id, opened_at);
create index rating_slip_game_settings on floor.rating_slip (casino_id, game_settings_id);
create index rating_slip_loyalty_policy on floor.rating_slip (casino_id, loyalty_policy_id);
create index rating_slip_previous_slip on floor.rating_slip (casino_id, previous_slip_id);

alter table floor.rating_slip enable row level security;
alter table floor.rating_slip force row level security;

create policy manage_all on floor.rating_slip to pit_owner using (true);
create policy select_own_casino on floor.rating_slip for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.rating_slip for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.rating_slip for insert to floor_service
with check (casino_id = identity._casino());
create policy update_own_casino on floor.rating_slip for update to floor_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on floor.rating_slip to floor_service;
grant update (
  state, current_bet, played_seconds, last_event_no, last_event_at,
  closed_at, accumulated_seconds, average_bet
) on floor.rating_slip to floor_service;
grant select on floor.rating_slip to pit_staff;

reset role;

comment on table floor.rating_slip is
  'A player''s play at one seat. Its events are the record, these columns their summary.';
comment on column floor.rating_slip.game_settings_id is
  'The version of the game''s settings in force when the slip opened: its snapshot.';
comment on column floor.rating_slip.loyalty_policy_id is
  'The policy version in force when the slip opened; null when there was none.';
comment on column floor.rating_slip.previous_slip_id is 'The slip that a move closed.';
comment on column floor.rating_slip.current_bet is 'The bet observed last, in dollars.';
comment on column floor.rating_slip.played_seconds is
  'Unpaused seconds up to last_event_at, exact; an open slip adds the time since then.';
comment on column floor.rating_slip.accumulated_seconds is
  'Whole seconds open and not paused, rounded down once; known when the slip is closed.';
comment on column floor.rating_slip.average_bet is
  'Time-weighted average bet over the unpaused seconds, in dollars, half-up to cents.';
comment on column floor.rating_slip.gaming_day is 'Gaming day of the opening, stamped once.';
--! EndIncluded floor/rating_slip.sql
--! Included floor/rating_slip_event.sql
-- The record of a slip: timed events, written once. Everything else about a slip is computed
-- from them.

set local role pit_owner;

create table floor.rating_slip_event (
  casino_id integer not null,
  rating_slip_id uuid not null,
  event_no integer not null,
  event_id uuid not null default uuidv7(),
  event_type text not null,
  average_bet numeric(14, 2) not null,
  running boolean not null,
  occurred_at timestamptz not null,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, rating_slip_id, event_no),
  foreign key (casino_id, rating_slip_id) references floor.rating_slip on delete restrict,
  constraint event_no_counts_from_1 check (event_no > 0),
  constraint event_type_is_known check (
    event_type in ('opened', 'bet_observed', 'paused', 'resumed', 'moved', 'closed')
  ),
  constraint bet_is_not_negative check (average_bet >= 0)
);

alter table floor.rating_slip_event enable row level security;
alter table floor.rating_slip_event force row level security;

create policy manage_all on floor.rating_slip_event to pit_owner using (true);
create policy select_own_casino on floor.rating_slip_event for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on floor.rating_slip_event for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.rating_slip_event for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.rating_slip_event to floor_service;
grant select on floor.rating_slip_event to pit_staff;

create trigger rating_slip_event_is_append_only
before update or delete or truncate on floor.rating_slip_event
for each statement execute function ops._append_only('OPIMM');
alter table floor.rating_slip_event
enable always trigger rating_slip_event_is_append_only;

reset role;

comment on table floor.rating_slip_event is
  'What happened on a slip, in order. A slip ends with closed, or with moved when play went on '
  'at another seat.';
comment on column floor.rating_slip_event.event_id is 'Orders events across slips.';
comment on column floor.rating_slip_event.average_bet is 'The bet in effect after the event.';
comment on column floor.rating_slip_event.running is
  'Whether time counts after the event: open and not paused.';
--! EndIncluded floor/rating_slip_event.sql
--! Included floor/command.sql
-- Floor commands carry an idempotency key; this table remembers which key did what. A key with
-- the same request gives the first result again, with another request it is refused. (The ledger
-- remembers its own keys; see docs/decisions for why floor keeps them beside its tables.)

set local role pit_owner;

create table floor.command (
  casino_id integer not null references identity.casino on delete restrict,
  idempotency_key text not null,
  command text not null,
  request_fingerprint bytea not null,
  player_id uuid,
  visit_id uuid,
  rating_slip_id uuid,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, idempotency_key)
);

alter table floor.command enable row level security;
alter table floor.command force row level security;

create policy manage_all on floor.command to pit_owner using (true);
create policy serve_own_casino on floor.command for select to floor_service
using (casino_id = identity._casino());
create policy insert_own_casino on floor.command for insert to floor_service
with check (casino_id = identity._casino());

grant select, insert on floor.command to floor_service;

create trigger command_is_append_only
before update or delete or truncate on floor.command
for each statement execute function ops._append_only('OPIMM');
alter table floor.command enable always trigger command_is_append_only;

reset role;

comment on table floor.command is
  'Which idempotency key did what on the floor, so that a repeated command has one effect.';
comment on column floor.command.request_fingerprint is
  'SHA-256 of command and arguments: tells a repetition from another request with the same key.';
--! EndIncluded floor/command.sql
--! Included floor/slip_telemetry.sql
-- What floor tells loyalty about a closed slip: everything that points depend on, nothing about
-- points. Game figures come from the slip's snapshot, not from the table as it is now.

create type floor.slip_telemetry as (
  casino_id integer,
  rating_slip_id uuid,
  visit_id uuid,
  player_id uuid,
  opened_at timestamptz,
  closed_at timestamptz,
  accumulated_seconds integer,
  average_bet numeric,
  house_edge numeric,
  decisions_per_hour integer,
  seats integer,
  conversion_rate numeric,
  point_multiplier numeric,
  loyalty_policy_id uuid,
  closed_by uuid,
  correlation_id text
);

alter type floor.slip_telemetry owner to pit_owner;

comment on type floor.slip_telemetry is
  'A closed slip''s telemetry and the snapshot of its game settings; closed_by is the person '
  'and correlation_id the request that closed it.';
--! EndIncluded floor/slip_telemetry.sql
--! Included floor/slip_state.sql
-- The little that other contexts may ask about a slip that runs: whose it is and whether it is
-- open, nothing about bets or time.

create type floor.slip_state as (
  rating_slip_id uuid,
  visit_id uuid,
  player_id uuid,
  state text
);

alter type floor.slip_state owner to pit_owner;

comment on type floor.slip_state is 'Whose slip it is, and whether it is open, paused or closed.';
--! EndIncluded floor/slip_state.sql
--! Included floor/_slip_play.sql
-- The time rules of domain.md section 2, computed from the events alone: seconds between events
-- while the slip was running, rounded down once; the bet weighted by these seconds, half-up to
-- cents, or the last bet when no time counted. Half-up is an exact division: dividing and then
-- rounding would round twice.

create function floor._slip_play(
  casino_id integer,
  rating_slip_id uuid,
  out accumulated_seconds integer,
  out average_bet numeric
)
language sql
stable
begin atomic
  select
    floor(coalesce(sum(span.seconds), 0))::integer,
    coalesce(
      div(
        200 * sum(span.bet * span.seconds) + sum(span.seconds), 2 * nullif(sum(span.seconds), 0)
      ) * 0.01,
      (array_agg(span.bet order by span.event_no desc))[1]
    )
  from (
    select
      e.event_no,
      e.average_bet as bet,
      case when e.running
        then coalesce(
          extract(epoch from lead(e.occurred_at) over (order by e.event_no) - e.occurred_at), 0
        )
        else 0
      end as seconds
    from floor.rating_slip_event as e
    where e.casino_id = _slip_play.casino_id and e.rating_slip_id = _slip_play.rating_slip_id
  ) as span;
end;

alter function floor._slip_play(integer, uuid) owner to floor_service;
revoke all on function floor._slip_play(integer, uuid) from public;

comment on function floor._slip_play(integer, uuid) is
  'Whole unpaused seconds and time-weighted average bet of a slip, from its events.';
--! EndIncluded floor/_slip_play.sql
--! Included floor/_slip_telemetry.sql
-- Answers loyalty's question "what was this slip's telemetry?", for closed slips only: an open
-- slip has nothing final to price.

create function floor._slip_telemetry(rating_slip_id uuid) returns floor.slip_telemetry
language sql
stable
security definer
set search_path = ''
return (
  select row(
    s.casino_id, s.rating_slip_id, s.visit_id, s.player_id, s.opened_at, s.closed_at,
    s.accumulated_seconds, s.average_bet,
    g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate, g.point_multiplier,
    s.loyalty_policy_id, e.staff_id, e.correlation_id
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
--! Included floor/_slip_state.sql
-- Answers loyalty's question "is this slip open, and whose is it?". Loyalty reads no floor table;
-- what it may know of a running slip is what this type holds.

create function floor._slip_state(rating_slip_id uuid) returns floor.slip_state
language sql
stable
security definer
set search_path = ''
return (
  select row(s.rating_slip_id, s.visit_id, s.player_id, s.state)::floor.slip_state
  from floor.rating_slip as s
  where s.casino_id = identity._casino() and s.rating_slip_id = _slip_state.rating_slip_id
);

alter function floor._slip_state(uuid) owner to floor_service;
revoke all on function floor._slip_state(uuid) from public;
grant execute on function floor._slip_state(uuid) to loyalty_service;

comment on function floor._slip_state(uuid) is 'State and owner of a slip; null when unknown.';
--! EndIncluded floor/_slip_state.sql
--! Included loyalty/player_loyalty.sql
-- A player's standing: a cache of the ledger, kept in the ledger's own transactions, so that the
-- difference is always zero. The row is also the lock under which a player's entries are
-- numbered and chained. It has no index on the balance and free space on its pages, so that an
-- update stays on its page (HOT).

set local role pit_owner;

create table loyalty.player_loyalty (
  casino_id integer not null,
  player_id uuid not null,
  current_balance bigint not null default 0,
  lifetime_points bigint not null default 0,
  tier text not null,
  tier_progress integer not null default 0,
  last_entry_no bigint not null default 0,
  last_entry_hash bytea not null default sha256(''),
  updated_at timestamptz not null default now(),
  primary key (casino_id, player_id),
  foreign key (casino_id, player_id) references floor.player on delete restrict,
  constraint balance_never_goes_below_zero check (current_balance >= 0),
  constraint lifetime_never_goes_below_zero check (lifetime_points >= 0),
  constraint progress_is_a_percentage check (tier_progress between 0 and 100)
) with (fillfactor = 70);

alter table loyalty.player_loyalty enable row level security;
alter table loyalty.player_loyalty force row level security;

create policy manage_all on loyalty.player_loyalty to pit_owner using (true);
create policy select_own_casino on loyalty.player_loyalty for select to pit_staff, pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.player_loyalty for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.player_loyalty for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.player_loyalty for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.player_loyalty to loyalty_service;
grant update (
  current_balance, lifetime_points, tier, tier_progress,
  last_entry_no, last_entry_hash, updated_at
) on loyalty.player_loyalty to loyalty_service;
grant select on loyalty.player_loyalty to pit_staff, pit_auditor;

reset role;

comment on table loyalty.player_loyalty is
  'A player''s balance, lifetime points and tier: the ledger summed up, in the same transaction.';
comment on column loyalty.player_loyalty.current_balance is 'Points that can be redeemed.';
comment on column loyalty.player_loyalty.lifetime_points is
  'Points ever earned, less those that a reversal took back; decides the tier.';
comment on column loyalty.player_loyalty.tier_progress is
  'Percent of the way to the next tier, half-up; 100 at the top.';
comment on column loyalty.player_loyalty.last_entry_no is 'Number of the newest ledger entry.';
comment on column loyalty.player_loyalty.last_entry_hash is
  'Hash of the newest ledger entry; SHA-256 of nothing while there is none.';
--! EndIncluded loyalty/player_loyalty.sql
--! Included loyalty/loyalty_ledger.sql
-- The truth about points. Append-only for everybody: no role at run time holds update or delete,
-- the trigger refuses whoever does, and each entry's hash covers the entry before it, so that
-- what a superuser might change is found by recomputing. One foreign key, to the player's
-- standing: each further one would cost a row lock on the write path.

set local role pit_owner;

create table loyalty.loyalty_ledger (
  casino_id integer not null,
  player_id uuid not null,
  entry_no bigint not null,
  transaction_type text not null,
  event_type text not null,
  source text not null,
  points_change bigint not null,
  balance_before bigint not null,
  balance_after bigint not null,
  tier_before text not null,
  tier_after text not null,
  rating_slip_id uuid,
  visit_id uuid,
  reverses_entry_no bigint,
  reason text,
  staff_id uuid,
  approved_by uuid,
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  gaming_day date not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  previous_hash bytea not null,
  entry_hash bytea not null,
  primary key (casino_id, player_id, entry_no),
  foreign key (casino_id, player_id) references loyalty.player_loyalty on delete restrict,
  constraint key_is_used_once unique (casino_id, idempotency_key),
  constraint entries_count_from_1 check (entry_no > 0),
  constraint transaction_type_is_known check (
    transaction_type = any (
      '{GAMEPLAY,MANUAL_BONUS,PROMOTION,ADJUSTMENT,REDEMPTION,EXPIRATION,REVERSAL}'
    )
  ),
  constraint source_is_known check (
    source = any ('{system,manual,promotion,adjustment,import}')
  ),
  constraint points_change_is_never_zero check (points_change <> 0),
  constraint balance_never_goes_below_zero check (balance_after >= 0),
  constraint balance_after_follows_from_the_change check (
    balance_after = balance_before + points_change
  ),
  constraint only_a_reversal_names_what_it_reverses check (
    (transaction_type = 'REVERSAL') = (reverses_entry_no is not null)
  )
);

-- The pace of one person's manual rewards is counted here, under a lock of that person.
create index loyalty_ledger_manual_rewards
on loyalty.loyalty_ledger (casino_id, staff_id, created_at)
where transaction_type = 'MANUAL_BONUS';
create unique index entry_is_reversed_once
on loyalty.loyalty_ledger (casino_id, player_id, reverses_entry_no)
where reverses_entry_no is not null;

alter table loyalty.loyalty_ledger enable row level security;
alter table loyalty.loyalty_ledger force row level security;

create policy manage_all on loyalty.loyalty_ledger to pit_owner using (true);
create policy select_own_casino on loyalty.loyalty_ledger for select to pit_staff, pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.loyalty_ledger for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.loyalty_ledger for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.loyalty_ledger to loyalty_service;
grant select on loyalty.loyalty_ledger to pit_staff, pit_auditor;

create trigger loyalty_ledger_is_append_only
before update or delete or truncate on loyalty.loyalty_ledger
for each statement execute function ops._append_only('LYIMM');
alter table loyalty.loyalty_ledger enable always trigger loyalty_ledger_is_append_only;

reset role;

comment on table loyalty.loyalty_ledger is
  'Every change of a player''s points, in order, never changed. Balances are sums of it.';
comment on column loyalty.loyalty_ledger.entry_no is '1, 2, 3 … for each player, without gaps.';
comment on column loyalty.loyalty_ledger.transaction_type is
  'GAMEPLAY, MANUAL_BONUS, PROMOTION, ADJUSTMENT, REDEMPTION, EXPIRATION or REVERSAL.';
comment on column loyalty.loyalty_ledger.event_type is
  'What caused it: RATING_SLIP_COMPLETED, POINTS_UPDATE_REQUESTED, POINTS_REDEEMED, …';
comment on column loyalty.loyalty_ledger.source is
  'system, manual, promotion, adjustment or import.';
comment on column loyalty.loyalty_ledger.points_change is 'Signed points, never 0.';
comment on column loyalty.loyalty_ledger.reverses_entry_no is
  'The entry of the same player that this reversal compensates.';
comment on column loyalty.loyalty_ledger.staff_id is
  'Who caused it, from the session; null for what no person caused.';
comment on column loyalty.loyalty_ledger.approved_by is 'The second person, where one was needed.';
comment on column loyalty.loyalty_ledger.correlation_id is 'Id of the request that caused it.';
comment on column loyalty.loyalty_ledger.request_fingerprint is
  'SHA-256 of the request: the same key with another fingerprint is refused.';
comment on column loyalty.loyalty_ledger.gaming_day is 'Gaming day of occurred_at, stamped once.';
comment on column loyalty.loyalty_ledger.occurred_at is 'When it happened.';
comment on column loyalty.loyalty_ledger.created_at is 'When it was written.';
comment on column loyalty.loyalty_ledger.previous_hash is
  'entry_hash of the player''s entry before; SHA-256 of nothing for the first.';
comment on column loyalty.loyalty_ledger.entry_hash is
  'SHA-256 over previous_hash and this entry, see loyalty._entry_hash.';
--! EndIncluded loyalty/loyalty_ledger.sql
--! Included loyalty/reward_request.sql
-- A reward that needs a second person: asked for here, in the ledger only once it is approved. Its
-- key is checked together with the ledger's, so that one intention is either of the two.

set local role pit_owner;

create table loyalty.reward_request (
  casino_id integer not null,
  reward_request_id uuid not null default uuidv7(),
  player_id uuid not null,
  points bigint not null,
  reason text not null,
  rating_slip_id uuid,
  visit_id uuid,
  status text not null default 'pending',
  requested_by uuid not null,
  correlation_id text not null,
  idempotency_key text not null,
  request_fingerprint bytea not null,
  gaming_day date not null,
  occurred_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, reward_request_id),
  foreign key (casino_id, player_id) references loyalty.player_loyalty on delete restrict,
  constraint key_asks_once unique (casino_id, idempotency_key),
  constraint points_are_positive check (points > 0),
  constraint status_is_known check (status in ('pending', 'approved', 'declined', 'expired'))
);

create index reward_request_player on loyalty.reward_request (casino_id, player_id);
create index reward_request_pace
on loyalty.reward_request (casino_id, requested_by, created_at);

alter table loyalty.reward_request enable row level security;
alter table loyalty.reward_request force row level security;

create policy manage_all on loyalty.reward_request to pit_owner using (true);
create policy select_own_casino on loyalty.reward_request for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.reward_request for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.reward_request for insert to loyalty_service
with check (casino_id = identity._casino());

grant select, insert on loyalty.reward_request to loyalty_service;
grant select on loyalty.reward_request to pit_staff;

reset role;

comment on table loyalty.reward_request is
  'A manual reward at or above the approval threshold, waiting for another person.';
comment on column loyalty.reward_request.status is 'pending, approved, declined or expired.';
comment on column loyalty.reward_request.requested_by is 'Who asked; never who approves.';
--! EndIncluded loyalty/reward_request.sql
--! Included loyalty/accrual_failure.sql
-- A completed slip whose points could not be posted: the slip stays closed, nothing is lost, and
-- this row says so until the award has succeeded. A slip is pending exactly while its row is
-- unresolved.

set local role pit_owner;

create table loyalty.accrual_failure (
  casino_id integer not null,
  rating_slip_id uuid not null,
  player_id uuid not null,
  sqlstate text not null,
  message text not null,
  correlation_id text not null,
  attempts integer not null default 1,
  created_at timestamptz not null default now(),
  last_attempt_at timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (casino_id, rating_slip_id),
  foreign key (casino_id, player_id) references loyalty.player_loyalty on delete restrict,
  constraint attempts_count_from_1 check (attempts > 0)
);

create index accrual_failure_player on loyalty.accrual_failure (casino_id, player_id);
create index accrual_failure_pending on loyalty.accrual_failure (casino_id, created_at)
where resolved_at is null;

alter table loyalty.accrual_failure enable row level security;
alter table loyalty.accrual_failure force row level security;

create policy manage_all on loyalty.accrual_failure to pit_owner using (true);
create policy select_own_casino on loyalty.accrual_failure for select to pit_staff
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on loyalty.accrual_failure for select to loyalty_service
using (casino_id = identity._casino());
create policy insert_own_casino on loyalty.accrual_failure for insert to loyalty_service
with check (casino_id = identity._casino());
create policy update_own_casino on loyalty.accrual_failure for update to loyalty_service
using (casino_id = identity._casino()) with check (casino_id = identity._casino());

grant select, insert on loyalty.accrual_failure to loyalty_service;
grant update (sqlstate, message, attempts, last_attempt_at, resolved_at)
on loyalty.accrual_failure to loyalty_service;
grant select on loyalty.accrual_failure to pit_staff;

reset role;

comment on table loyalty.accrual_failure is
  'A closed slip whose points are still to be posted, with the reason.';
comment on column loyalty.accrual_failure.sqlstate is 'Error code of the last failed attempt.';
comment on column loyalty.accrual_failure.message is 'Sentence of the last failed attempt.';
comment on column loyalty.accrual_failure.correlation_id is
  'Id of the request that completed the slip; the entry posted later carries it too.';
comment on column loyalty.accrual_failure.resolved_at is 'When the award succeeded.';
--! EndIncluded loyalty/accrual_failure.sql
--! Included loyalty/points_calculation.sql
-- The steps from play to points, so that every number can be explained to a player, a manager or
-- an auditor without redoing the sum.

create type loyalty.points_calculation as (
  decisions numeric,
  theoretical_win numeric,
  base_points numeric,
  tier_points numeric,
  seat_points numeric,
  volume_points numeric,
  points bigint
);

alter type loyalty.points_calculation owner to pit_owner;

comment on type loyalty.points_calculation is
  'decisions; theoretical win in dollars; base points; then after the tier multiplier, the seat '
  'bonus and the volume bonus; and the points, rounded once at the end.';
--! EndIncluded loyalty/points_calculation.sql
--! Included loyalty/calculate_points.sql
-- What play is worth (domain.md section 3): one formula for every policy. The arithmetic is
-- exact: all factors but the seconds are decimals, so the result is kept as numerator and
-- denominator and divided once, where it is rounded. The steps are shown to ten decimals.

create function loyalty.calculate_points(
  average_bet numeric,
  accumulated_seconds integer,
  house_edge numeric,
  decisions_per_hour integer,
  seats integer,
  conversion_rate numeric,
  point_multiplier numeric,
  tier_multiplier numeric,
  policy loyalty.loyalty_policy
) returns loyalty.points_calculation
language plpgsql
immutable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_result loyalty.points_calculation;
  v_decisions numeric := accumulated_seconds::numeric * decisions_per_hour;
  v_divisor numeric := 3600;
  v_win numeric;
  v_base numeric;
  v_tier numeric;
  v_seat numeric;
  v_volume numeric;
begin
  if average_bet is null or average_bet < 0 or average_bet >= 'Infinity' then
    perform ops._refuse('RSBET');
  end if;
  if house_edge is null or house_edge <= 0 or house_edge > 100 then
    perform ops._refuse('LYGAM', array['the house edge must be above 0 and at most 100 percent']);
  end if;
  if decisions_per_hour is null or decisions_per_hour <= 0 then
    perform ops._refuse('LYGAM', array['the decisions per hour must be above 0']);
  end if;
  if accumulated_seconds is null or accumulated_seconds < 0 then
    perform ops._refuse('LYGAM', array['the seconds played must not be negative']);
  end if;
  if seats is null or seats < 1 then
    perform ops._refuse('LYGAM', array['a game needs at least 1 seat']);
  end if;
  if conversion_rate is null or conversion_rate < 0 or conversion_rate >= 'Infinity'
    or point_multiplier is null or point_multiplier < 0 or point_multiplier >= 'Infinity'
    or tier_multiplier is null or tier_multiplier < 0 or tier_multiplier >= 'Infinity'
  then
    perform ops._refuse('LYGAM', array['rates and multipliers must be numbers of at least 0']);
  end if;
  if policy.round_decisions is null or policy.apply_tier_multiplier is null
    or policy.seat_bonus_rate is null or policy.full_table_seats is null
    or policy.volume_bonus is null or policy.rounding is null
  then
    perform ops._refuse('LYPOL', array['this time']);
  end if;

  if policy.round_decisions then
    v_decisions := div(2 * v_decisions + v_divisor, 2 * v_divisor);
    v_divisor := 1;
  end if;

  v_win := average_bet * house_edge * 0.01 * v_decisions;
  v_base := v_win * conversion_rate * point_multiplier;
  v_tier := v_base * case when policy.apply_tier_multiplier then tier_multiplier else 1 end;
  v_seat := v_tier
    * (1 + policy.seat_bonus_rate * greatest(policy.full_table_seats - seats, 0));
  v_volume := v_seat
    * case when v_decisions > decisions_per_hour * v_divisor then policy.volume_bonus else 1 end;

  if v_volume / v_divisor >= 9223372036854775807 then
    perform ops._refuse('LYGAM', array['they give more points than a ledger can hold']);
  end if;

  v_result.decisions := round(v_decisions / v_divisor, 10);
  v_result.theoretical_win := round(v_win / v_divisor, 10);
  v_result.base_points := round(v_base / v_divisor, 10);
  v_result.tier_points := round(v_tier / v_divisor, 10);
  v_result.seat_points := round(v_seat / v_divisor, 10);
  v_result.volume_points := round(v_volume / v_divisor, 10);
  v_result.points := case policy.rounding
    when 'half_up' then div(2 * v_volume + v_divisor, 2 * v_divisor)
    else div(v_volume, v_divisor)
  end;
  return v_result;
end
$$;

alter function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) owner to loyalty_service;
revoke all on function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) from public;
grant execute on function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) to floor_service, pit_staff, pit_auditor;

comment on function loyalty.calculate_points(
  numeric, integer, numeric, integer, integer, numeric, numeric, numeric, loyalty.loyalty_policy
) is
  'Points of play: average bet in dollars, seconds played, house edge in percent, decisions per '
  'hour, seats of the game, points per dollar of theoretical win, factor of the game, factor of '
  'the tier, policy version. Gives every step. Invalid figures are refused, never turned into 0. '
  'Errors: RSBET, LYGAM, LYPOL. Source: domain.md section 3.';
--! EndIncluded loyalty/calculate_points.sql
--! Included loyalty/tier_standing.sql
-- Where a number of lifetime points stands among the tiers: what the ledger stamps, what the
-- player's card shows and what the next accrual multiplies by.

create type loyalty.tier_standing as (
  tier text,
  tier_progress integer,
  multiplier numeric
);

alter type loyalty.tier_standing owner to pit_owner;

comment on type loyalty.tier_standing is
  'A tier, the percent of the way to the next one, and the tier''s multiplier.';
--! EndIncluded loyalty/tier_standing.sql
--! Included loyalty/_tier_standing.sql
-- The tier rule (domain.md section 4), in one place: the highest tier whose threshold is
-- reached, in the version of the tiers that was in force. Every version has a tier from 0, so
-- the newest version's highest reached row is the first one of this order.

create function loyalty._tier_standing(casino_id integer, lifetime bigint, at timestamptz)
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
--! Included loyalty/_policy_in_force.sql
-- The policy version in force at a moment: the newest that had begun. Versions without a date are
-- known but never in force.

create function loyalty._policy_in_force(casino_id integer, at timestamptz)
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

create function loyalty._policy_for_slip(at timestamptz) returns uuid
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
--! Included loyalty/_entry_digest.sql
-- The canonical text of what an entry says, as a SHA-256. A JSON array is unambiguous whatever
-- the texts contain; times are microseconds since 1970, so no setting changes the text.

create function loyalty._entry_digest(entry loyalty.loyalty_ledger) returns bytea
language sql
stable
return sha256(convert_to(
  json_build_array(
    entry.casino_id, entry.player_id, entry.transaction_type, entry.event_type, entry.source,
    entry.points_change, entry.rating_slip_id, entry.visit_id, entry.reverses_entry_no,
    entry.reason, entry.staff_id, entry.approved_by, entry.correlation_id,
    entry.idempotency_key, encode(entry.request_fingerprint, 'hex'),
    (entry.gaming_day - date '1970-01-01'),
    (extract(epoch from entry.occurred_at) * 1000000)::bigint,
    (extract(epoch from entry.created_at) * 1000000)::bigint
  )::text,
  'UTF8'
));

alter function loyalty._entry_digest(loyalty.loyalty_ledger) owner to loyalty_service;
revoke all on function loyalty._entry_digest(loyalty.loyalty_ledger) from public;

comment on function loyalty._entry_digest(loyalty.loyalty_ledger) is
  'SHA-256 of an entry''s own content: a JSON array of casino, player, transaction type, event '
  'type, source, points, slip, visit, reversed entry, reason, staff, approver, correlation id, '
  'key, fingerprint (hex), gaming day (days since 1970), occurred and created (microseconds).';
--! EndIncluded loyalty/_entry_digest.sql
--! Included loyalty/_entry_hash.sql
-- One link of a player's chain: the hash before, the place in the ledger and the content. A
-- changed, removed or inserted entry no longer fits the hashes that follow.

create function loyalty._entry_hash(
  previous_hash bytea,
  entry_no bigint,
  balance_before bigint,
  balance_after bigint,
  tier_before text,
  tier_after text,
  digest bytea
) returns bytea
language sql
stable
return sha256(
  previous_hash
  || convert_to(
    json_build_array(
      entry_no, balance_before, balance_after, tier_before, tier_after, encode(digest, 'hex')
    )::text,
    'UTF8'
  )
);

alter function loyalty._entry_hash(bytea, bigint, bigint, bigint, text, text, bytea)
owner to loyalty_service;
revoke all on function loyalty._entry_hash(bytea, bigint, bigint, bigint, text, text, bytea)
from public;

comment on function loyalty._entry_hash(bytea, bigint, bigint, bigint, text, text, bytea) is
  'SHA-256 over the previous entry''s hash and the JSON array of entry number, balances, tiers '
  'and the digest (hex) of loyalty._entry_digest.';
--! EndIncluded loyalty/_entry_hash.sql
--! Included loyalty/_refuse_move.sql
-- Why a player's standing could not be moved: there is no such player, or the balance doesn't
-- suffice. Asked only after the move found nothing to update.

create function loyalty._refuse_move(player_id uuid, points_change bigint) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_shortfall numeric;
begin
  select -points_change::numeric - p.current_balance into v_shortfall
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino() and p.player_id = _refuse_move.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;
  perform ops._refuse(
    'LYBAL', array[v_shortfall::text], jsonb_build_object('shortfall', v_shortfall)
  );
end
$$;

alter function loyalty._refuse_move(uuid, bigint) owner to loyalty_service;
revoke all on function loyalty._refuse_move(uuid, bigint) from public;

comment on function loyalty._refuse_move(uuid, bigint) is
  'Raises RSPLR, or LYBAL with the points that are missing.';
--! EndIncluded loyalty/_refuse_move.sql
--! Included loyalty/increment_player_loyalty.sql
-- The balance half of an award on its own, for service roles: adds points (a positive delta also
-- counts into lifetime points) or takes them. Whoever calls it owes the ledger its entry.

create function loyalty.increment_player_loyalty(player_id uuid, delta_points bigint)
returns table (
  player_id uuid,
  balance_before bigint,
  balance_after bigint,
  tier_before text,
  tier_after text,
  current_balance bigint,
  lifetime_points bigint,
  tier text,
  tier_progress integer,
  updated_at timestamptz,
  row_locked boolean
)
language sql
volatile
security definer
set search_path = ''
as $$
select loyalty._refuse_move($1, $2)
where not exists (
  select
  from loyalty.player_loyalty as p
  where p.casino_id = identity._casino()
    and p.player_id = $1
    and p.current_balance + $2 >= 0
  for no key update
);

update loyalty.player_loyalty as p
set current_balance = p.current_balance + $2,
  lifetime_points = p.lifetime_points + greatest($2, 0),
  (tier, tier_progress) = (
    select s.tier, s.tier_progress
    from loyalty._tier_standing(
      identity._casino(), p.lifetime_points + greatest($2, 0), now()
    ) as s
  ),
  updated_at = now()
where p.casino_id = identity._casino() and p.player_id = $1
returning
  new.player_id, old.current_balance, new.current_balance, old.tier, new.tier,
  new.current_balance, new.lifetime_points, new.tier, new.tier_progress, new.updated_at, true;
$$;

alter function loyalty.increment_player_loyalty(uuid, bigint) owner to loyalty_service;
revoke all on function loyalty.increment_player_loyalty(uuid, bigint) from public;
grant execute on function loyalty.increment_player_loyalty(uuid, bigint) to loyalty_service;

comment on function loyalty.increment_player_loyalty(uuid, bigint) is
  'Moves a player''s balance in the casino of the running call under the row''s lock (row_locked '
  'is true: it is held until the transaction ends). For service roles only; the ledger entry is '
  'loyalty._post_entry''s. Errors: RSPLR, LYBAL.';
--! EndIncluded loyalty/increment_player_loyalty.sql
--! Included loyalty/ledger_result.sql
-- What a command on points gives back: the entry that was written, or the request where a second
-- person has to agree first.

create type loyalty.ledger_result as (
  ledger_entry loyalty.loyalty_ledger,
  reward_request loyalty.reward_request,
  replayed boolean,
  current_balance bigint,
  tier text,
  tier_progress integer
);

alter type loyalty.ledger_result owner to pit_owner;

comment on type loyalty.ledger_result is
  'The ledger entry, or the request where a second person is needed; whether it is an earlier '
  'result given again; and the player''s standing now.';
--! EndIncluded loyalty/ledger_result.sql
--! Included loyalty/_post_entry.sql
-- The one function that writes ledger entries. The caller says what happened and holds the key
-- (loyalty._claim_key); this stamps who, where and when. One statement takes the lock of the
-- player's standing by updating it, has before and after from the same update, and appends the
-- entry with the next number and hash: both happen or neither. Plain arguments instead of a
-- record, because a record is taken apart and put together at every step.

create function loyalty._post_entry(
  actor identity.actor,
  player_id uuid,
  points_change bigint,
  lifetime_change bigint,
  transaction_type text,
  event_type text,
  source text,
  reason text,
  staff_id uuid,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid default null,
  visit_id uuid default null,
  reverses_entry_no bigint default null,
  correlation_id text default null
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
  v_result loyalty.ledger_result;
begin
  with moved as (
    update loyalty.player_loyalty as p
    set current_balance = p.current_balance + points_change,
      lifetime_points = p.lifetime_points + lifetime_change,
      (tier, tier_progress, last_entry_hash) = (
        select
          s.tier, s.tier_progress,
          loyalty._entry_hash(
            p.last_entry_hash, p.last_entry_no + 1,
            p.current_balance, p.current_balance + points_change, p.tier, s.tier,
            loyalty._entry_digest(row(
              actor.casino_id, player_id, null, transaction_type, event_type, source,
              points_change, null, null, null, null, rating_slip_id, visit_id,
              reverses_entry_no, reason, staff_id, null, v_correlation_id, idempotency_key,
              request_fingerprint, v_gaming_day, occurred_at, now(), null, null
            )::loyalty.loyalty_ledger)
          )
        from loyalty._tier_standing(
          identity._casino(), p.lifetime_points + lifetime_change, occurred_at
        ) as s
      ),
      last_entry_no = p.last_entry_no + 1,
      updated_at = now()
    where p.casino_id = identity._casino()
      and p.player_id = _post_entry.player_id
      and p.current_balance + points_change >= 0
    returning
      new.last_entry_no as entry_no,
      old.current_balance as balance_before, new.current_balance as balance_after,
      old.tier as tier_before, new.tier as tier_after, new.tier_progress,
      old.last_entry_hash as previous_hash, new.last_entry_hash as entry_hash
  ),
  written as (
    insert into loyalty.loyalty_ledger
    select
      actor.casino_id, player_id, m.entry_no, transaction_type, event_type, source,
      points_change, m.balance_before, m.balance_after, m.tier_before, m.tier_after,
      rating_slip_id, visit_id, reverses_entry_no, reason, staff_id, null, v_correlation_id,
      idempotency_key, request_fingerprint, v_gaming_day, occurred_at, now(),
      m.previous_hash, m.entry_hash
    from moved as m
    returning loyalty_ledger as entry
  )
  select w.entry, null, false, m.balance_after, m.tier_after, m.tier_progress
  into v_result
  from written as w
  cross join moved as m;

  if not found then
    perform loyalty._refuse_move(player_id, points_change);
  end if;
  return v_result;
end
$$;

alter function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, text, text, text, text, uuid, text, bytea, timestamptz,
  uuid, uuid, bigint, text
) owner to loyalty_service;
revoke all on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, text, text, text, text, uuid, text, bytea, timestamptz,
  uuid, uuid, bigint, text
) from public;

comment on function loyalty._post_entry(
  identity.actor, uuid, bigint, bigint, text, text, text, text, uuid, text, bytea, timestamptz,
  uuid, uuid, bigint, text
) is
  'Appends one entry, moves the balance by points_change and the lifetime points by '
  'lifetime_change, and sets the tier in force at occurred_at. Errors: RSPLR, LYBAL with the '
  'shortfall.';
--! EndIncluded loyalty/_post_entry.sql
--! Included loyalty/_ledger_result.sql
-- Puts an entry or a request together with the player's standing now, so that a screen can show
-- both without asking again.

create function loyalty._ledger_result(
  entry loyalty.loyalty_ledger,
  request loyalty.reward_request,
  replayed boolean
) returns loyalty.ledger_result
language plpgsql
stable
set search_path = ''
as $$
declare
  v_result loyalty.ledger_result;
begin
  v_result.ledger_entry := entry;
  v_result.reward_request := request;
  v_result.replayed := replayed;
  select p.current_balance, p.tier, p.tier_progress
  into v_result.current_balance, v_result.tier, v_result.tier_progress
  from loyalty.player_loyalty as p
  where p.casino_id = coalesce(entry.casino_id, request.casino_id)
    and p.player_id = coalesce(entry.player_id, request.player_id);
  return v_result;
end
$$;

alter function loyalty._ledger_result(
  loyalty.loyalty_ledger, loyalty.reward_request, boolean
) owner to loyalty_service;
revoke all on function loyalty._ledger_result(
  loyalty.loyalty_ledger, loyalty.reward_request, boolean
) from public;

comment on function loyalty._ledger_result(
  loyalty.loyalty_ledger, loyalty.reward_request, boolean
) is 'The result of a command on points.';
--! EndIncluded loyalty/_ledger_result.sql
--! Included loyalty/_claim_key.sql
-- First step of every command on points: takes the key's lock, so that calls with one key come
-- one after the other, and looks whether the key was used. 50 calls at once make one entry and
-- 49 replays; the same key for another request is refused.

create function loyalty._claim_key(
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
  v_result loyalty.ledger_result;
begin
  select
    (
      select l
      from loyalty.loyalty_ledger as l
      where l.casino_id = identity._casino()
        and l.idempotency_key = _claim_key.idempotency_key
    ),
    (
      select r
      from loyalty.reward_request as r
      where r.casino_id = identity._casino()
        and r.idempotency_key = _claim_key.idempotency_key
    )
  into v_result.ledger_entry, v_result.reward_request;

  v_result.replayed := fingerprint = coalesce(
    (v_result.ledger_entry).request_fingerprint,
    (v_result.reward_request).request_fingerprint
  );
  if not v_result.replayed then
    perform ops._refuse('LYIDM');
  end if;
  if v_result.replayed then
    select p.current_balance, p.tier, p.tier_progress
    into v_result.current_balance, v_result.tier, v_result.tier_progress
    from loyalty.player_loyalty as p
    where p.casino_id = identity._casino()
      and p.player_id = coalesce(
        (v_result.ledger_entry).player_id, (v_result.reward_request).player_id
      );
  end if;
  return v_result;
end
$$;

alter function loyalty._claim_key(identity.actor, text, bytea) owner to loyalty_service;
revoke all on function loyalty._claim_key(identity.actor, text, bytea) from public;

comment on function loyalty._claim_key(identity.actor, text, bytea) is
  'Locks a key until the transaction ends and gives its first result with replayed = true, or a '
  'row of nulls when the key is new. Error: LYIDM.';
--! EndIncluded loyalty/_claim_key.sql
--! Included loyalty/_slip_key.sql
-- The idempotency key of a slip's accrual, made from the slip so that it can happen once. The
-- prefix is closed to callers (identity._check_key).

create function loyalty._slip_key(rating_slip_id uuid) returns text
language sql
immutable
return 'pit:slip:' || rating_slip_id;

alter function loyalty._slip_key(uuid) owner to loyalty_service;
revoke all on function loyalty._slip_key(uuid) from public;

comment on function loyalty._slip_key(uuid) is 'Key under which a slip''s points are posted once.';
--! EndIncluded loyalty/_slip_key.sql
--! Included loyalty/_slip_entry_no.sql
-- The ledger entry of a slip's accrual, for ingestion (a reversal may name the event that closed
-- the slip).

create function loyalty._slip_entry_no(rating_slip_id uuid) returns bigint
language sql
stable
security definer
set search_path = ''
return (
  select l.entry_no
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.idempotency_key = loyalty._slip_key(_slip_entry_no.rating_slip_id)
);

alter function loyalty._slip_entry_no(uuid) owner to loyalty_service;
revoke all on function loyalty._slip_entry_no(uuid) from public;
grant execute on function loyalty._slip_entry_no(uuid) to ops_service;

comment on function loyalty._slip_entry_no(uuid) is
  'Entry number of a slip''s points in its player''s ledger; null when it earned none.';
--! EndIncluded loyalty/_slip_entry_no.sql
--! Included loyalty/slip_outcome.sql
-- What a slip's completion came to, for floor to hand on: the only thing that floor ever learns
-- about points.

create type loyalty.slip_outcome as (
  outcome text,
  replayed boolean,
  points bigint,
  theoretical_win numeric,
  current_balance bigint,
  lifetime_points bigint,
  tier text,
  tier_progress integer,
  ledger_entry loyalty.loyalty_ledger,
  correlation_id text
);

alter type loyalty.slip_outcome owner to pit_owner;

comment on type loyalty.slip_outcome is
  'outcome is awarded, replayed (an earlier award given again) or pending (the award failed and '
  'will be retried); points is null while pending; theoretical_win is in dollars; then the '
  'player''s standing now, the ledger entry (none for 0 points) and the correlation id of the '
  'request that completed the slip.';
--! EndIncluded loyalty/slip_outcome.sql
--! Included loyalty/_slip_outcome.sql
-- Describes where a closed slip's award stands: awarded, replayed or pending. While it is pending
-- there are no points to tell, not even 0.

create function loyalty._slip_outcome(
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
  select p.current_balance, p.lifetime_points, p.tier, p.tier_progress
  into v_result.current_balance, v_result.lifetime_points, v_result.tier, v_result.tier_progress
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
--! Included loyalty/_slip_points.sql
-- Prices a closed slip: policy version and game figures of the slip's snapshot, and the tier
-- that the player holds now, before the accrual.

create function loyalty._slip_points(slip floor.slip_telemetry)
returns loyalty.points_calculation
language plpgsql
stable
set search_path = ''
as $$
declare
  v_policy loyalty.loyalty_policy;
  v_standing loyalty.tier_standing;
begin
  if slip.loyalty_policy_id is null then
    select p.* into v_policy
    from loyalty._policy_in_force(slip.casino_id, slip.opened_at) as p;
  else
    select p.* into v_policy
    from loyalty.loyalty_policy as p
    where p.casino_id = slip.casino_id and p.loyalty_policy_id = slip.loyalty_policy_id;
  end if;
  if v_policy.loyalty_policy_id is null then
    perform ops._refuse('LYPOL', array[slip.opened_at::text]);
  end if;

  select s.* into v_standing
  from loyalty.player_loyalty as p
  left join lateral loyalty._tier_standing(p.casino_id, p.lifetime_points, slip.closed_at) as s
    on true
  where p.casino_id = slip.casino_id and p.player_id = slip.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;

  return loyalty.calculate_points(
    slip.average_bet, slip.accumulated_seconds, slip.house_edge, slip.decisions_per_hour,
    slip.seats, slip.conversion_rate, slip.point_multiplier, v_standing.multiplier, v_policy
  );
end
$$;

alter function loyalty._slip_points(floor.slip_telemetry) owner to loyalty_service;
revoke all on function loyalty._slip_points(floor.slip_telemetry) from public;

comment on function loyalty._slip_points(floor.slip_telemetry) is
  'Points of a closed slip, step by step. Errors: LYPOL, LYGAM, RSBET, RSPLR.';
--! EndIncluded loyalty/_slip_points.sql
--! Included loyalty/_award_slip.sql
-- Posts a slip's points once: the key is made from the slip. The player's row is locked before
-- pricing, so that the tier before the accrual is the one that counts. 0 points make no entry.

create function loyalty._award_slip(
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
  'Posts the GAMEPLAY entry of a closed slip, none when it is worth 0 points. The caller holds '
  'the slip''s key. Errors: those of _slip_points and _post_entry.';
--! EndIncluded loyalty/_award_slip.sql
--! Included loyalty/accrue_rating_slip.sql
-- What a closed slip earns, exactly once. floor calls it in the transaction that closes the
-- slip. When the award fails, the slip must not stay open for that: the failure is recorded, a
-- job to recover it is queued in the same transaction, and the outcome is pending. Calling it
-- again retries. Conflicts between transactions, lock timeouts and failing machines are not
-- outcomes: they are raised, and the whole command is repeated.

create function loyalty.accrue_rating_slip(actor identity.actor, slip floor.slip_telemetry)
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
--! Included loyalty/_closed_slip_outcome.sql
-- Gives a closed slip's first result again, without trying anything: pending while its award has
-- not succeeded, else replayed.

create function loyalty._closed_slip_outcome(slip floor.slip_telemetry)
returns loyalty.slip_outcome
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_entry loyalty.loyalty_ledger;
  v_failure loyalty.accrual_failure;
begin
  select * into v_failure
  from loyalty.accrual_failure as f
  where f.casino_id = slip.casino_id and f.rating_slip_id = slip.rating_slip_id;
  if v_failure.rating_slip_id is not null and v_failure.resolved_at is null then
    return loyalty._slip_outcome(slip, 'pending', null, null, v_failure.correlation_id);
  end if;

  select * into v_entry
  from loyalty.loyalty_ledger as l
  where l.casino_id = slip.casino_id
    and l.idempotency_key = loyalty._slip_key(slip.rating_slip_id);
  return loyalty._slip_outcome(
    slip, 'replayed', v_entry, (loyalty._slip_points(slip)).theoretical_win,
    slip.correlation_id
  );
end
$$;

alter function loyalty._closed_slip_outcome(floor.slip_telemetry) owner to loyalty_service;
revoke all on function loyalty._closed_slip_outcome(floor.slip_telemetry) from public;
grant execute on function loyalty._closed_slip_outcome(floor.slip_telemetry) to floor_service;

comment on function loyalty._closed_slip_outcome(floor.slip_telemetry) is
  'Where the award of a closed slip stands: replayed, or pending.';
--! EndIncluded loyalty/_closed_slip_outcome.sql
--! Included loyalty/_recover_slip.sql
-- Common part of recovering an award, for a person and for the job, so that both have the same one
-- effect.

create function loyalty._recover_slip(actor identity.actor, rating_slip_id uuid)
returns loyalty.slip_outcome
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.slip_telemetry := floor._slip_telemetry(_recover_slip.rating_slip_id);
  v_state floor.slip_state;
begin
  if v_slip.rating_slip_id is null then
    v_state := floor._slip_state(_recover_slip.rating_slip_id);
    if v_state.rating_slip_id is null then
      perform ops._refuse('RSNFD');
    end if;
    perform ops._refuse('RSSTA', array[v_state.state || ' and must be completed first']);
  end if;

  if not exists (
    select
    from loyalty.accrual_failure as f
    where f.casino_id = v_slip.casino_id
      and f.rating_slip_id = v_slip.rating_slip_id
      and f.resolved_at is null
  ) then
    return loyalty._closed_slip_outcome(v_slip);
  end if;
  return loyalty.accrue_rating_slip(actor, v_slip);
end
$$;

alter function loyalty._recover_slip(identity.actor, uuid) owner to loyalty_service;
revoke all on function loyalty._recover_slip(identity.actor, uuid) from public;

comment on function loyalty._recover_slip(identity.actor, uuid) is
  'Retries the award of a closed slip. Errors: RSNFD, RSSTA.';
--! EndIncluded loyalty/_recover_slip.sql
--! Included loyalty/recover_slip_loyalty.sql
-- Retries the award of a closed slip, any number of times with one effect; for whoever sees a
-- pending award and doesn't want to wait for the job.

create function loyalty.recover_slip_loyalty(rating_slip_id uuid)
returns loyalty.slip_outcome
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
begin
  return loyalty._recover_slip(v_actor, recover_slip_loyalty.rating_slip_id);
end
$$;

alter function loyalty.recover_slip_loyalty(uuid) owner to loyalty_service;
revoke all on function loyalty.recover_slip_loyalty(uuid) from public;
grant execute on function loyalty.recover_slip_loyalty(uuid) to pit_staff;

comment on function loyalty.recover_slip_loyalty(uuid) is
  'Posts a completed slip''s points if that has not succeeded yet; otherwise gives the first '
  'result. Capability floor:rate. Errors: IDUNA, IDFRB, RSNFD, RSSTA while the slip is open.';
--! EndIncluded loyalty/recover_slip_loyalty.sql
--! Included loyalty/recover_accrual_job.sql
-- The job behind a pending award: enters with the ticket that was queued with it and retries.
-- The task fails while the outcome is still pending, so that the queue tries again later.

create function loyalty.recover_accrual_job(ticket text, rating_slip_id uuid)
returns loyalty.slip_outcome
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter_job('loyalty/recover_accruals', ticket);
begin
  return loyalty._recover_slip(v_actor, recover_accrual_job.rating_slip_id);
end
$$;

alter function loyalty.recover_accrual_job(text, uuid) owner to loyalty_service;
revoke all on function loyalty.recover_accrual_job(text, uuid) from public;
grant execute on function loyalty.recover_accrual_job(text, uuid) to pit_worker;

comment on function loyalty.recover_accrual_job(text, uuid) is
  'For the task loyalty/recover_accruals: retries a slip''s award with the job''s ticket. '
  'Errors: OPTKT, RSNFD, RSSTA.';
--! EndIncluded loyalty/recover_accrual_job.sql
--! Included loyalty/_open_player_loyalty.sql
-- Gives a newly enrolled player a standing, in the transaction of the enrolment. Its row is the
-- lock under which the player's entries will be numbered.

create function loyalty._open_player_loyalty(player_id uuid, at timestamptz) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_standing loyalty.tier_standing;
begin
  select s.* into v_standing from loyalty._tier_standing(identity._casino(), 0, at) as s;
  if v_standing.tier is null then
    perform ops._refuse('LYPOL', array[at::text]);
  end if;
  insert into loyalty.player_loyalty (casino_id, player_id, tier, tier_progress)
  values (
    identity._casino(), _open_player_loyalty.player_id, v_standing.tier, v_standing.tier_progress
  );
end
$$;

alter function loyalty._open_player_loyalty(uuid, timestamptz) owner to loyalty_service;
revoke all on function loyalty._open_player_loyalty(uuid, timestamptz) from public;
grant execute on function loyalty._open_player_loyalty(uuid, timestamptz) to floor_service;

comment on function loyalty._open_player_loyalty(uuid, timestamptz) is
  'Creates the player''s balance row with the lowest tier. Error: LYPOL without tiers.';
--! EndIncluded loyalty/_open_player_loyalty.sql
--! Included loyalty/_recent_rewards.sql
-- The manual rewards that a person gave in these 60 seconds, also those that wait for another
-- person: what the pace counts. A reward that was approved counts once, as its request.

create function loyalty._recent_rewards(staff_id uuid)
returns table (created_at timestamptz)
language sql
stable
begin atomic
  select l.created_at
  from loyalty.loyalty_ledger as l
  where l.casino_id = identity._casino()
    and l.staff_id = _recent_rewards.staff_id
    and l.transaction_type = 'MANUAL_BONUS'
    and l.approved_by is null
    and l.created_at > now() - interval '60 seconds'
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
--! Included loyalty/_reward_pace.sql
-- How many more rewards a person may give right now. Counted in the ledger itself, under a lock
-- of that person, so that it holds across connections and processes; replays cost nothing.

create function loyalty._reward_pace(
  actor identity.actor,
  per_minute integer,
  out rewards_left integer,
  out retry_after_seconds integer
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_given timestamptz[];
begin
  select array_agg(r.created_at order by r.created_at desc) into v_given
  from loyalty._recent_rewards(actor.staff_id) as r;

  rewards_left := greatest(per_minute - coalesce(cardinality(v_given), 0), 0);
  retry_after_seconds := case when rewards_left = 0
    then greatest(
      ceil(extract(epoch from v_given[per_minute] + interval '60 seconds' - now())), 1
    )
    else 0
  end;
end
$$;

alter function loyalty._reward_pace(identity.actor, integer) owner to loyalty_service;
revoke all on function loyalty._reward_pace(identity.actor, integer) from public;

comment on function loyalty._reward_pace(identity.actor, integer) is
  'Rewards that the caller may still give within these 60 seconds, and the seconds to wait when '
  'none is left.';
--! EndIncluded loyalty/_reward_pace.sql
--! Included loyalty/_refuse_pace.sql
-- Refuses a person who gave as many rewards in these 60 seconds as the policy allows, and says
-- how long to wait.

create function loyalty._refuse_pace(actor identity.actor, per_minute integer) returns void
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
--! Included loyalty/_request_reward.sql
-- A reward at or above the approval threshold: writes it down for another person to decide. The
-- draft is the entry that it becomes once it is approved.

create function loyalty._request_reward(
  actor identity.actor,
  player_id uuid,
  points bigint,
  reason text,
  idempotency_key text,
  request_fingerprint bytea,
  occurred_at timestamptz,
  rating_slip_id uuid,
  visit_id uuid
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
    correlation_id, idempotency_key, request_fingerprint, gaming_day, occurred_at
  )
  values (
    actor.casino_id, player_id, points, reason, rating_slip_id, visit_id, actor.staff_id,
    actor.correlation_id, idempotency_key, request_fingerprint,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, occurred_at), occurred_at
  )
  returning r.* into v_request;
  return loyalty._ledger_result(null, v_request, false);
end
$$;

alter function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid
) owner to loyalty_service;
revoke all on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid
) from public;

comment on function loyalty._request_reward(
  identity.actor, uuid, bigint, text, text, bytea, timestamptz, uuid, uuid
) is
  'Asks for another person''s approval of a reward, with nothing in the ledger yet.';
--! EndIncluded loyalty/_request_reward.sql
--! Included loyalty/_manual_reward.sql
-- The rules of a manual reward, for a person at a table and for a floor system's feed (to which
-- the pace and the approval threshold don't apply).

create function loyalty._manual_reward(
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
  v_result loyalty.ledger_result;
  v_locked boolean;
  v_terms record;
  v_slip floor.slip_state;
begin
  v_result := loyalty._claim_key(actor, _manual_reward.idempotency_key, v_fingerprint);
  if v_result.replayed then
    return v_result;
  end if;

  -- The pace is counted under a lock of the person, so that it holds across connections.
  v_locked := actor.ingesting is not true
    and ops._lock(actor.casino_id, 'pit:rewards:' || actor.staff_id);
  select
    p.reward_limit, p.reward_reason_length, p.rewards_per_minute, p.approval_threshold,
    (
      select count(*) from loyalty._recent_rewards(actor.staff_id) where v_locked
    ) as given
  into v_terms
  from loyalty.player_loyalty as l
  left join lateral loyalty._policy_in_force(identity._casino(), v_at) as p on true
  where l.casino_id = identity._casino() and l.player_id = _manual_reward.player_id;

  if not found then
    perform ops._refuse('RSPLR');
  elsif v_terms.reward_limit is null then
    perform ops._refuse('LYPOL', array[v_at::text]);
  elsif v_reason is null or length(v_reason) < v_terms.reward_reason_length then
    perform ops._refuse('LYRSN', array[v_terms.reward_reason_length::text]);
  elsif points is null or points < 1 then
    perform ops._refuse('LYPTS');
  elsif points > v_terms.reward_limit then
    perform ops._refuse(
      'LYLIM', array[v_terms.reward_limit::text],
      jsonb_build_object('limit', v_terms.reward_limit)
    );
  end if;

  if _manual_reward.rating_slip_id is not null then
    v_slip := floor._slip_state(_manual_reward.rating_slip_id);
    if v_slip.player_id is distinct from _manual_reward.player_id then
      perform ops._refuse('RSNFD');
    end if;
    if v_slip.state = 'closed' then
      perform ops._refuse('RSNOP');
    end if;
  end if;

  if v_terms.given >= v_terms.rewards_per_minute then
    perform loyalty._refuse_pace(actor, v_terms.rewards_per_minute);
  end if;
  if v_locked and points >= v_terms.approval_threshold then
    return loyalty._request_reward(
      actor, _manual_reward.player_id, points, v_reason, _manual_reward.idempotency_key,
      v_fingerprint, v_at, _manual_reward.rating_slip_id, v_slip.visit_id
    );
  end if;
  return loyalty._post_entry(
    actor, _manual_reward.player_id, points, points,
    'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', v_reason, actor.staff_id,
    _manual_reward.idempotency_key, v_fingerprint, v_at,
    _manual_reward.rating_slip_id, v_slip.visit_id
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
  'policy, reason, points, limit, slip, pace.';
--! EndIncluded loyalty/_manual_reward.sql
--! Included loyalty/manual_reward.sql
-- A mid-session reward: a floor person gives a player points for a stated reason. Who gives it
-- comes from the session.

create function loyalty.manual_reward(
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
  'LYRSN, LYPTS, LYLIM, RSNFD, RSNOP, LYRTE (with retryAfterSeconds).';
--! EndIncluded loyalty/manual_reward.sql
--! Included loyalty/reward_limits.sql
-- What a reward dialog must know before it asks: the limits in force and the caller's pace. The
-- command decides again.

create type loyalty.reward_limits as (
  max_points bigint,
  min_reason_length integer,
  rewards_per_minute integer,
  approval_threshold bigint,
  rewards_left integer,
  retry_after_seconds integer
);

alter type loyalty.reward_limits owner to pit_owner;

comment on type loyalty.reward_limits is
  'Limits of manual rewards in force, and how many the caller may still give this minute.';
--! EndIncluded loyalty/reward_limits.sql
--! Included loyalty/reward_terms.sql
-- Tells a reward dialog the limits in force and the caller's pace, so that it asks for what will
-- be accepted. The command itself decides again.

create function loyalty.reward_terms() returns loyalty.reward_limits
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
    v_policy.approval_threshold, v_pace.rewards_left, v_pace.retry_after_seconds
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
-- they are: spending never costs a tier.

create function loyalty._redeem(
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

  return loyalty._post_entry(
    actor, _redeem.player_id, -points, 0,
    'REDEMPTION', 'POINTS_REDEEMED', 'manual', nullif(btrim(_redeem.reason), ''),
    actor.staff_id, _redeem.idempotency_key, v_fingerprint, v_at
  );
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
) is 'Checks and posts a redemption. Checked in this order: key, player, points, balance.';
--! EndIncluded loyalty/_redeem.sql
--! Included loyalty/redeem.sql
-- A player spends points. Payment in currency must be written to the cash log in the same
-- transaction; as long as there is no cash log it is refused here, so that no cash leaves
-- without its record.

create function loyalty.redeem(
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
  if cash_amount is not null then
    perform ops._refuse('OPCSH');
  end if;
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
  'Capability loyalty:redeem. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYPTS, LYBAL, OPCSH.';
--! EndIncluded loyalty/redeem.sql
--! Included loyalty/_reverse_entry.sql
-- The rules of a reversal, for a person and for a floor system's feed. Reversing takes back from
-- the lifetime points what the entry had added to them, so it can cost a tier.

create function loyalty._reverse_entry(
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

  return loyalty._post_entry(
    actor, _reverse_entry.player_id, -v_reversed.points_change,
    -greatest(v_reversed.points_change, 0),
    'REVERSAL', 'ENTRY_REVERSED', 'manual', v_reason, actor.staff_id,
    _reverse_entry.idempotency_key, v_fingerprint, v_at,
    v_reversed.rating_slip_id, v_reversed.visit_id, v_reversed.entry_no
  );
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
  'Checks and posts a reversal, under the player''s row lock. Checked in this order: key, player, '
  'entry, not reversed and no reversal, reason (not of a feed), balance.';
--! EndIncluded loyalty/_reverse_entry.sql
--! Included loyalty/reverse_entry.sql
-- Compensates one ledger entry, once. Nothing is removed: the wrong entry and its reversal both
-- stay in the ledger, with who did which.

create function loyalty.reverse_entry(
  player_id uuid,
  entry_no bigint,
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
  v_actor identity.actor := identity._enter('loyalty:reverse');
begin
  perform identity._check_key(reverse_entry.idempotency_key);
  return loyalty._reverse_entry(
    v_actor, reverse_entry.player_id, reverse_entry.entry_no, reverse_entry.reason,
    reverse_entry.idempotency_key, null
  );
end
$$;

alter function loyalty.reverse_entry(uuid, bigint, text, text) owner to loyalty_service;
revoke all on function loyalty.reverse_entry(uuid, bigint, text, text) from public;
grant execute on function loyalty.reverse_entry(uuid, bigint, text, text) to pit_staff;

comment on function loyalty.reverse_entry(uuid, bigint, text, text) is
  'Compensates an entry of a player''s ledger. Refused with the shortfall when the balance would '
  'go below 0. Capability loyalty:reverse. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSPLR, LYENT, '
  'LYREV, LYRSN, LYBAL.';
--! EndIncluded loyalty/reverse_entry.sql
--! Included loyalty/_load_tiers.sql
-- Loads a list of tiers as a new version when it differs from the one in force, and puts every
-- player's tier where the new version says it is.

create function loyalty._load_tiers(tiers jsonb) returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_version timestamptz;
  v_from timestamptz;
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

  v_from := case when v_version is null then '-infinity' else now() end;
  insert into loyalty.loyalty_tier (
    casino_id, effective_from, threshold_points, next_threshold_points, tier, multiplier
  )
  select
    v_casino_id, v_from, t.threshold_points,
    lead(t.threshold_points) over (order by t.threshold_points), t.tier, t.multiplier
  from jsonb_to_recordset(tiers) as t (
    tier text, threshold_points bigint, multiplier numeric(6, 3)
  );

  perform
  from loyalty.player_loyalty as p
  where p.casino_id = v_casino_id
  order by p.player_id
  for no key update;
  update loyalty.player_loyalty as p
  set (tier, tier_progress) = (
    select s.tier, s.tier_progress
    from loyalty._tier_standing(p.casino_id, p.lifetime_points, now()) as s
  )
  where p.casino_id = v_casino_id;
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

create function loyalty._load_casino(property jsonb) returns boolean
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
    insert into loyalty.loyalty_policy (
      casino_id, name, version, effective_from, round_decisions, apply_tier_multiplier,
      seat_bonus_rate, full_table_seats, volume_bonus, rounding,
      reward_limit, reward_reason_length, rewards_per_minute, approval_threshold
    )
    select
      p.casino_id, p.name, p.version + 1,
      case when v_in_force.loyalty_policy_id is null then '-infinity' else now() end,
      p.round_decisions, p.apply_tier_multiplier,
      p.seat_bonus_rate, p.full_table_seats, p.volume_bonus, p.rounding,
      p.reward_limit, p.reward_reason_length, p.rewards_per_minute, p.approval_threshold
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
--! Included floor/rating_slip_completion.sql
-- What completing a slip gives back: the closed slip with its telemetry, and what it earned, read
-- in the same statement so that both belong together.

create type floor.rating_slip_completion as (
  rating_slip floor.rating_slip,
  outcome text,
  replayed boolean,
  points bigint,
  theoretical_win numeric,
  current_balance bigint,
  lifetime_points bigint,
  tier text,
  tier_progress integer,
  ledger_entry loyalty.loyalty_ledger,
  correlation_id text
);

alter type floor.rating_slip_completion owner to pit_owner;

comment on type floor.rating_slip_completion is
  'The closed slip; outcome is awarded, replayed or pending; points, null while pending; '
  'theoretical win in dollars; the player''s standing now; the ledger entry, none for 0 points; '
  'the correlation id of the request that completed the slip.';
--! EndIncluded floor/rating_slip_completion.sql
--! Included floor/player_result.sql
-- What enrolling a player gives back: the player, and whether this call did it or an earlier one
-- with the same key.

create type floor.player_result as (
  player floor.player,
  replayed boolean
);

alter type floor.player_result owner to pit_owner;

comment on type floor.player_result is 'The player; whether it is an earlier result given again.';
--! EndIncluded floor/player_result.sql
--! Included floor/visit_result.sql
-- What opening or closing a visit gives back; closing may have completed a slip, and whoever
-- closed the visit should see what it earned.

create type floor.visit_result as (
  visit floor.visit,
  completion floor.rating_slip_completion,
  replayed boolean
);

alter type floor.visit_result owner to pit_owner;

comment on type floor.visit_result is
  'The visit; the completion of the slip that closing it completed, if one was open; and whether '
  'it is an earlier result given again.';
--! EndIncluded floor/visit_result.sql
--! Included floor/slip_result.sql
-- What the commands on a slip give back. One type for all of them, so that a client handles a
-- started, changed or moved slip alike.

create type floor.slip_result as (
  rating_slip floor.rating_slip,
  completion floor.rating_slip_completion,
  replayed boolean
);

alter type floor.slip_result owner to pit_owner;

comment on type floor.slip_result is
  'The slip as it is now (after a move: the new one); the completion of the slip that a move '
  'closed; and whether it is an earlier result given again.';
--! EndIncluded floor/slip_result.sql
--! Included floor/_completion.sql
-- Puts a closed slip and what loyalty said about it into one result, so that floor and loyalty
-- keep their own types and a caller gets one answer.

create function floor._completion(slip floor.rating_slip, award loyalty.slip_outcome)
returns floor.rating_slip_completion
language sql
immutable
return row(
  slip, award.outcome, award.replayed, award.points, award.theoretical_win,
  award.current_balance, award.lifetime_points, award.tier, award.tier_progress,
  award.ledger_entry, award.correlation_id
)::floor.rating_slip_completion;

alter function floor._completion(floor.rating_slip, loyalty.slip_outcome) owner to floor_service;
revoke all on function floor._completion(floor.rating_slip, loyalty.slip_outcome) from public;

comment on function floor._completion(floor.rating_slip, loyalty.slip_outcome) is
  'The result of a completed slip.';
--! EndIncluded floor/_completion.sql
--! Included floor/_claim_key.sql
-- First step of every floor command: takes the key's lock, so that calls with one key come one
-- after the other, and looks whether the key was used.

create function floor._claim_key(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb
) returns floor.command
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_command floor.command;
begin
  perform identity._check_key(idempotency_key);
  perform pg_advisory_xact_lock(hashtextextended('floor:' || idempotency_key, actor.casino_id));
  select * into v_command
  from floor.command as c
  where c.casino_id = actor.casino_id and c.idempotency_key = _claim_key.idempotency_key;
  if not found then
    return null;
  end if;
  if v_command.request_fingerprint
    <> ops._fingerprint(jsonb_build_array(_claim_key.command, request))
  then
    perform ops._refuse('LYIDM');
  end if;
  return v_command;
end
$$;

alter function floor._claim_key(identity.actor, text, text, jsonb) owner to floor_service;
revoke all on function floor._claim_key(identity.actor, text, text, jsonb) from public;

comment on function floor._claim_key(identity.actor, text, text, jsonb) is
  'Locks a key until the transaction ends and gives the command that used it, or null when it is '
  'new. Errors: IDKEY, LYIDM.';
--! EndIncluded floor/_claim_key.sql
--! Included floor/_remember.sql
-- Last step of every floor command: remembers what its key did, in the command's own transaction,
-- so that a key is known exactly when its effect is.

create function floor._remember(
  actor identity.actor,
  command text,
  idempotency_key text,
  request jsonb,
  player_id uuid default null,
  visit_id uuid default null,
  rating_slip_id uuid default null
) returns void
language sql
volatile
begin atomic
  insert into floor.command (
    casino_id, idempotency_key, command, request_fingerprint,
    player_id, visit_id, rating_slip_id, staff_id, correlation_id
  )
  values (
    actor.casino_id, idempotency_key, command,
    ops._fingerprint(jsonb_build_array(command, request)),
    player_id, visit_id, rating_slip_id, actor.staff_id, actor.correlation_id
  );
end;

alter function floor._remember(identity.actor, text, text, jsonb, uuid, uuid, uuid)
owner to floor_service;
revoke all on function floor._remember(identity.actor, text, text, jsonb, uuid, uuid, uuid)
from public;

comment on function floor._remember(identity.actor, text, text, jsonb, uuid, uuid, uuid) is
  'Records which rows a key''s command made or changed.';
--! EndIncluded floor/_remember.sql
--! Included floor/_check_time.sql
-- The rules for the time of a command (domain.md section 2): not before what happened last, not
-- in the future, and at most 15 minutes back unless the person may backdate. A floor system's
-- feed tells of the past, so the 15 minutes don't apply to it. Beyond 60 years the seconds of a
-- slip could no longer be counted in an integer.

create function floor._check_time(
  actor identity.actor,
  at timestamptz,
  not_before timestamptz default '-infinity'
) returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if at is null or not isfinite(at) then
    perform ops._refuse('RSTIM', array[coalesce(at::text, 'given'), 'it is not a time']);
  end if;
  if at < not_before then
    perform ops._refuse('RSTIM', array[at::text, 'something later has happened already']);
  end if;
  if at > now() + interval '1 minute' then
    perform ops._refuse('RSTIM', array[at::text, 'it lies in the future']);
  end if;
  if at < now() - interval '60 years' then
    perform ops._refuse('RSTIM', array[at::text, 'it lies too far back']);
  end if;
  if at < now() - interval '15 minutes'
    and actor.ingesting is not true
    and not identity._may(actor, 'floor:backdate')
  then
    perform ops._refuse(
      'RSTIM', array[at::text, 'more than 15 minutes back needs the capability floor:backdate']
    );
  end if;
end
$$;

alter function floor._check_time(identity.actor, timestamptz, timestamptz) owner to floor_service;
revoke all on function floor._check_time(identity.actor, timestamptz, timestamptz) from public;

comment on function floor._check_time(identity.actor, timestamptz, timestamptz) is
  'Refuses times before not_before, over 1 minute ahead, or over 15 minutes back without '
  'floor:backdate. Error: RSTIM.';
--! EndIncluded floor/_check_time.sql
--! Included floor/_check_bet.sql
-- What an average bet may be: dollars from 0, in whole cents. A zero bet is valid (a free bet, a
-- player who only watches); what can't be an amount is refused instead of rounded, because points
-- and theoretical win follow from it.

create function floor._check_bet(average_bet numeric) returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if average_bet is null
    or average_bet = 'NaN'
    or average_bet < 0
    or average_bet >= 1000000000000
    or average_bet <> round(average_bet, 2)
  then
    perform ops._refuse('RSBET');
  end if;
end
$$;

alter function floor._check_bet(numeric) owner to floor_service;
revoke all on function floor._check_bet(numeric) from public;

comment on function floor._check_bet(numeric) is
  'Refuses bets that are missing, negative, no whole cents or absurd. Error: RSBET.';
--! EndIncluded floor/_check_bet.sql
--! Included floor/_game_in_force.sql
-- The settings of a game in force at a moment: the newest version that had begun. The moment is
-- that of play, not of typing, so an event told late gets the settings of its time.

create function floor._game_in_force(casino_id integer, code text, at timestamptz)
returns floor.game_settings
language plpgsql
stable
set search_path = ''
as $$
declare
  v_game floor.game_settings;
begin
  select g.* into v_game
  from floor.game_settings as g
  where g.casino_id = _game_in_force.casino_id
    and g.code = _game_in_force.code
    and g.effective_from <= at
  order by g.effective_from desc
  limit 1;
  return v_game;
end
$$;

alter function floor._game_in_force(integer, text, timestamptz) owner to floor_service;
revoke all on function floor._game_in_force(integer, text, timestamptz) from public;

comment on function floor._game_in_force(integer, text, timestamptz) is
  'Version of a game''s settings in force at a moment; nulls when there is none.';
--! EndIncluded floor/_game_in_force.sql
--! Included floor/_lock_slip.sql
-- Takes a slip for a command that needs it to be running. The row's lock makes commands on one
-- slip come one after the other, so each sees the last event of the one before.

create function floor._lock_slip(actor identity.actor, rating_slip_id uuid)
returns floor.rating_slip
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
begin
  select * into v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id and s.rating_slip_id = _lock_slip.rating_slip_id
  for no key update;
  if not found then
    perform ops._refuse('RSNFD');
  end if;
  if v_slip.state = 'closed' then
    perform ops._refuse('RSNOP');
  end if;
  return v_slip;
end
$$;

alter function floor._lock_slip(identity.actor, uuid) owner to floor_service;
revoke all on function floor._lock_slip(identity.actor, uuid) from public;

comment on function floor._lock_slip(identity.actor, uuid) is
  'Locks a slip that is open or paused. Errors: RSNFD no such slip, RSNOP closed.';
--! EndIncluded floor/_lock_slip.sql
--! Included floor/_take_seat.sql
-- Whether a player can sit down there: the table exists and is in service, the seat is one of its
-- seats and no slip runs on it (in a move one's own seat isn't free either). It locks nothing:
-- that two people can't give one seat away at once is for floor._insert_slip to see.

create function floor._take_seat(
  actor identity.actor,
  table_id uuid,
  seat_no integer
) returns floor.gaming_table
language plpgsql
stable
set search_path = ''
as $$
declare
  v_table floor.gaming_table;
begin
  select * into v_table
  from floor.gaming_table as t
  where t.casino_id = actor.casino_id and t.table_id = _take_seat.table_id;
  if not found then
    perform ops._refuse('RSTNF');
  end if;
  if not v_table.active then
    perform ops._refuse('RSTBL', array[v_table.label]);
  end if;
  if seat_no is null or seat_no < 1 or seat_no > v_table.seats then
    perform ops._refuse('RSRNG', array[v_table.label, v_table.seats::text]);
  end if;
  if exists (
    select
    from floor.rating_slip as s
    where s.casino_id = actor.casino_id
      and s.table_id = _take_seat.table_id
      and s.seat_no = _take_seat.seat_no
      and s.state <> 'closed'
  ) then
    perform ops._refuse('RSSEA', array[seat_no::text, v_table.label]);
  end if;
  return v_table;
end
$$;

alter function floor._take_seat(identity.actor, uuid, integer) owner to floor_service;
revoke all on function floor._take_seat(identity.actor, uuid, integer) from public;

comment on function floor._take_seat(identity.actor, uuid, integer) is
  'Checks that a table is in service and a seat there is free. '
  'Errors: RSTNF, RSTBL, RSRNG, RSSEA.';
--! EndIncluded floor/_take_seat.sql
--! Included floor/_append_event.sql
-- Writes one event of a slip and brings the slip's summary up to it: seconds played so far, the
-- bet in effect, the state. The caller holds the slip's row lock.

create function floor._append_event(
  actor identity.actor,
  slip floor.rating_slip,
  event_type text,
  at timestamptz,
  average_bet numeric,
  state text
) returns floor.rating_slip
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
begin
  insert into floor.rating_slip_event (
    casino_id, rating_slip_id, event_no, event_type, average_bet, running,
    occurred_at, staff_id, correlation_id
  )
  values (
    slip.casino_id, slip.rating_slip_id, slip.last_event_no + 1, _append_event.event_type,
    _append_event.average_bet, _append_event.state = 'open', at, actor.staff_id,
    actor.correlation_id
  );

  update floor.rating_slip as s
  set state = _append_event.state,
    current_bet = _append_event.average_bet,
    played_seconds = s.played_seconds
      + case when s.state = 'open' then extract(epoch from at - s.last_event_at) else 0 end,
    last_event_no = s.last_event_no + 1,
    last_event_at = at,
    closed_at = case when _append_event.state = 'closed' then at end,
    (accumulated_seconds, average_bet) = (
      select p.accumulated_seconds, p.average_bet
      from floor._slip_play(s.casino_id, s.rating_slip_id) as p
      where _append_event.state = 'closed'
    )
  where s.casino_id = slip.casino_id and s.rating_slip_id = slip.rating_slip_id
  returning * into strict v_slip;
  return v_slip;
end
$$;

alter function floor._append_event(
  identity.actor, floor.rating_slip, text, timestamptz, numeric, text
) owner to floor_service;
revoke all on function floor._append_event(
  identity.actor, floor.rating_slip, text, timestamptz, numeric, text
) from public;

comment on function floor._append_event(
  identity.actor, floor.rating_slip, text, timestamptz, numeric, text
) is
  'Appends an event with the bet in effect and the slip''s state after it, and returns the slip '
  'as it is then.';
--! EndIncluded floor/_append_event.sql
--! Included floor/_insert_slip.sql
-- Opens a slip with its snapshot: the game settings and the loyalty policy in force at that
-- moment. Later versions of either change nothing for it. The visit's lock keeps a player to one
-- slip; a seat that somebody else takes at the same moment shows here, as a conflict.

create function floor._insert_slip(
  actor identity.actor,
  visit floor.visit,
  gaming_table floor.gaming_table,
  seat_no integer,
  average_bet numeric,
  at timestamptz,
  previous_slip_id uuid default null
) returns floor.rating_slip
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_game floor.game_settings := floor._game_in_force(
    actor.casino_id, gaming_table.game_code, at
  );
  v_slip floor.rating_slip;
begin
  if v_game.game_settings_id is null then
    perform ops._refuse(
      'LYGAM', array['no settings of the game ' || gaming_table.game_code || ' are in force']
    );
  end if;
  insert into floor.rating_slip (
    casino_id, visit_id, player_id, table_id, seat_no, game_settings_id, loyalty_policy_id,
    previous_slip_id, current_bet, last_event_at, opened_at, gaming_day, correlation_id
  )
  values (
    actor.casino_id, visit.visit_id, visit.player_id, gaming_table.table_id,
    _insert_slip.seat_no, v_game.game_settings_id, loyalty._policy_for_slip(at),
    _insert_slip.previous_slip_id, _insert_slip.average_bet, at, at,
    identity._gaming_day(actor.timezone, actor.gaming_day_start, at), actor.correlation_id
  )
  on conflict do nothing
  returning * into v_slip;
  if not found then
    perform ops._refuse('RSSEA', array[_insert_slip.seat_no::text, gaming_table.label]);
  end if;
  return floor._append_event(actor, v_slip, 'opened', at, _insert_slip.average_bet, 'open');
end
$$;

alter function floor._insert_slip(
  identity.actor, floor.visit, floor.gaming_table, integer, numeric, timestamptz, uuid
) owner to floor_service;
revoke all on function floor._insert_slip(
  identity.actor, floor.visit, floor.gaming_table, integer, numeric, timestamptz, uuid
) from public;

comment on function floor._insert_slip(
  identity.actor, floor.visit, floor.gaming_table, integer, numeric, timestamptz, uuid
) is 'Creates an open slip and its first event. Errors: LYGAM without settings of the game, RSSEA.';
--! EndIncluded floor/_insert_slip.sql
--! Included floor/_close_slip.sql
-- Ends a slip with its last event and has loyalty say what it earned, in one transaction. moved
-- ends it as well as closed; it accrues on its own.

create function floor._close_slip(
  actor identity.actor,
  slip floor.rating_slip,
  event_type text,
  at timestamptz
) returns floor.rating_slip_completion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
begin
  v_slip := floor._append_event(
    actor, slip, _close_slip.event_type, at, slip.current_bet, 'closed'
  );
  return floor._completion(
    v_slip, loyalty.accrue_rating_slip(actor, floor._slip_telemetry(v_slip.rating_slip_id))
  );
end
$$;

alter function floor._close_slip(identity.actor, floor.rating_slip, text, timestamptz)
owner to floor_service;
revoke all on function floor._close_slip(identity.actor, floor.rating_slip, text, timestamptz)
from public;

comment on function floor._close_slip(identity.actor, floor.rating_slip, text, timestamptz) is
  'Closes a locked slip and accrues it: awarded, or pending when the award failed.';
--! EndIncluded floor/_close_slip.sql
--! Included floor/_enroll_player.sql
-- The rules of an enrolment, for a person and for a floor system's feed. The player's standing
-- is created in the same transaction. Names are short enough for the index that finds them.

create function floor._enroll_player(
  actor identity.actor,
  card_no text,
  first_name text,
  last_name text,
  birth_date date,
  at timestamptz
) returns floor.player
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_player floor.player;
begin
  if not coalesce(
    btrim(card_no) ~ '^[^\s[:cntrl:]]([^[:cntrl:]]{0,62}[^\s[:cntrl:]])?$'
      and btrim(first_name) ~ '^[^[:cntrl:]]{1,100}$' and first_name ~ '\S'
      and btrim(last_name) ~ '^[^[:cntrl:]]{1,100}$' and last_name ~ '\S'
      and isfinite(birth_date) and birth_date < at,
    false
  ) then
    perform ops._refuse('RSPRS');
  end if;
  perform floor._check_time(actor, at);

  insert into floor.player as p (
    casino_id, card_no, first_name, last_name, birth_date, enrolled_at, correlation_id
  )
  values (
    actor.casino_id, btrim(_enroll_player.card_no), btrim(_enroll_player.first_name),
    btrim(_enroll_player.last_name), _enroll_player.birth_date, at, actor.correlation_id
  )
  on conflict on constraint card_is_unique_in_its_casino do nothing
  returning * into v_player;
  if not found then
    perform ops._refuse('RSCRD', array[btrim(_enroll_player.card_no)]);
  end if;
  perform loyalty._open_player_loyalty(v_player.player_id, at);
  return v_player;
end
$$;

alter function floor._enroll_player(identity.actor, text, text, text, date, timestamptz)
owner to floor_service;
revoke all on function floor._enroll_player(identity.actor, text, text, text, date, timestamptz)
from public;
grant execute on function
floor._enroll_player(identity.actor, text, text, text, date, timestamptz)
to ops_service;

comment on function floor._enroll_player(identity.actor, text, text, text, date, timestamptz) is
  'Creates a player with their standing. Errors: RSPRS, RSTIM, RSCRD, LYPOL.';
--! EndIncluded floor/_enroll_player.sql
--! Included floor/_open_visit.sql
-- The rules of opening a visit. A player who is already here keeps the open visit, also when two
-- people welcome them at once: the unique index decides, the loser reads the winner's.

create function floor._open_visit(actor identity.actor, player_id uuid, at timestamptz)
returns floor.visit
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
begin
  perform
  from floor.player as p
  where p.casino_id = actor.casino_id and p.player_id = _open_visit.player_id;
  if not found then
    perform ops._refuse('RSPLR');
  end if;

  select * into v_visit
  from floor.visit as v
  where v.casino_id = actor.casino_id
    and v.player_id = _open_visit.player_id
    and v.closed_at is null;
  if found then
    return v_visit;
  end if;

  perform floor._check_time(actor, at);
  loop
    insert into floor.visit as v (
      casino_id, player_id, opened_at, gaming_day, opened_by, correlation_id
    )
    values (
      actor.casino_id, _open_visit.player_id, at,
      identity._gaming_day(actor.timezone, actor.gaming_day_start, at),
      actor.staff_id, actor.correlation_id
    )
    on conflict do nothing
    returning * into v_visit;
    if found then
      return v_visit;
    end if;
    select * into v_visit
    from floor.visit as v
    where v.casino_id = actor.casino_id
      and v.player_id = _open_visit.player_id
      and v.closed_at is null;
    if found then
      return v_visit;
    end if;
  end loop;
end
$$;

alter function floor._open_visit(identity.actor, uuid, timestamptz) owner to floor_service;
revoke all on function floor._open_visit(identity.actor, uuid, timestamptz) from public;
grant execute on function floor._open_visit(identity.actor, uuid, timestamptz) to ops_service;

comment on function floor._open_visit(identity.actor, uuid, timestamptz) is
  'Opens a visit, or gives the one that is open. Errors: RSPLR, RSTIM.';
--! EndIncluded floor/_open_visit.sql
--! Included floor/_start_rating_slip.sql
-- The rules of starting a slip, for a person and for a floor system's feed. The visit's row is
-- locked, so that one player can't get two slips at once. A person can't start a slip at a time
-- at which the player was still playing elsewhere: seconds would count twice.

create function floor._start_rating_slip(
  actor identity.actor,
  visit_id uuid,
  table_id uuid,
  seat_no integer,
  average_bet numeric,
  at timestamptz
) returns floor.rating_slip
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
  v_table floor.gaming_table;
  v_not_before timestamptz := '-infinity';
  v_at timestamptz;
begin
  select * into v_visit
  from floor.visit as v
  where v.casino_id = actor.casino_id and v.visit_id = _start_rating_slip.visit_id
  for no key update;
  if not found or v_visit.closed_at is not null then
    perform ops._refuse('RSVIS');
  end if;
  if exists (
    select
    from floor.rating_slip as s
    where s.casino_id = actor.casino_id
      and s.player_id = v_visit.player_id
      and s.state <> 'closed'
  ) then
    perform ops._refuse('RSOPN');
  end if;
  v_table := floor._take_seat(actor, _start_rating_slip.table_id, seat_no);
  perform floor._check_bet(average_bet);
  if actor.ingesting is not true then
    v_not_before := greatest(
      v_visit.opened_at,
      (
        select max(s.closed_at)
        from floor.rating_slip as s
        where s.casino_id = actor.casino_id and s.player_id = v_visit.player_id
      )
    );
  end if;
  v_at := coalesce(at, greatest(now(), v_not_before));
  perform floor._check_time(actor, v_at, v_not_before);
  return floor._insert_slip(actor, v_visit, v_table, seat_no, average_bet, v_at);
end
$$;

alter function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) owner to floor_service;
revoke all on function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) from public;
grant execute on function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) to ops_service;

comment on function floor._start_rating_slip(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) is
  'Opens a slip. Checked in this order: visit, no open slip, table, seat, bet, time. '
  'Errors: RSVIS, RSOPN, RSTNF, RSTBL, RSRNG, RSSEA, RSBET, RSTIM, LYGAM.';
--! EndIncluded floor/_start_rating_slip.sql
--! Included floor/_record_bet.sql
-- The rules of observing a bet. Allowed while paused too: the bet then counts from the resumption
-- on, because paused seconds weigh nothing.

create function floor._record_bet(
  actor identity.actor,
  rating_slip_id uuid,
  average_bet numeric,
  at timestamptz
) returns floor.rating_slip
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_slip floor.rating_slip := floor._lock_slip(actor, rating_slip_id);
  v_at timestamptz := coalesce(at, greatest(now(), v_slip.last_event_at));
begin
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  perform floor._check_bet(average_bet);
  return floor._append_event(
    actor, v_slip, 'bet_observed', v_at, _record_bet.average_bet, v_slip.state
  );
end
$$;

alter function floor._record_bet(identity.actor, uuid, numeric, timestamptz)
owner to floor_service;
revoke all on function floor._record_bet(identity.actor, uuid, numeric, timestamptz) from public;
grant execute on function floor._record_bet(identity.actor, uuid, numeric, timestamptz)
to ops_service;

comment on function floor._record_bet(identity.actor, uuid, numeric, timestamptz) is
  'Adds a bet_observed event. Checked in this order: slip, time, bet.';
--! EndIncluded floor/_record_bet.sql
--! Included floor/_set_paused.sql
-- The rules of pausing and resuming: two names for one change of state, so that their checks can't
-- drift apart.

create function floor._set_paused(
  actor identity.actor,
  rating_slip_id uuid,
  paused boolean,
  at timestamptz
) returns floor.rating_slip
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_slip floor.rating_slip := floor._lock_slip(actor, rating_slip_id);
  v_at timestamptz := coalesce(at, greatest(now(), v_slip.last_event_at));
begin
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  if paused = (v_slip.state = 'paused') then
    perform ops._refuse('RSSTA', array[case when paused then 'paused' else 'running' end]);
  end if;
  return floor._append_event(
    actor, v_slip, case when paused then 'paused' else 'resumed' end, v_at, v_slip.current_bet,
    case when paused then 'paused' else 'open' end
  );
end
$$;

alter function floor._set_paused(identity.actor, uuid, boolean, timestamptz)
owner to floor_service;
revoke all on function floor._set_paused(identity.actor, uuid, boolean, timestamptz) from public;
grant execute on function floor._set_paused(identity.actor, uuid, boolean, timestamptz)
to ops_service;

comment on function floor._set_paused(identity.actor, uuid, boolean, timestamptz) is
  'Pauses or resumes a slip. Checked in this order: slip, time, not already so (RSSTA).';
--! EndIncluded floor/_set_paused.sql
--! Included floor/_complete_rating_slip.sql
-- The rules of completing a slip. The slip itself is the key: a closed one gives its first
-- result again (a floor system's feed asks for an open one, and is refused). Without a time it
-- is completed now, or at its last event where a clock ran ahead.

create function floor._complete_rating_slip(
  actor identity.actor,
  rating_slip_id uuid,
  at timestamptz
) returns floor.rating_slip_completion
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
  v_at timestamptz;
begin
  select * into v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id
    and s.rating_slip_id = _complete_rating_slip.rating_slip_id
  for no key update;
  if not found then
    perform ops._refuse('RSNFD');
  end if;
  if v_slip.state = 'closed' then
    return floor._completion(
      v_slip,
      loyalty._closed_slip_outcome(floor._slip_telemetry(v_slip.rating_slip_id))
    );
  end if;
  v_at := coalesce(at, greatest(now(), v_slip.last_event_at));
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  return floor._close_slip(actor, v_slip, 'closed', v_at);
end
$$;

alter function floor._complete_rating_slip(identity.actor, uuid, timestamptz)
owner to floor_service;
revoke all on function floor._complete_rating_slip(identity.actor, uuid, timestamptz) from public;
grant execute on function floor._complete_rating_slip(identity.actor, uuid, timestamptz)
to ops_service;

comment on function floor._complete_rating_slip(identity.actor, uuid, timestamptz) is
  'Closes and accrues a slip, or gives a closed one''s first result. Errors: RSNFD, RSTIM.';
--! EndIncluded floor/_complete_rating_slip.sql
--! Included floor/_move_player.sql
-- The rules of a move: closes the slip, which accrues on its own, and opens the next one at the
-- new seat, unpaused, in one transaction. Locks visit and slip in this order, as closing a visit
-- does.

create function floor._move_player(
  actor identity.actor,
  rating_slip_id uuid,
  table_id uuid,
  seat_no integer,
  average_bet numeric,
  at timestamptz
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
  v_slip floor.rating_slip;
  v_table floor.gaming_table;
  v_completion floor.rating_slip_completion;
  v_at timestamptz;
begin
  select v.* into v_visit
  from floor.visit as v
  join floor.rating_slip as s on s.casino_id = v.casino_id and s.visit_id = v.visit_id
  where s.casino_id = actor.casino_id and s.rating_slip_id = _move_player.rating_slip_id
  for no key update of v;
  v_slip := floor._lock_slip(actor, _move_player.rating_slip_id);
  v_at := coalesce(at, greatest(now(), v_slip.last_event_at));
  perform floor._check_time(actor, v_at, v_slip.last_event_at);
  v_table := floor._take_seat(actor, _move_player.table_id, seat_no);
  perform floor._check_bet(average_bet);

  v_completion := floor._close_slip(actor, v_slip, 'moved', v_at);
  return row(
    floor._insert_slip(
      actor, v_visit, v_table, seat_no, average_bet, v_at, v_slip.rating_slip_id
    ),
    v_completion,
    false
  );
end
$$;

alter function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) owner to floor_service;
revoke all on function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) from public;
grant execute on function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) to ops_service;

comment on function floor._move_player(
  identity.actor, uuid, uuid, integer, numeric, timestamptz
) is
  'Closes a slip and opens the next one elsewhere, linked by previous_slip_id. Checked in this '
  'order: slip, time, table, seat, bet.';
--! EndIncluded floor/_move_player.sql
--! Included floor/_close_visit.sql
-- The rules of closing a visit: its open slip is completed at the same moment and in the same
-- transaction, so that nobody leaves with a slip still running.

create function floor._close_visit(actor identity.actor, visit_id uuid, at timestamptz)
returns floor.visit_result
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_visit floor.visit;
  v_slip floor.rating_slip;
  v_not_before timestamptz;
  v_at timestamptz;
  v_completion floor.rating_slip_completion;
begin
  select * into v_visit
  from floor.visit as v
  where v.casino_id = actor.casino_id and v.visit_id = _close_visit.visit_id
  for no key update;
  if not found or v_visit.closed_at is not null then
    perform ops._refuse('RSVIS');
  end if;
  select * into v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id
    and s.visit_id = _close_visit.visit_id
    and s.state <> 'closed'
  for no key update;

  v_not_before := greatest(v_visit.opened_at, v_slip.last_event_at);
  if actor.ingesting is not true then
    v_not_before := greatest(
      v_not_before,
      (
        select max(s.closed_at)
        from floor.rating_slip as s
        where s.casino_id = actor.casino_id and s.visit_id = _close_visit.visit_id
      )
    );
  end if;
  v_at := coalesce(at, greatest(now(), v_not_before));
  perform floor._check_time(actor, v_at, v_not_before);
  if v_slip.rating_slip_id is not null then
    v_completion := floor._close_slip(actor, v_slip, 'closed', v_at);
  end if;

  update floor.visit as v
  set closed_at = v_at, closed_by = actor.staff_id
  where v.casino_id = v_visit.casino_id and v.visit_id = v_visit.visit_id
  returning * into v_visit;
  return row(v_visit, v_completion, false);
end
$$;

alter function floor._close_visit(identity.actor, uuid, timestamptz) owner to floor_service;
revoke all on function floor._close_visit(identity.actor, uuid, timestamptz) from public;
grant execute on function floor._close_visit(identity.actor, uuid, timestamptz) to ops_service;

comment on function floor._close_visit(identity.actor, uuid, timestamptz) is
  'Closes a visit and completes its open slip. Errors: RSVIS, RSTIM.';
--! EndIncluded floor/_close_visit.sql
--! Included floor/_slip_replay.sql
-- Gives the result of a slip command again: the same slip, and after a move the completion of
-- the slip before it.

create function floor._slip_replay(actor identity.actor, command floor.command)
returns floor.slip_result
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slip floor.rating_slip;
  v_previous floor.rating_slip;
  v_completion floor.rating_slip_completion;
begin
  select * into strict v_slip
  from floor.rating_slip as s
  where s.casino_id = actor.casino_id and s.rating_slip_id = command.rating_slip_id;
  if command.command = 'move_player' then
    select * into strict v_previous
    from floor.rating_slip as s
    where s.casino_id = actor.casino_id and s.rating_slip_id = v_slip.previous_slip_id;
    v_completion := floor._completion(
      v_previous,
      loyalty._closed_slip_outcome(floor._slip_telemetry(v_previous.rating_slip_id))
    );
  end if;
  return row(v_slip, v_completion, true);
end
$$;

alter function floor._slip_replay(identity.actor, floor.command) owner to floor_service;
revoke all on function floor._slip_replay(identity.actor, floor.command) from public;

comment on function floor._slip_replay(identity.actor, floor.command) is
  'The result of an earlier slip command, marked as replayed.';
--! EndIncluded floor/_slip_replay.sql
--! Included floor/enroll_player.sql
-- Enrols a player at the desk or at the table. The standing in loyalty is opened with it, so no
-- player exists whose points would have nowhere to go.

create function floor.enroll_player(
  card_no text,
  first_name text,
  last_name text,
  birth_date date,
  idempotency_key text
) returns floor.player_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(card_no, first_name, last_name, birth_date);
  v_command floor.command := floor._claim_key(
    v_actor, 'enroll_player', idempotency_key, v_request
  );
  v_player floor.player;
begin
  if v_command.command is not null then
    select * into strict v_player
    from floor.player as p
    where p.casino_id = v_actor.casino_id and p.player_id = v_command.player_id;
    return row(v_player, true);
  end if;
  v_player := floor._enroll_player(v_actor, card_no, first_name, last_name, birth_date, now());
  perform floor._remember(
    v_actor, 'enroll_player', idempotency_key, v_request, player_id => v_player.player_id
  );
  return row(v_player, false);
end
$$;

alter function floor.enroll_player(text, text, text, date, text) owner to floor_service;
revoke all on function floor.enroll_player(text, text, text, date, text) from public;
grant execute on function floor.enroll_player(text, text, text, date, text) to pit_staff;

comment on function floor.enroll_player(text, text, text, date, text) is
  'Enrols a player and opens their standing. Capability floor:rate. Errors: IDUNA, IDFRB, IDKEY, '
  'LYIDM, RSPRS, RSCRD.';
--! EndIncluded floor/enroll_player.sql
--! Included floor/open_visit.sql
-- A player arrives. Opening a visit for somebody who is already here gives the open visit, so
-- nobody has to look first.

create function floor.open_visit(
  player_id uuid,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.visit_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    open_visit.player_id, extract(epoch from open_visit.occurred_at)
  );
  v_command floor.command := floor._claim_key(v_actor, 'open_visit', idempotency_key, v_request);
  v_visit floor.visit;
begin
  if v_command.command is not null then
    select * into strict v_visit
    from floor.visit as v
    where v.casino_id = v_actor.casino_id and v.visit_id = v_command.visit_id;
    return row(v_visit, null::floor.rating_slip_completion, true);
  end if;
  v_visit := floor._open_visit(
    v_actor, open_visit.player_id, coalesce(open_visit.occurred_at, now())
  );
  perform floor._remember(
    v_actor, 'open_visit', idempotency_key, v_request, visit_id => v_visit.visit_id
  );
  return row(v_visit, null::floor.rating_slip_completion, false);
end
$$;

alter function floor.open_visit(uuid, timestamptz, text) owner to floor_service;
revoke all on function floor.open_visit(uuid, timestamptz, text) from public;
grant execute on function floor.open_visit(uuid, timestamptz, text) to pit_staff;

comment on function floor.open_visit(uuid, timestamptz, text) is
  'Opens a player''s visit, or gives the open one. Capability floor:rate. Errors: IDUNA, IDFRB, '
  'IDKEY, LYIDM, RSPLR, RSTIM.';
--! EndIncluded floor/open_visit.sql
--! Included floor/close_visit.sql
-- A player goes home: closes the visit and completes the slip that is still open. A repeated call
-- gives the same visit and completion again.

create function floor.close_visit(
  visit_id uuid,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.visit_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    close_visit.visit_id, extract(epoch from close_visit.occurred_at)
  );
  v_command floor.command := floor._claim_key(v_actor, 'close_visit', idempotency_key, v_request);
  v_result floor.visit_result;
begin
  if v_command.command is not null then
    select v into strict v_result.visit
    from floor.visit as v
    where v.casino_id = v_actor.casino_id and v.visit_id = v_command.visit_id;
    if v_command.rating_slip_id is not null then
      v_result.completion := floor._complete_rating_slip(
        v_actor, v_command.rating_slip_id, null
      );
    end if;
    v_result.replayed := true;
    return v_result;
  end if;

  v_result := floor._close_visit(v_actor, close_visit.visit_id, close_visit.occurred_at);
  perform floor._remember(
    v_actor, 'close_visit', idempotency_key, v_request,
    visit_id => close_visit.visit_id,
    rating_slip_id => ((v_result.completion).rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.close_visit(uuid, timestamptz, text) owner to floor_service;
revoke all on function floor.close_visit(uuid, timestamptz, text) from public;
grant execute on function floor.close_visit(uuid, timestamptz, text) to pit_staff;

comment on function floor.close_visit(uuid, timestamptz, text) is
  'Closes a visit; its open slip is completed with it. Capability floor:rate. Errors: IDUNA, '
  'IDFRB, IDKEY, LYIDM, RSVIS, RSTIM.';
--! EndIncluded floor/close_visit.sql
--! Included floor/start_rating_slip.sql
-- A player sits down: opens a rating slip at a table and seat. From here on the slip's seconds and
-- bets count towards points.

create function floor.start_rating_slip(
  visit_id uuid,
  table_id uuid,
  seat_no integer,
  average_bet numeric,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    start_rating_slip.visit_id, start_rating_slip.table_id, start_rating_slip.seat_no,
    trim_scale(start_rating_slip.average_bet), extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'start_rating_slip', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result.rating_slip := floor._start_rating_slip(
    v_actor, start_rating_slip.visit_id, start_rating_slip.table_id, start_rating_slip.seat_no,
    start_rating_slip.average_bet, occurred_at
  );
  v_result.replayed := false;
  perform floor._remember(
    v_actor, 'start_rating_slip', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) owner to floor_service;
revoke all on function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) from public;
grant execute on function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) to pit_staff;

comment on function floor.start_rating_slip(
  uuid, uuid, integer, numeric, timestamptz, text
) is
  'Opens a rating slip in an open visit; average_bet in dollars. Capability floor:rate. Errors: '
  'IDUNA, IDFRB, IDKEY, LYIDM, RSVIS, RSOPN, RSTNF, RSTBL, RSRNG, RSSEA, RSBET, RSTIM, LYGAM.';
--! EndIncluded floor/start_rating_slip.sql
--! Included floor/record_bet.sql
-- The bet was observed to have changed. It counts from that moment on; what was bet before keeps
-- its weight in the average.

create function floor.record_bet(
  rating_slip_id uuid,
  average_bet numeric,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    record_bet.rating_slip_id, trim_scale(record_bet.average_bet),
    extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'record_bet', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result.rating_slip := floor._record_bet(
    v_actor, record_bet.rating_slip_id, record_bet.average_bet, occurred_at
  );
  v_result.replayed := false;
  perform floor._remember(
    v_actor, 'record_bet', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.record_bet(uuid, numeric, timestamptz, text) owner to floor_service;
revoke all on function floor.record_bet(uuid, numeric, timestamptz, text) from public;
grant execute on function floor.record_bet(uuid, numeric, timestamptz, text) to pit_staff;

comment on function floor.record_bet(uuid, numeric, timestamptz, text) is
  'Observes a bet, in dollars, on a slip that is open or paused. Capability floor:rate. Errors: '
  'IDUNA, IDFRB, IDKEY, LYIDM, RSNFD, RSNOP, RSTIM, RSBET.';
--! EndIncluded floor/record_bet.sql
--! Included floor/pause_rating_slip.sql
-- The player steps away: time stops counting until the slip is resumed. The seat stays theirs, and
-- so does the slip: nobody else can sit down there meanwhile.

create function floor.pause_rating_slip(
  rating_slip_id uuid,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    pause_rating_slip.rating_slip_id, extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'pause_rating_slip', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result.rating_slip := floor._set_paused(
    v_actor, pause_rating_slip.rating_slip_id, true, occurred_at
  );
  v_result.replayed := false;
  perform floor._remember(
    v_actor, 'pause_rating_slip', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.pause_rating_slip(uuid, timestamptz, text) owner to floor_service;
revoke all on function floor.pause_rating_slip(uuid, timestamptz, text) from public;
grant execute on function floor.pause_rating_slip(uuid, timestamptz, text) to pit_staff;

comment on function floor.pause_rating_slip(uuid, timestamptz, text) is
  'Pauses a slip. Capability floor:rate. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSNFD, RSNOP, '
  'RSTIM, RSSTA when it is paused already.';
--! EndIncluded floor/pause_rating_slip.sql
--! Included floor/resume_rating_slip.sql
-- The player is back: time counts again, with the bet that was observed last, also when that was
-- observed during the pause.

create function floor.resume_rating_slip(
  rating_slip_id uuid,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    resume_rating_slip.rating_slip_id, extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'resume_rating_slip', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result.rating_slip := floor._set_paused(
    v_actor, resume_rating_slip.rating_slip_id, false, occurred_at
  );
  v_result.replayed := false;
  perform floor._remember(
    v_actor, 'resume_rating_slip', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.resume_rating_slip(uuid, timestamptz, text) owner to floor_service;
revoke all on function floor.resume_rating_slip(uuid, timestamptz, text) from public;
grant execute on function floor.resume_rating_slip(uuid, timestamptz, text) to pit_staff;

comment on function floor.resume_rating_slip(uuid, timestamptz, text) is
  'Resumes a slip. Capability floor:rate. Errors: IDUNA, IDFRB, IDKEY, LYIDM, RSNFD, RSNOP, '
  'RSTIM, RSSTA when it is running already.';
--! EndIncluded floor/resume_rating_slip.sql
--! Included floor/move_player.sql
-- The player changes seats: one slip ends and accrues, the next one begins, in one transaction, so
-- that no second of play is lost or counted twice.

create function floor.move_player(
  rating_slip_id uuid,
  table_id uuid,
  seat_no integer,
  average_bet numeric,
  occurred_at timestamptz default null,
  idempotency_key text default null
) returns floor.slip_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
  v_request jsonb := jsonb_build_array(
    move_player.rating_slip_id, move_player.table_id, move_player.seat_no,
    trim_scale(move_player.average_bet), extract(epoch from occurred_at)
  );
  v_command floor.command := floor._claim_key(
    v_actor, 'move_player', idempotency_key, v_request
  );
  v_result floor.slip_result;
begin
  if v_command.command is not null then
    return floor._slip_replay(v_actor, v_command);
  end if;
  v_result := floor._move_player(
    v_actor, move_player.rating_slip_id, move_player.table_id, move_player.seat_no,
    move_player.average_bet, occurred_at
  );
  perform floor._remember(
    v_actor, 'move_player', idempotency_key, v_request,
    rating_slip_id => (v_result.rating_slip).rating_slip_id
  );
  return v_result;
end
$$;

alter function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) owner to floor_service;
revoke all on function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) from public;
grant execute on function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) to pit_staff;

comment on function floor.move_player(
  uuid, uuid, integer, numeric, timestamptz, text
) is
  'Closes a slip and opens the next one at another table or seat, in one transaction; the result '
  'has the new slip and the completion of the old one. Capability floor:rate. Errors: IDUNA, '
  'IDFRB, IDKEY, LYIDM, RSNFD, RSNOP, RSTIM, RSTNF, RSTBL, RSRNG, RSSEA, RSBET.';
--! EndIncluded floor/move_player.sql
--! Included floor/complete_rating_slip.sql
-- The player leaves: closes the slip and posts its points in one call. There is no key to invent
-- and none to lose: the slip itself says whether it was completed before.

create function floor.complete_rating_slip(rating_slip_id uuid)
returns floor.rating_slip_completion
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('floor:rate');
begin
  return floor._complete_rating_slip(v_actor, complete_rating_slip.rating_slip_id, null);
end
$$;

alter function floor.complete_rating_slip(uuid) owner to floor_service;
revoke all on function floor.complete_rating_slip(uuid) from public;
grant execute on function floor.complete_rating_slip(uuid) to pit_staff;

comment on function floor.complete_rating_slip(uuid) is
  'Closes a rating slip and accrues its points: outcome awarded, or pending when the award '
  'failed and will be retried, or replayed when the slip was completed before. The slip itself '
  'is the idempotency key. Capability floor:rate. Errors: IDUNA, IDFRB, RSNFD.';
--! EndIncluded floor/complete_rating_slip.sql
--! Included floor/find_players.sql
-- Finds players by card or name while somebody types. Runs with the reader's own rights, so
-- row-level security decides what can be found.

create function floor.find_players(search text) returns setof floor.player
language sql
stable
begin atomic
  select p.*
  from floor.player as p
  where btrim(search) <> ''
    and (
      starts_with(lower(p.card_no), lower(btrim(search)))
      or starts_with(lower(p.last_name), lower(btrim(search)))
      or starts_with(lower(p.first_name), lower(btrim(search)))
      or starts_with(lower(p.first_name || ' ' || p.last_name), lower(btrim(search)))
    )
  order by lower(p.last_name), lower(p.first_name), p.player_id
  limit 50;
end;

alter function floor.find_players(text) owner to floor_service;
revoke all on function floor.find_players(text) from public;
grant execute on function floor.find_players(text) to pit_staff;

comment on function floor.find_players(text) is
  'Players whose card number, first name, last name or full name begins with the text; at most '
  '50, by name.';
--! EndIncluded floor/find_players.sql
--! Included floor/_player_by_card.sql
-- For ingestion, which names players by their cards: other contexts don't read floor's tables,
-- they ask.

create function floor._player_by_card(card_no text) returns uuid
language sql
stable
security definer
set search_path = ''
return (
  select p.player_id
  from floor.player as p
  where p.casino_id = identity._casino() and p.card_no = btrim(_player_by_card.card_no)
);

alter function floor._player_by_card(text) owner to floor_service;
revoke all on function floor._player_by_card(text) from public;
grant execute on function floor._player_by_card(text) to ops_service;

comment on function floor._player_by_card(text) is 'Player of a card; null when unknown.';
--! EndIncluded floor/_player_by_card.sql
--! Included floor/_whereabouts.sql
-- For ingestion, which names the open visit and slip by the player and tables by their labels. An
-- ingestion holds its locks over many events, so it takes visit and slip before anything else of
-- a player, in the order in which commands take them.

create function floor._whereabouts(
  player_id uuid,
  table_label text,
  out visit_id uuid,
  out rating_slip_id uuid,
  out table_id uuid
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  select v.visit_id into visit_id
  from floor.visit as v
  where v.casino_id = identity._casino()
    and v.player_id = _whereabouts.player_id
    and v.closed_at is null
  for no key update;

  select s.rating_slip_id into rating_slip_id
  from floor.rating_slip as s
  where s.casino_id = identity._casino()
    and s.player_id = _whereabouts.player_id
    and s.state <> 'closed'
  for no key update;

  select t.table_id into table_id
  from floor.gaming_table as t
  where t.casino_id = identity._casino() and t.label = table_label;
end
$$;

alter function floor._whereabouts(uuid, text) owner to floor_service;
revoke all on function floor._whereabouts(uuid, text) from public;
grant execute on function floor._whereabouts(uuid, text) to ops_service;

comment on function floor._whereabouts(uuid, text) is
  'Open visit and open slip of a player, both locked, and the id of a table''s label; nulls where '
  'unknown.';
--! EndIncluded floor/_whereabouts.sql
--! Included floor/_load_casino.sql
-- Floor's part of setting a property up: games as effective versions, tables as they stand now.
-- A table that the file no longer names goes out of service; its history stays.

create function floor._load_casino(property jsonb) returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_games integer;
  v_tables integer;
  v_retired integer;
begin
  if jsonb_typeof(property -> 'games') is distinct from 'array'
    or jsonb_typeof(property -> 'tables') is distinct from 'array'
  then
    perform ops._refuse('OPPRP', array['"games" and "tables" must be lists']);
  end if;
  if exists (
    select t.game from jsonb_to_recordset(property -> 'tables') as t (game text)
    except
    select g.code from jsonb_to_recordset(property -> 'games') as g (code text)
  ) then
    perform ops._refuse('OPPRP', array['a table names a game that is not in "games"']);
  end if;

  insert into floor.game_settings (
    casino_id, code, name, house_edge, decisions_per_hour, seats,
    conversion_rate, point_multiplier, effective_from
  )
  select
    v_casino_id, g.code, g.name, g.house_edge, g.decisions_per_hour, g.seats,
    g.conversion_rate, g.point_multiplier,
    case when v.game_settings_id is null then '-infinity' else now() end
  from (
    select
      g.code, g.name, g.house_edge, g.decisions_per_hour, g.seats,
      coalesce(g.conversion_rate, 10) as conversion_rate,
      coalesce(g.point_multiplier, 1) as point_multiplier
    from jsonb_to_recordset(property -> 'games') as g (
      code text, name text, house_edge numeric(7, 4), decisions_per_hour integer, seats integer,
      conversion_rate numeric(10, 4), point_multiplier numeric(10, 4)
    )
  ) as g
  left join lateral floor._game_in_force(v_casino_id, g.code, now()) as v on true
  where (g.name, g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate,
      g.point_multiplier)
    is distinct from (v.name, v.house_edge, v.decisions_per_hour, v.seats, v.conversion_rate,
      v.point_multiplier);
  get diagnostics v_games = row_count;

  insert into floor.gaming_table as t (casino_id, label, pit, game_code, seats)
  select v_casino_id, f.label, f.pit, f.game, f.seats
  from jsonb_to_recordset(property -> 'tables') as f (
    label text, pit text, game text, seats integer
  )
  on conflict (casino_id, label) do update
  set pit = excluded.pit, game_code = excluded.game_code, seats = excluded.seats, active = true
  where (t.pit, t.game_code, t.seats, t.active)
    is distinct from (excluded.pit, excluded.game_code, excluded.seats, true);
  get diagnostics v_tables = row_count;

  update floor.gaming_table as t
  set active = false
  where t.casino_id = v_casino_id
    and t.active
    and not exists (
      select
      from jsonb_to_recordset(property -> 'tables') as f (label text)
      where f.label = t.label
    );
  get diagnostics v_retired = row_count;
  return v_games + v_tables + v_retired > 0;
end
$$;

alter function floor._load_casino(jsonb) owner to floor_service;
revoke all on function floor._load_casino(jsonb) from public;
grant execute on function floor._load_casino(jsonb) to ops_service;

comment on function floor._load_casino(jsonb) is
  'Loads games and tables of a property file for the casino of the running call; true when '
  'something changed. Error: OPPRP.';
--! EndIncluded floor/_load_casino.sql
--! Included compliance/threshold_policy.sql
-- From which cash a casino logs and reports: effective-dated versions, never changed. The
-- reporting threshold is that of 31 CFR 1021.311.

set local role pit_owner;

create table compliance.threshold_policy (
  casino_id integer not null references identity.casino on delete restrict,
  effective_from timestamptz not null,
  log_floor numeric(14, 2) not null,
  ctr_threshold numeric(14, 2) not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, effective_from),
  constraint thresholds_are_in_order check (log_floor > 0 and ctr_threshold >= log_floor)
);

alter table compliance.threshold_policy enable row level security;
alter table compliance.threshold_policy force row level security;

create policy manage_all on compliance.threshold_policy to pit_owner using (true);
create policy serve_own_casino on compliance.threshold_policy for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.threshold_policy for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.threshold_policy to compliance_service;

create trigger threshold_policy_is_append_only
before update or delete or truncate on compliance.threshold_policy
for each statement execute function ops._append_only('OPIMM');
alter table compliance.threshold_policy
enable always trigger threshold_policy_is_append_only;

reset role;

comment on table compliance.threshold_policy is
  'Cash thresholds of a casino. Never changed: a change is a new version with a later date.';
comment on column compliance.threshold_policy.log_floor is
  'Dollars in one direction and gaming day from which a patron is watched.';
comment on column compliance.threshold_policy.ctr_threshold is
  'Dollars in one direction and gaming day above which a report must be filed.';
comment on column compliance.threshold_policy.effective_from is
  'In force from then on, until the next version; the first from -infinity.';
--! EndIncluded compliance/threshold_policy.sql
--! Included compliance/_load_casino.sql
-- Compliance's part of setting a property up: the cash thresholds as effective versions. A changed
-- file adds a version from now on; sums of the past keep the thresholds they were judged by.

create function compliance._load_casino(property jsonb) returns boolean
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
begin
  select * into v_in_force
  from compliance.threshold_policy as t
  where t.casino_id = v_casino_id and t.effective_from <= now()
  order by t.effective_from desc
  limit 1;

  if (v_in_force.log_floor, v_in_force.ctr_threshold)
    is not distinct from (v_floor, v_threshold)
  then
    return false;
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
  'Loads the cash thresholds of a property file for the casino of the running call; true when '
  'something changed.';
--! EndIncluded compliance/_load_casino.sql
--! Included ops/ingested_event.sql
-- What became of every event that a floor system sent. An event is known by its key and content:
-- the same again has the same outcome without being evaluated again, so that sending a file
-- twice, or again after a crash, always ends in the same state.

set local role pit_owner;

create table ops.ingested_event (
  casino_id integer not null references identity.casino on delete restrict,
  event_key text not null,
  request_fingerprint bytea not null,
  ingested_event_id uuid not null default uuidv7(),
  event_type text not null,
  outcome text not null,
  code text,
  player_id uuid,
  visit_id uuid,
  rating_slip_id uuid,
  entry_no bigint,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, event_key, request_fingerprint),
  constraint outcome_is_applied_or_refused check (outcome in ('applied', 'refused')),
  constraint only_a_refusal_has_a_code check ((outcome = 'refused') = (code is not null))
);

create unique index key_is_applied_once on ops.ingested_event (casino_id, event_key)
where outcome = 'applied';
create index ingested_event_slip on ops.ingested_event (casino_id, rating_slip_id)
where rating_slip_id is not null;

alter table ops.ingested_event enable row level security;
alter table ops.ingested_event force row level security;

create policy manage_all on ops.ingested_event to pit_owner using (true);
create policy serve_own_casino on ops.ingested_event for select to ops_service
using (casino_id = identity._casino());
create policy insert_own_casino on ops.ingested_event for insert to ops_service
with check (casino_id = identity._casino());

grant select, insert on ops.ingested_event to ops_service;

create trigger ingested_event_is_append_only
before update or delete or truncate on ops.ingested_event
for each statement execute function ops._append_only('OPIMM');
alter table ops.ingested_event enable always trigger ingested_event_is_append_only;

reset role;

comment on table ops.ingested_event is
  'Outcome of every event of a floor system''s feed, by key and content.';
comment on column ops.ingested_event.request_fingerprint is
  'SHA-256 of the event''s JSON, whatever the order of its fields.';
comment on column ops.ingested_event.code is 'Name of the error that refused it.';
comment on column ops.ingested_event.rating_slip_id is
  'The slip that the event opened, changed or closed (after a move: the closed one).';
comment on column ops.ingested_event.entry_no is 'The ledger entry that the event posted.';
--! EndIncluded ops/ingested_event.sql
--! Included ops/ingestion.sql
-- Which rows an applied event touched; what ops._apply_event hands to ops.ingest_events, which
-- remembers it for reversals and reports.

create type ops.ingestion as (
  player_id uuid,
  visit_id uuid,
  rating_slip_id uuid,
  entry_no bigint
);

alter type ops.ingestion owner to pit_owner;

comment on type ops.ingestion is 'The rows that an ingested event made or changed.';
--! EndIncluded ops/ingestion.sql
--! Included ops/ingested_outcome.sql
-- One row of the answer to ops.ingest_events. Names instead of SQLSTATEs: a sender's log is read
-- by people.

create type ops.ingested_outcome as (
  key text,
  outcome text,
  code text
);

alter type ops.ingested_outcome owner to pit_owner;

comment on type ops.ingested_outcome is
  'What became of an event: applied, replayed or refused, with the name of the error.';
--! EndIncluded ops/ingested_outcome.sql
--! Included ops/_number.sql
-- Reads a number that a feed may give as a JSON number or as text; null when it is none, so that
-- the rule it is for can refuse it with its own code.

create function ops._number(value text) returns numeric
language sql
immutable
return case when value ~ '^-?[0-9]{1,15}(\.[0-9]{1,10})?$' then value::numeric end;

alter function ops._number(text) owner to ops_service;
revoke all on function ops._number(text) from public;

comment on function ops._number(text) is 'The text as a number; null when it isn''t one.';
--! EndIncluded ops/_number.sql
--! Included ops/_whole_number.sql
-- Like ops._number, for seats and points: 25 and 25.0 are whole, 25.5 isn't and is left to the
-- rule that needs it to refuse.

create function ops._whole_number(value text) returns bigint
language sql
immutable
return case when value ~ '^-?[0-9]{1,15}(\.0{1,10})?$' then value::numeric::bigint end;

alter function ops._whole_number(text) owner to ops_service;
revoke all on function ops._whole_number(text) from public;

comment on function ops._whole_number(text) is 'The text as a whole number; null otherwise.';
--! EndIncluded ops/_whole_number.sql
--! Included ops/_event_time.sql
-- Reads an event's time: ISO 8601 with an offset, nothing vaguer, because a time without offset
-- would mean something else with every session's time zone.

create function ops._event_time(value text) returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
begin
  if value ~ '^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d(:?\d\d)?)$' then
    return value::timestamptz;
  end if;
  return null;
exception when data_exception then
  return null;
end
$$;

alter function ops._event_time(text) owner to ops_service;
revoke all on function ops._event_time(text) from public;

comment on function ops._event_time(text) is
  'The moment of an ISO 8601 text with offset; null when it isn''t one.';
--! EndIncluded ops/_event_time.sql
--! Included ops/_apply_player_event.sql
-- Enrols the player that a feed's event describes. A date that isn't one becomes a refusal of this
-- event, never a fault that stops the feed.

create function ops._apply_player_event(
  actor identity.actor,
  event jsonb,
  at timestamptz
) returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_birth_date date;
begin
  begin
    v_birth_date := case
      when event ->> 'birth_date' ~ '^\d{4}-\d\d-\d\d$' then (event ->> 'birth_date')::date
    end;
  exception when data_exception then
    v_birth_date := null;
  end;
  return (
    floor._enroll_player(
      actor, event ->> 'card', event ->> 'first_name', event ->> 'last_name', v_birth_date, at
    )
  ).player_id;
end
$$;

alter function ops._apply_player_event(identity.actor, jsonb, timestamptz) owner to ops_service;
revoke all on function ops._apply_player_event(identity.actor, jsonb, timestamptz) from public;

comment on function ops._apply_player_event(identity.actor, jsonb, timestamptz) is
  'Applies a player event. Errors: RSPRS, RSTIM, RSCRD, LYPOL.';
--! EndIncluded ops/_apply_player_event.sql
--! Included ops/_apply_reverse_event.sql
-- Undoes the entry of an earlier event: a reward, a redemption, or what closed a slip. The feed
-- knows its own keys only, so the entry is found by what that key did.

create function ops._apply_reverse_event(
  actor identity.actor,
  event jsonb,
  at timestamptz
) returns ops.ingestion
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_event ops.ingested_event;
  v_entry_no bigint;
  v_done ops.ingestion;
begin
  select * into v_event
  from ops.ingested_event as i
  where i.casino_id = actor.casino_id
    and i.event_key = event ->> 'ref'
    and i.outcome = 'applied';
  v_entry_no := coalesce(
    v_event.entry_no,
    case when v_event.event_type in ('slip_closed', 'moved', 'visit_closed')
      then loyalty._slip_entry_no(v_event.rating_slip_id)
    end
  );
  if v_entry_no is null then
    perform ops._refuse('LYENT');
  end if;

  v_done.player_id := v_event.player_id;
  perform floor._whereabouts(v_event.player_id, null);
  v_done.entry_no := (
    (
      loyalty._reverse_entry(
        actor, v_event.player_id, v_entry_no, event ->> 'reason', event ->> 'key', at
      )
    ).ledger_entry
  ).entry_no;
  return v_done;
end
$$;

alter function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) owner to ops_service;
revoke all on function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) from public;

comment on function ops._apply_reverse_event(identity.actor, jsonb, timestamptz) is
  'Applies a reverse event. Errors: LYENT, LYREV, LYRSN, LYBAL.';
--! EndIncluded ops/_apply_reverse_event.sql
--! Included ops/_apply_event.sql
-- Applies one event of a feed through the same internal functions that staff commands use, with
-- the checks in the order of feed.md. Raises where the event is refused.

create function ops._apply_event(actor identity.actor, event jsonb) returns ops.ingestion
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
  if v_type in ('person', 'cash', 'cash_corrected', 'identified') then
    perform ops._refuse('OPCSH');
  end if;
  if v_type not in (
    'player', 'visit_opened', 'visit_closed', 'slip_opened', 'bet_observed', 'slip_paused',
    'slip_resumed', 'slip_closed', 'moved', 'reward', 'redeem', 'reverse'
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
            ops._number(event ->> 'cash_amount'), v_at
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
  'OPEVT unknown type, OPCSH cash, OPMAL.';
--! EndIncluded ops/_apply_event.sql
--! Included ops/_ingest_event.sql
-- Takes one event of a feed: recognises what it has seen, applies the rest in a subtransaction of
-- its own, and remembers the outcome. Refusals of the registry are outcomes; so that no event can
-- block a feed, so are values that can't be stored. Conflicts between transactions, lack of
-- resources, shutdowns and faults of our own are raised: the sender repeats the whole call.

create function ops._ingest_event(actor identity.actor, event jsonb) returns ops.ingested_outcome
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

  -- Cash isn't evaluated yet, so it isn't remembered either: later it is taken as new.
  if v_state is distinct from 'OPCSH' then
    insert into ops.ingested_event (
      casino_id, event_key, request_fingerprint, event_type, outcome, code,
      player_id, visit_id, rating_slip_id, entry_no, correlation_id
    )
    values (
      actor.casino_id, v_key, v_fingerprint, event ->> 'type',
      case when v_code is null then 'applied' else 'refused' end, v_code,
      v_done.player_id, v_done.visit_id, v_done.rating_slip_id, v_done.entry_no,
      actor.correlation_id
    );
  end if;
  return row(v_key, case when v_code is null then 'applied' else 'refused' end, v_code);
end
$$;

alter function ops._ingest_event(identity.actor, jsonb) owner to ops_service;
revoke all on function ops._ingest_event(identity.actor, jsonb) from public;

comment on function ops._ingest_event(identity.actor, jsonb) is
  'Outcome of one event: applied, replayed or refused with the name of the error.';
--! EndIncluded ops/_ingest_event.sql
--! Included ops/ingest_events.sql
-- The door for floor systems: applies a list of events in order, each exactly once by its key,
-- each in its own subtransaction. One ingestion per casino at a time, so that two senders can't
-- overtake each other.

create function ops.ingest_events(events jsonb) returns setof ops.ingested_outcome
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('import:run');
  v_event jsonb;
begin
  if jsonb_typeof(events) is distinct from 'array' then
    perform ops._refuse('OPMAL', array['a list of events is expected']);
  end if;
  if jsonb_array_length(events) > 30 then
    perform ops._refuse('OPBAT', array['30']);
  end if;
  v_actor.ingesting := true;
  perform pg_advisory_xact_lock(hashtextextended('ops.ingest_events', v_actor.casino_id));
  for v_event in select e from jsonb_array_elements(events) with ordinality as l (e, n) order by n
  loop
    return next ops._ingest_event(v_actor, v_event);
  end loop;
end
$$;

alter function ops.ingest_events(jsonb) owner to ops_service;
revoke all on function ops.ingest_events(jsonb) from public;
grant execute on function ops.ingest_events(jsonb) to pit_staff;

comment on function ops.ingest_events(jsonb) is
  'Applies at most 30 events of a floor system''s feed in order and gives the outcome of each. '
  'Capability import:run. Errors: IDUNA, IDFRB, OPMAL no list, OPBAT. Errors of classes 40, 53, '
  '57 and XX are raised and nothing of the call is kept: send it again.';
--! EndIncluded ops/ingest_events.sql
--! Included ops/load_casino.sql
-- Sets a property up from its file (casino.json): for the owner's connection alone. Loading the
-- same file again changes nothing; a changed one adds effective versions and never rewrites the
-- past. Each context loads its own part into its own tables.

create function ops.load_casino(property jsonb, out casino_id integer, out changed boolean)
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
