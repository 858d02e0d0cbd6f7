-- Ids count over all imports of a casino: what was posted is a replay, what was quarantined stays
-- so until a retry, and other content under the same id is a conflict.

begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TIMPB');
create function pg_temp.export(history text, slips text default '') returns jsonb
language sql
as $$
select format(
  '{"players": [["C1", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"]],
    "history": [%s], "slips": [%s]}', history, slips
)::jsonb;
$$;
create function pg_temp.h(id text, points text, slip text default '') returns text
language sql
as $$
select format(
  '["%s", "C1", "CREDIT", "%s", "text", "%s", "2024-02-01T00:00:00Z"]', id, points, slip
);
$$;

create temp table one as
select tests.import(pg_temp.export(
  concat_ws(',', pg_temp.h('H1', '10', 'S1'), pg_temp.h('H2', 'x'), pg_temp.h('H1', '11'))
)) as batch;
select is(
  tests.import(pg_temp.export(
    concat_ws(',', pg_temp.h('H1', '10', 'S1'), pg_temp.h('H2', 'x'), pg_temp.h('H1', '11'))
  )),
  batch, 'the same export is the same import'
)
from one;
select is(count(*), 3::bigint, 'and stages nothing anew')
from ops.import_row as r where r.file = 'history';

create temp table two as
select tests.import(pg_temp.export(
  concat_ws(
    ',', pg_temp.h('H1', '10', 'S1'), pg_temp.h('H2', 'x'), pg_temp.h('H1', '11'),
    pg_temp.h('H3', '1'), pg_temp.h('H2', '7')
  ),
  '["S1", "C1", "CLOSED", "99", "2024-02-01T00:00:00Z"]'
)) as batch;
select is(
  tests.quarantine(batch), 'H1 IDEMPOTENCY_CONFLICT, H2 INVALID_POINTS, H2 IDEMPOTENCY_CONFLICT',
  'quarantined rows stay quarantined, and new content doesn''t replace them'
)
from two;
select is(
  tests.import_report(batch, 'account') - 'unreadable_claims' - 'unenrolled',
  '{"players": 1, "history": 5, "slips": 0, "skipped": 1, "posted": 1, "replayed": 1,
    "quarantined": 3}',
  'what was posted before is a replay'
)
from two;

create temp table three as
select tests.import(
  pg_temp.export(
    concat_ws(',', pg_temp.h('H1', '12'), pg_temp.h('H3', '1')),
    '["S1", "C1", "CLOSED", "99", "2024-02-01T00:00:00Z"]'
  )
) as batch;
select is(
  tests.quarantine(batch), 'H1 IDEMPOTENCY_CONFLICT', 'other content of a posted id is a conflict'
)
from three;
select is(
  (tests.import_report(batch, 'account') ->> 'skipped')::integer, 1,
  'a slip that an earlier export''s history names isn''t posted again'
)
from three;
select is(
  (
    select p.current_balance
    from loyalty.player_loyalty as p
    where p.player_id = tests.player_id('C1')
  ),
  11::bigint, 'each id was posted once'
);

select * from finish();
rollback;
