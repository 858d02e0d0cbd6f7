-- Each row is quarantined for the first reason that holds, an identical repeat is a replay, and a
-- slip that a row of history names, even a quarantined one, is not posted again.

begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TIMPA');
create temp table made as
select tests.import('{
  "players": [
    ["C1", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"],
    ["C1", "Twice", "Listed", "1971-01-01", "2024-01-01T00:00:00Z"],
    ["C2", "", "Nameless", "1970-01-01", "2024-01-01T00:00:00Z"],
    ["C3", "Not", "Born", "1970-02-30", "2024-01-01T00:00:00Z"]
  ],
  "history": [
    ["h2", "C1", "CREDIT", "100", "first", "S1", "2024-02-01T00:00:00Z"],
    ["H2", "C1", "CREDIT", "100", "another id", "", "2024-02-01T00:00:00Z"],
    ["h2", "C1", "CREDIT", "100", "first", "S1", "2024-02-01T00:00:00Z"],
    ["h2", "GHOST", "TRANSFER", "x", "other content", "", ""],
    ["h2", "GHOST", "TRANSFER", "x", "other content", "", ""],
    ["h3", "GHOST", "credit", "x", "", "S2", ""],
    ["h3", "GHOST", "credit", "x", "", "S2", ""],
    ["h4", "GHOST", "CREDIT", "0", "", "", ""],
    ["h5", "GHOST", "CREDIT", "1.5", "", "", ""],
    ["h6", "GHOST", "DEBIT", "1", "", "", "2024-02-30T00:00:00Z"],
    ["h7", "GHOST", "DEBIT", "1", "", "", "2024-02-03"],
    ["h8", "C2", "DEBIT", "1", "", "", "2024-02-03T00:00:00Z"],
    ["h9", "C1", "DEBIT", "201", "too much", "", "2024-02-03T00:00:00Z"],
    ["h10", "C1", "DEBIT", "201", "after S3", "", "2024-02-05T00:00:00+02:00"],
    ["h11", "C1", "CREDIT", "1", "", "", "2999-01-01T00:00:00Z"],
    ["h12", "C1", "CREDIT"]
  ],
  "slips": [
    ["S1", "C1", "CLOSED", "500", "2024-02-01T00:00:00Z"],
    ["S2", "C1", "CLOSED", "500", "2024-02-01T00:00:00Z"],
    ["S3", "C1", "CLOSED", "50", "2024-02-04T00:00:00Z"],
    ["S3", "C1", "CLOSED", "50", "2024-02-04T00:00:00Z"],
    ["S3", "C1", "CLOSED", "51", "2024-02-04T00:00:00Z"],
    ["S4", "C1", "OPEN", "50", "2024-02-04T00:00:00Z"],
    ["S5", "C1", "CLOSED", "0", "2024-02-04T00:00:00Z"],
    ["S6", "C1", "CLOSED", "", ""],
    ["S7", "C1", "CLOSED", "2.5", "2024-02-04T00:00:00Z"],
    ["S8", "GHOST", "CLOSED", "2", "2024-02-04T00:00:00Z"]
  ],
  "balances": [["C1", "60", "1"], ["C2", "5", "5"], ["C9", "0", "0"], ["C8", "many", "0"]]
}') as batch;

select is(
  tests.quarantine(batch),
  'S3 IDEMPOTENCY_CONFLICT, S7 INVALID_POINTS, S8 PLAYER_NOT_FOUND, '
  'h11 INVALID_DATE, h12 INVALID_POINTS, h2 IDEMPOTENCY_CONFLICT, h3 INVALID_TYPE, '
  'h4 INVALID_POINTS, h5 INVALID_POINTS, h6 INVALID_DATE, h7 INVALID_DATE, '
  'h8 PLAYER_NOT_FOUND, h9 INSUFFICIENT_BALANCE',
  'the first of the reasons, by id as bytes'
)
from made;
select results_eq(
  $$
    select l.points_change, l.transaction_type::text, l.source::text, l.event_type, l.reason,
      l.occurred_at, l.idempotency_key, l.gaming_day
    from loyalty.loyalty_ledger as l
    where l.player_id = tests.player_id('C1')
    order by l.entry_no
  $$,
  $$
    values
      (
        100::bigint, 'GAMEPLAY', 'import', 'LEGACY_IMPORTED', 'another id',
        '2024-02-01 00:00:00Z'::timestamptz, 'pit:import:history:H2', '2024-01-31'::date
      ),
      (
        100, 'GAMEPLAY', 'import', 'LEGACY_IMPORTED', 'first',
        '2024-02-01 00:00:00Z', 'pit:import:history:h2', '2024-01-31'
      ),
      (
        50, 'GAMEPLAY', 'import', 'LEGACY_IMPORTED', 'Rating slip S3',
        '2024-02-04 00:00:00Z', 'pit:import:slips:S3', '2024-02-03'
      ),
      (
        -201, 'ADJUSTMENT', 'import', 'LEGACY_IMPORTED', 'after S3',
        '2024-02-04 22:00:00Z', 'pit:import:history:h10', '2024-02-04'
      )
  $$,
  'what can be posted, by date and id as bytes'
);
select is(
  tests.import_report(batch) -> 'players' -> 'C1',
  '{"balance": 49, "lifetime": 250, "tier": "BRONZE", "entries": 4}', 'the player''s standing'
)
from made;
select is(
  tests.import_report(batch) -> 'balance_mismatches', '{"C1": 11, "C2": 5}',
  'claimed less imported; lifetime points aren''t compared'
)
from made;
select is(
  tests.import_report(batch, 'account'),
  '{"players": 4, "history": 16, "slips": 5, "skipped": 5, "posted": 4, "replayed": 4,
    "quarantined": 13, "unenrolled": 2, "unreadable_claims": 1}',
  'every row is accounted for'
)
from made;
select set_eq(
  $$ select q.legacy_id from ops.import_quarantine as q where q.reason = 'INVALID_PLAYER' $$,
  array['C2', 'C3'], 'who can''t be enrolled is quarantined too'
);
select is(
  (select p.first_name from floor.player as p where p.card_no = 'C1'), 'Ana',
  'of two players with one card the first in the file stands'
);
select is(
  (
    select count(*) from ops.import_row as r where r.file = 'history'
  ),
  16::bigint, 'every row is kept as it was'
);
select is_empty(
  $$ select * from loyalty._chain_problems(array[tests.player_id('C1')]) $$, 'the chain holds'
);

select * from finish();
rollback;
