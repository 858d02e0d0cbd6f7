begin;
set local search_path to pgtap, public;
select plan(5);

select set_has(
  $$ select e.sqlstate::text, e.name from ops.error_registry as e $$,
  $$
    values
      ('IDUNA', 'UNAUTHORIZED'), ('IDFRB', 'FORBIDDEN'), ('IDLCK', 'ACCOUNT_LOCKED'),
      ('RSNFD', 'RATING_SLIP_NOT_FOUND'), ('RSNOP', 'RATING_SLIP_NOT_OPEN'),
      ('RSOPN', 'SLIP_ALREADY_OPEN'), ('RSSTA', 'INVALID_STATE'), ('RSSEA', 'SEAT_OCCUPIED'),
      ('RSRNG', 'SEAT_OUT_OF_RANGE'), ('RSVIS', 'VISIT_NOT_OPEN'),
      ('RSTBL', 'TABLE_NOT_ACTIVE'), ('RSBET', 'INVALID_AVERAGE_BET'),
      ('RSTIM', 'INVALID_TIME'), ('RSPLR', 'PLAYER_NOT_FOUND'),
      ('LYBAL', 'INSUFFICIENT_BALANCE'), ('LYIDM', 'IDEMPOTENCY_CONFLICT'),
      ('LYRTE', 'RATE_LIMIT_EXCEEDED'), ('LYLIM', 'REWARD_EXCEEDS_LIMIT'),
      ('LYRSN', 'REASON_REQUIRED'), ('LYPTS', 'INVALID_POINTS'),
      ('LYENT', 'LEDGER_ENTRY_NOT_FOUND'), ('LYREV', 'ALREADY_REVERSED'),
      ('LYSLF', 'SELF_APPROVAL'), ('LYPOL', 'POLICY_MISSING'), ('LYIMM', 'LEDGER_IMMUTABLE'),
      ('LYGAM', 'INVALID_GAME_SETTINGS'), ('MTAMT', 'MTL_INVALID_AMOUNT'),
      ('MTDUP', 'MTL_POSSIBLE_DUPLICATE'), ('MTENT', 'MTL_ENTRY_NOT_FOUND'),
      ('MTNOT', 'MTL_NOTE_REQUIRED'), ('MTPAT', 'MTL_PATRON_NOT_FOUND'),
      ('MTCAS', 'CTR_INVALID_STATE'), ('MTIDN', 'CTR_IDENTIFICATION_INCOMPLETE'),
      ('MTIMM', 'MTL_IMMUTABLE'), ('RSTNF', 'TABLE_NOT_FOUND'),
      ('OPEVT', 'UNKNOWN_EVENT_TYPE'), ('OPMAL', 'MALFORMED_EVENT')
  $$,
  'every agreed error is registered with its code and its name'
);
select set_eq(
  $$
    select e.name
    from ops.error_registry as e
    where e.sqlstate not in (
      'IDUNA', 'IDFRB', 'IDLCK', 'RSNFD', 'RSNOP', 'RSOPN', 'RSSTA', 'RSSEA', 'RSRNG', 'RSVIS',
      'RSTBL', 'RSBET', 'RSTIM', 'RSPLR', 'LYBAL', 'LYIDM', 'LYRTE', 'LYLIM', 'LYRSN', 'LYPTS',
      'LYENT', 'LYREV', 'LYSLF', 'LYPOL', 'LYIMM', 'LYGAM', 'MTAMT', 'MTDUP', 'MTENT', 'MTNOT',
      'MTPAT', 'MTCAS', 'MTIDN', 'MTIMM', 'RSTNF', 'OPEVT', 'OPMAL'
    )
  $$,
  array[
    'INVALID_IDEMPOTENCY_KEY', 'STAFF_NOT_FOUND', 'STAFF_ALREADY_EXISTS',
    'INVALID_DATABASE_LOGIN', 'PURPOSE_REQUIRED', 'LEDGER_NOT_SEALED', 'ENTRY_NOT_SEALED',
    'INVALID_SEAL_FILE', 'LEDGER_BROKEN', 'CASH_LOG_BROKEN',
    'CARD_ALREADY_ENROLLED', 'CTR_BATCH_EMPTY', 'CTR_BATCH_OUTDATED', 'CTR_INVALID_FILER',
    'CTR_CASE_NOT_FOUND', 'INVALID_BSA_ID', 'ALERT_NOT_OPEN', 'SIGN_OFF_REFUSED',
    'MTL_INVALID_KIND', 'MTL_INVALID_DESCRIPTION', 'MTL_ALREADY_IDENTIFIED',
    'MTL_NOT_IDENTIFIED',
    'INVALID_PROMOTION', 'PROMOTION_NOT_FOUND', 'INVALID_PERIOD',
    'REWARD_REQUEST_NOT_FOUND', 'ALREADY_DECIDED', 'STAFF_DAY_LIMIT_EXCEEDED',
    'PLAYER_DAY_LIMIT_EXCEEDED', 'DRAFT_NOT_FOUND', 'INVALID_RULES',
    'PLAYER_NOTE_REQUIRED',
    'OWN_ACCOUNT', 'LAST_ADMINISTRATOR', 'INVALID_ROLE', 'UNKNOWN_CAPABILITY',
    'INVALID_PERSON', 'STAFF_CANNOT_SIGN_IN', 'PASSWORD_CHANGE_REQUIRED', 'INVALID_PASSWORD',
    'INVALID_PLAYER', 'BATCH_TOO_LARGE',
    'ISOLATION_NOT_SUPPORTED',
    'IMPORT_NOT_FOUND', 'IMPORT_ROW_NOT_FOUND', 'IMPORT_INVALID_STATE', 'INVALID_CORRECTION',
    'CASINO_NOT_FOUND',
    'INVALID_PROPERTY', 'INVALID_TICKET', 'JOB_NOT_QUEUED', 'JOB_NOT_FOUND',
    'JOB_NOT_FAILED', 'RECORD_IMMUTABLE'
  ],
  'and these were added in the same style'
);
select is_empty(
  $$
    select e.sqlstate
    from ops.error_registry as e
    where e.sqlstate !~ '^[I-Z]' or e.sqlstate ~ '^(P0|XX)' or e.sqlstate ~ '000$'
      or left(e.sqlstate, 2) in ('40', '53', '57', 'XX')
  $$,
  'no code is in a class of the standard or of PostgreSQL, or stands for a whole class'
);
select is_empty(
  $$
    select e.name
    from ops.error_registry as e
    where e.message !~ '^[A-Z%].*\.$' or e.hint !~ '^[A-Z].*\.$' or e.hint = e.message
  $$,
  'every message and every hint is a sentence'
);
select ok(
  has_table_privilege('pit_gateway', 'ops.error_registry', 'select')
  and has_table_privilege('pit_staff', 'ops.error_registry', 'select'),
  'the gateway can read it, to give errors their names'
);

select * from finish();
rollback;
