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
