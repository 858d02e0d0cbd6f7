-- A slip that one export posted and that another one's history names, or the other way round, would
-- be paid twice. Nobody decides that silently: the later row waits in quarantine for a person.

begin;
set local search_path to pgtap, public;
select plan(18);

create function pg_temp.h(id text, points text, slip text default '') returns text
language sql
return format(
  '["%s", "C1", "CREDIT", "%s", "text", "%s", "2024-02-01T00:00:00Z"]', id, points, slip
);
create function pg_temp.s(id text, points text) returns text
language sql
return format('["%s", "C1", "CLOSED", "%s", "2024-02-01T00:00:00Z"]', id, points);
create function pg_temp.export(history text, slips text default '') returns jsonb
language sql
return format(
  '{"players": [["C1", "Ana", "Silva", "1970-01-01", "2024-01-01T00:00:00Z"]],
    "history": [%s], "slips": [%s]}', history, slips
)::jsonb;
create function tests.held(id text) returns uuid
language sql
security definer
return (
  select q.import_quarantine_id
  from ops.import_quarantine as q
  where q.casino_id = tests.casino_id() and q.legacy_id = id
);
create function tests.tried(id text, correction jsonb default null) returns text
language sql
return (
  select concat_ws(' ', t.outcome, t.reason)
  from ops.retry_import_row(tests.held(id), correction, 'from the paper file') as t
);
create function pg_temp.balance() returns bigint
language sql
return (tests.standing('C1')).current_balance;

select tests.casino('TSLPA');
select tests.person('adam', 'admin');
select tests.import(pg_temp.export(pg_temp.h('H1', '1'), pg_temp.s('S1', '99')));
select is(pg_temp.balance(), 100::bigint, 'a slip that nobody names is posted');
create temp table later as
select tests.import(
  pg_temp.export(
    concat_ws(
      ',', pg_temp.h('H1', '1'), pg_temp.h('H7', '99', 'S1'), pg_temp.h('H8', '2', 'S2'),
      pg_temp.h('H7', '99', 'S1'), pg_temp.h('H9', 'x', 'S1')
    ),
    pg_temp.s('S1', '99')
  )
) as batch;
select is(
  tests.quarantine(batch), 'H7 DUPLICATE_SLIP, H9 INVALID_POINTS',
  'a later export''s history names it: that row waits, after the reasons of the row itself'
)
from later;
select is(
  tests.import_report(batch, 'account') - 'unreadable_claims' - 'unenrolled',
  '{"players": 1, "history": 5, "slips": 0, "skipped": 1, "posted": 1, "replayed": 2,
    "quarantined": 2}',
  'every row is accounted for'
)
from later;
select is(pg_temp.balance(), 102::bigint, 'and the slip is paid once');

select tests.sign_in('adam');
select is(tests.tried('H7'), 'quarantined DUPLICATE_SLIP', 'trying it as it is doesn''t help');
select is(
  tests.tried('H7', '{"slip_id": ""}'), 'settled', 'a person who knows better says that it isn''t'
);
select tests.sign_out();
select is(pg_temp.balance(), 201::bigint, 'and it is posted');
select is(
  tests.quarantine(
    tests.import(
      pg_temp.export(concat_ws(',', pg_temp.h('H7', '99', 'S1'), pg_temp.h('H4', '1')))
    )
  ),
  '', 'which a later export finds settled'
);

select tests.casino('TSLPB');
create temp table first as
select tests.import(pg_temp.export('', pg_temp.s('S1', '99'))) as batch;
create temp table second as
select tests.import(pg_temp.export(pg_temp.h('H7', '50', 'S1'))) as batch;
do $$
declare
  v_batch ops.import_batch := ops.undo_import(
    'TSLPB', (select f.batch from first as f), 'It was the wrong export'
  );
begin
  while v_batch.state = 'undoing' loop
    v_batch := ops.advance_import('TSLPB', v_batch.import_batch_id);
  end loop;
end
$$;
select ops.retry_quarantine('TSLPB', batch) from second;
select is(
  pg_temp.balance(), 50::bigint, 'when the slip''s export is rolled back, the row is posted'
);
select tests.import(pg_temp.export('', pg_temp.s('S1', '99')));
select is(pg_temp.balance(), 50::bigint, 'and the slip, imported anew, is one that is named');

select tests.casino('TSLPC');
select tests.person('mark', 'marketing');
select tests.import(pg_temp.export('', pg_temp.s('S1', '99')));
select tests.sign_in('mark');
select loyalty.reverse_entry(tests.player_id('C1'), 1, 'The slip was somebody else''s', 'k1');
select tests.sign_out();
select tests.import(pg_temp.export(pg_temp.h('H7', '50', 'S1')));
select is(pg_temp.balance(), 50::bigint, 'a slip that was reversed by hand isn''t paid');

select tests.casino('TSLPD');
select tests.person('adam', 'admin');
select tests.import(
  pg_temp.export('', concat_ws(',', pg_temp.s('S7', '2.5'), pg_temp.s('S8', '2.5')))
);
select tests.import(pg_temp.export(pg_temp.h('H7', '30', 'S7')));
select is(pg_temp.balance(), 30::bigint, 'a row that names a slip in quarantine is posted');
select tests.sign_in('adam');
select is(
  tests.tried('S7', '{"points": 3}'), 'quarantined DUPLICATE_SLIP',
  'and the slip, corrected, is paid already'
);
select is(
  tests.tried('S7', '{"slip_id": "S7-b", "points": 3}'), 'settled', 'unless it is another one'
);
select is(
  tests.tried('S8', '{"slip_id": "S8-b", "points": 4}'), 'settled',
  'a slip may be posted under another id'
);
select tests.sign_out();
select is(
  tests.quarantine(tests.import(pg_temp.export(pg_temp.h('H8', '40', 'S8')))),
  'H8 DUPLICATE_SLIP', 'and is known by its own'
);

select tests.casino('TSLPE');
create temp table going_on as
select tests.import(pg_temp.export('', pg_temp.s('S1', '99')), false) as batch;
create temp table beside as
select tests.import(pg_temp.export(pg_temp.h('H7', '50', 'S1'))) as batch;
select is(
  tests.quarantine(batch), 'H7 DUPLICATE_SLIP', 'a slip that is about to be posted counts'
)
from beside;
select ops.advance_import('TSLPE', batch) from going_on;
select is(pg_temp.balance(), 99::bigint, 'it is paid once');

select * from finish();
rollback;
