-- What was rolled back is known from the ledger, row by row: not from the batch, which may have
-- found its rows posted by another, or may be rolled back in part only.

begin;
set local search_path to pgtap, public;
select plan(11);

create function pg_temp.h(id text, points text, card text default 'C1') returns text
language sql
return format('["%s", "%s", "CREDIT", "%s", "text", "", "2024-02-01T00:00:00Z"]', id, card, points);
create function pg_temp.p(card text) returns text
language sql
return format('["%s", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"]', card);
create function pg_temp.export(history text, players text default pg_temp.p('C1')) returns jsonb
language sql
return format('{"players": [%s], "history": [%s]}', players, history)::jsonb;
create function pg_temp.undo(code text, batch uuid) returns text
language plpgsql
as $$
declare
  v_batch ops.import_batch := ops.undo_import(code, batch, 'It was the wrong export');
begin
  while v_batch.state = 'undoing' loop
    v_batch := ops.advance_import(code, batch);
  end loop;
  return v_batch.state || ', left ' || v_batch.players_left;
end
$$;
create function pg_temp.balance(card text) returns bigint
language sql
as $$
select p.current_balance from loyalty.player_loyalty as p where p.player_id = tests.player_id(card);
$$;

select tests.casino('TUNDA');
select tests.import(pg_temp.export(pg_temp.h('H1', '10')));
create temp table later as
select tests.import(pg_temp.export(concat_ws(',', pg_temp.h('H1', '10'), pg_temp.h('H2', '5'))))
  as batch;
select is(pg_temp.undo('TUNDA', batch), 'undone, left 0', 'a later one is rolled back') from later;
select is(pg_temp.balance('C1'), 10::bigint, 'what an earlier one posted stands');
select tests.import(pg_temp.export(concat_ws(',', pg_temp.h('H1', '10'), pg_temp.h('H2', '5'))));
select is(pg_temp.balance('C1'), 15::bigint, 'and isn''t posted a second time');

select tests.casino('TUNDB');
create temp table one as
select tests.import(pg_temp.export(pg_temp.h('H5', '10', 'C9'))) as batch;
create temp table two as
select tests.import(
  pg_temp.export(concat_ws(',', pg_temp.h('H5', '10', 'C9'), pg_temp.h('H6', '1')))
) as batch;
select tests.import(pg_temp.export('', pg_temp.p('C9')));
select ops.retry_quarantine('TUNDB', batch) from one;
select ops.retry_quarantine('TUNDB', batch) from two;
select is(pg_temp.balance('C9'), 10::bigint, 'of two retries of one row the second is a replay');
select is(pg_temp.undo('TUNDB', batch), 'undone, left 0', 'the first is rolled back') from one;
select tests.import(pg_temp.export(pg_temp.h('H5', '10', 'C9')));
select is(pg_temp.balance('C9'), 10::bigint, 'the same export posts it anew');

select tests.casino('TUNDC');
create temp table half as
select tests.import(
  pg_temp.export(
    concat_ws(',', pg_temp.h('H1', '10'), pg_temp.h('H2', '20', 'C2'), pg_temp.h('H3', '7', 'C3')),
    concat_ws(',', pg_temp.p('C1'), pg_temp.p('C2'))
  )
) as batch;
select tests.import(pg_temp.export('', pg_temp.p('C3')));
select ops.retry_quarantine('TUNDC', batch) from half;
select set_config('pit.casino', tests.casino_id()::text, true);
select count(*)
from loyalty._post_entries(
  row(
    tests.casino_id(), null, null, 'America/Los_Angeles', '06:00'::interval, 'x', null
  )::identity.actor,
  array[
    row(
      tests.player_id('C2'), 'REDEMPTION', 'POINTS_REDEEMED', 'manual', -5, null, null, null,
      'dinner', null, null, 'r1', sha256('r1'), now()
    )::loyalty.entry_draft
  ]
);
select is(
  pg_temp.undo('TUNDC', batch), 'partly_undone, left 1', 'who has spent the points is left'
)
from half;
select tests.import(pg_temp.export(concat_ws(',', pg_temp.h('H1', '10'), pg_temp.h('H4', '1'))));
select is(pg_temp.balance('C1'), 11::bigint, 'what was reversed is posted');

select ops.undo_import('TUNDC', batch, 'It was the wrong export') from half;
select throws_ok(
  $$ select tests.import(pg_temp.export(pg_temp.h('H7', '1'))) $$, 'OPIST', null,
  'while one is rolled back no other is judged'
);

select tests.casino('TUNDD');
select tests.import(pg_temp.export(pg_temp.h('H1', '10')));
create temp table turned as
select tests.import(pg_temp.export(concat_ws(',', pg_temp.h('H1', '11'), pg_temp.h('H1', '10'))))
  as batch;
select results_eq(
  $$
    select b.replayed, q.row_no, q.reason
    from ops.import_batch as b
    join turned as t on t.batch = b.import_batch_id
    join ops.import_quarantine as q on q.import_batch_id = b.import_batch_id
  $$,
  $$ values (1::bigint, 1, 'IDEMPOTENCY_CONFLICT') $$,
  'a row that was posted earlier is a replay, whatever stands before it in the file'
);
select is(pg_temp.balance('C1'), 10::bigint, 'and is posted once');

select * from finish();
rollback;
