-- Quarantine, correction, retry: who corrected what is kept, and later imports of the same row find
-- it settled.

begin;
set local search_path to pgtap, public;
select plan(14);

select tests.casino('TIMPC');
select tests.person('adam', 'admin');
select tests.person('fay', 'floor_supervisor');
create function pg_temp.export(more text default '') returns jsonb
language sql
as $$
select format('{
  "players": [
    ["C1", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"],
    ["C2", "Ben", "Weber", "1970-13-01", "2024-01-01T00:00:00Z"]
  ],
  "history": [
    ["H1", "C1", "CREDIT", "10", "text", "", "2024-02-01T00:00:00Z"],
    ["H1", "C1", "CREDIT", "11", "text", "", "2024-02-01T00:00:00Z"],
    ["H2", "C1", "CREDIT", "x", "text", "", "2024-02-01T00:00:00Z"],
    ["H3", "C2", "CREDIT", "30", "text", "", "2024-02-01T00:00:00Z"],
    ["H4", "C1", "DEBIT", "15", "text", "", "2024-02-01T00:00:00Z"] %s
  ]}', more
)::jsonb;
$$;
create temp table made as select tests.import(pg_temp.export()) as batch;
create function tests.held(id text, held_for text) returns uuid
language sql
security definer
return (
  select q.import_quarantine_id
  from ops.import_quarantine as q
  where q.casino_id = tests.casino_id() and q.legacy_id = id and q.reason = held_for
);
grant select on made to public;

select is(
  tests.quarantine(batch),
  'H1 IDEMPOTENCY_CONFLICT, H2 INVALID_POINTS, H3 PLAYER_NOT_FOUND, H4 INSUFFICIENT_BALANCE',
  'what waits'
)
from made;

select tests.sign_in('fay');
select is(
  tests.refusal(
    format($$ select ops.retry_import_row('%s') $$, tests.held('H2', 'INVALID_POINTS'))
  ),
  'FORBIDDEN', 'it needs import:run'
);
select tests.sign_in('adam');
select is(
  tests.refusal($$ select ops.retry_import_row(gen_random_uuid()) $$), 'IMPORT_ROW_NOT_FOUND',
  'no such row'
);
select is(
  tests.refusal(format(
    $$ select ops.retry_import_row('%s', '{"points": "20"}') $$,
    tests.held('H2', 'INVALID_POINTS')
  )),
  'INVALID_CORRECTION', 'a correction needs a note'
);
select is(
  tests.refusal(format(
    $$ select ops.retry_import_row('%s', '{"balance": "20"}', 'why') $$,
    tests.held('H2', 'INVALID_POINTS')
  )),
  'INVALID_CORRECTION', 'and columns that exist'
);
select results_eq(
  format(
    $$ select outcome, reason, retry_no from ops.retry_import_row('%s') $$,
    tests.held('H2', 'INVALID_POINTS')
  ),
  $$ values ('quarantined', 'INVALID_POINTS', 1) $$, 'as it is it stays'
);
select results_eq(
  format(
    $$
      select outcome, reason, retry_no
      from ops.retry_import_row('%s', '{"points": 20}', 'paper')
    $$,
    tests.held('H2', 'INVALID_POINTS')
  ),
  $$ values ('settled', null::text, 2) $$, 'corrected it is posted'
);
select results_eq(
  format(
    $$ select outcome, retry_no from ops.retry_import_row('%s', '{"points": 99}', 'again') $$,
    tests.held('H2', 'INVALID_POINTS')
  ),
  $$ values ('settled', 2) $$, 'once'
);
select results_eq(
  format(
    $$ select outcome, reason from ops.retry_import_row('%s', '{"points": "12"}', 'which?') $$,
    tests.held('H1', 'IDEMPOTENCY_CONFLICT')
  ),
  $$ values ('quarantined', 'IDEMPOTENCY_CONFLICT') $$, 'a used id stays used'
);
select results_eq(
  format(
    $$ select outcome, reason from ops.retry_import_row('%s', '{"id": "H1b"}', 'its own id') $$,
    tests.held('H1', 'IDEMPOTENCY_CONFLICT')
  ),
  $$ values ('settled', null::text) $$, 'until it has one of its own'
);
select results_eq(
  format(
    $$
      select outcome, reason
      from ops.retry_import_row('%s', '{"birth_date": "1970-12-01"}', 'passport')
    $$,
    tests.held('C2', 'INVALID_PLAYER')
  ),
  $$ values ('settled', null::text) $$, 'a player is enrolled'
);
select lives_ok($$ select ops.retry_import(batch) from made $$, 'the others are tried together');
select tests.sign_out();

select is(
  tests.import_report(batch) - 'balance_mismatches',
  '{"players": {
      "C1": {"balance": 27, "lifetime": 42, "tier": "BRONZE", "entries": 4},
      "C2": {"balance": 30, "lifetime": 30, "tier": "BRONZE", "entries": 1}
    },
    "ledger_entries": 5, "ledger_points": 57, "replayed": 0, "quarantined": []}',
  'nothing is left: the correction before was kept'
)
from made;
select is(
  tests.import_report(
    tests.import(pg_temp.export(', ["H9", "C1", "CREDIT", "1", "", "", "2024-02-01T00:00:00Z"]')),
    'account'
  ) - 'unreadable_claims',
  '{"players": 2, "history": 6, "slips": 0, "skipped": 0, "posted": 1, "replayed": 5,
    "quarantined": 0, "unenrolled": 0}',
  'a later import finds the corrected rows settled'
);

select * from finish();
rollback;
