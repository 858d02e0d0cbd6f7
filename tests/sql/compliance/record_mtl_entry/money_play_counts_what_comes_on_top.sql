-- Worked case D5, and what rides in every other way that a bet of currency can go.

begin;
set local search_path to pgtap, public;
select plan(43);

select tests.casino('RPLAY');
select tests.person('olga', 'compliance_officer');
select tests.player(c.card)
from unnest('{D5,LOW,TAB,SLP,MOV,TWO,LATE,OLD,COR,DAY,AGT,BOSS,NOT,CHK,ANY}'::text[]) as c (card);
select tests.seat('NOT', 'T2', 1, since => '10 minutes');

-- Tells the total riding; gives what was written.
create function tests.plays(
  name text, total numeric, clock text, table_label text default 'T1', changes jsonb default '{}'
) returns numeric
language sql
volatile
return (
  tests.enter(
    name, 'money_play', total, tests.at(clock),
    jsonb_build_object('table', table_label) || changes
  )
).recorded_amount;
create function tests.leaves(name text, table_label text, key text) returns void
language sql
volatile
begin atomic
  select compliance.leaves_table(
    case when tests.player_id(name) is null then tests.who(name) end, tests.player_id(name),
    tests.table_id(table_label), key
  );
end;
create function tests.entries_of(name text) returns bigint
language sql
security definer
return (select count(*) from compliance.mtl_entry as e where e.patron_id = tests.who(name));
select tests.sign_in('olga');

select is(tests.plays('D5', 6000, '10:00'), 6000::numeric, 'D5: the first bet is new');
select is(
  ((tests.enter('D5', 'money_play', 6000, tests.at('10:10'), '{"table": "T1", "key": "rides"}'))
    .mtl_entry).entry_id,
  null, 'D5: what rides writes nothing'
);
select is(tests.sums('D5'), '6000.00 / 0.00', 'D5: 6 000');
select is(
  (tests.enter('D5', 'money_play', 6000, tests.at('10:10'), '{"table": "T1", "key": "rides"}'))
    ::text,
  '(,t,f,0.00)', 'a key that wrote nothing is replayed too'
);
select is(
  tests.refusal($$
    select tests.enter(
      'D5', 'money_play', 7000, tests.at('10:10'), '{"table": "T1", "key": "rides"}'
    )
  $$),
  'IDEMPOTENCY_CONFLICT', 'and isn''t good for anything else'
);
select is(tests.plays('D5', 9000, '10:20'), 3000::numeric, 'D5: raised');
select is(
  tests.sums('D5') || ' ' || tests.cases('D5'), '9000.00 / 0.00 none', 'D5: 9 000, no'
);
select tests.leaves('D5', 'T1', 'D5 leaves');
select is(tests.plays('D5', 2000, '10:40'), 2000::numeric, 'D5: back with 2 000');
select is(
  tests.sums('D5') || ' ' || tests.cases('D5'), '11000.00 / 0.00 open', 'D5: 11 000, yes'
);
select is(tests.entries_of('D5'), 3::bigint, 'D5: three entries');
select tests.leaves('D5', 'T1', 'D5 leaves');
select is(
  tests.plays('D5', 2500, '10:50'), 500::numeric, 'a repeated leaving ends nothing again'
);

select tests.plays('LOW', 6000, '10:00');
select is(tests.plays('LOW', 4000, '10:10'), 0::numeric, 'a lowered bet is nothing new');
select is(
  tests.plays('LOW', 7000, '10:20'), 3000::numeric,
  'raised again it is: what was taken back may be other notes'
);

select tests.plays('TAB', 5000, '10:00', 'T1');
select is(tests.plays('TAB', 5000, '10:10', 'T2'), 5000::numeric, 'another table is new');
select is(tests.plays('TAB', 6000, '10:20', 'T1'), 6000::numeric, 'and ends the first one');
select tests.enter('TAB', 'chip_purchase', 1, tests.at('10:30'), '{"table": "C1"}');
select is(
  tests.plays('TAB', 6000, '10:40', 'T1'), 6000::numeric,
  'so does anything else at another table'
);
select tests.enter('TAB', 'chip_purchase', 2, tests.at('10:50'), '{"table": "T1"}');
select tests.enter('TAB', 'chip_redemption', 2, tests.at('10:51'), '{"area": "cage"}');
select is(
  tests.plays('TAB', 6500, '11:00', 'T1'), 500::numeric, 'nothing else does at the same one'
);

-- A slip's end ends it, by the times at which things happened.
select tests.sign_out();
select tests.happens('v1', tests.at('09:00'), 'visit_opened', '{"card": "SLP"}');
select tests.happens(
  's1', tests.at('09:00'), 'slip_opened',
  '{"card": "SLP", "table": "T1", "seat": 1, "average_bet": 100}'
);
select tests.happens('s2', tests.at('10:30'), 'slip_closed', '{"card": "SLP"}');
select tests.happens('v2', tests.at('09:00'), 'visit_opened', '{"card": "MOV"}');
select tests.happens(
  's3', tests.at('09:00'), 'slip_opened',
  '{"card": "MOV", "table": "T1", "seat": 2, "average_bet": 100}'
);
select tests.happens(
  's4', tests.at('10:30'), 'moved', '{"card": "MOV", "table": "T2", "seat": 3, "average_bet": 9}'
);
select tests.sign_in('olga');
select is(tests.plays('SLP', 3000, '10:00'), 3000::numeric, 'while the slip ran');
select is(tests.plays('SLP', 3000, '10:29'), 0::numeric, 'it rode');
select is(tests.plays('SLP', 3000, '10:40'), 3000::numeric, 'after the slip it is new');
select is(
  (
    select e.rating_slip_id is not null and e.visit_id is not null
    from compliance.mtl_entry as e
    where e.patron_id = tests.who('SLP')
    order by e.occurred_at
    limit 1
  ),
  true, 'an entry names the slip that was open at its time, though it is closed by now'
);
select is(tests.plays('SLP', 3500, '10:50'), 500::numeric, 'and rides without a slip');
select tests.plays('MOV', 3000, '10:00');
select is(
  tests.plays('MOV', 3000, '10:40'), 3000::numeric, 'a move to another table ends it'
);
select is(
  (tests.enter('NOT', 'money_play', 700)).recorded_amount, 700::numeric,
  'where no table is given, the slip''s is meant'
);
select is(
  (tests.enter('NOT', 'money_play', 900, now(), '{"table": "T2"}')).recorded_amount,
  200::numeric, 'and so it rides there'
);
select is(
  tests.refusal($$ select tests.enter('ANY', 'money_play', 700) $$), 'TABLE_NOT_FOUND',
  'a bet is somewhere'
);
select is(
  tests.plays('CHK', 5000, '10:00', changes => '{"tender": "chips"}'), 5000::numeric,
  'chips aren''t money play, and are written as they come'
);
select is(tests.plays('CHK', 5000, '10:10'), 5000::numeric, 'and nothing rides of them');

-- Told late.
select tests.plays('LATE', 6000, '10:00');
select is(
  tests.plays('LATE', 4000, '09:50'), 0::numeric,
  'what was on the table before is part of what is there now'
);
select is(tests.plays('LATE', 6500, '10:10'), 500::numeric, 'and doesn''t lower it');
select is(tests.plays('LATE', 7000, '10:05'), 500::numeric, 'a higher one adds to it');
select is(tests.plays('LATE', 7000, '10:20'), 0::numeric, 'once');
select tests.plays('OLD', 2000, '10:00', 'T1');
select tests.plays('OLD', 2000, '10:30', 'T2');
select is(
  tests.plays('OLD', 2500, '10:20', 'T1'), 500::numeric,
  'told after the person went on, it is compared with what rode then'
);
select is(tests.plays('OLD', 2000, '10:40', 'T2'), 0::numeric, 'and nothing ends that rides now');
select is(
  tests.plays('OLD', 900, '10:15', 'C1'), 900::numeric, 'a table they had been at before that'
);
select is(tests.plays('OLD', 2000, '10:50', 'T2'), 0::numeric, 'ends nothing either');

-- What rides is a person's, across gaming days and across the people they turned out to be.
select tests.plays('DAY', 8000, '05:50');
select is(tests.plays('DAY', 9000, '06:10'), 1000::numeric, 'a new day begins with nothing');
select is(
  tests.sums('DAY', '2025-03-02') || ', ' || tests.sums('DAY', '2025-03-03'),
  '8000.00 / 0.00, 1000.00 / 0.00', 'but what rides rides on'
);
select compliance.describe_patron(
  'red cap', null, null, null, null, null, null, null, null, 'red cap'
);
select tests.plays('red cap', 6000, '10:00');
select compliance.identify_patron(tests.who('red cap'), tests.player_id('TWO'), 'TWO');
select is(
  tests.plays('TWO', 9000, '10:10'), 3000::numeric, 'the player''s bet is the unknown person''s'
);
select is(tests.plays('red cap', 9500, '10:20'), 500::numeric, 'and the other way round');
select compliance.undo_identification(tests.who('red cap'), 'it was a twin', 'TWO undone');
select is(
  tests.plays('TWO', 3500, '10:30') || ' ' || tests.plays('red cap', 6500, '10:30'),
  '500.00 0.00', 'undone, each has what was told of them'
);

-- Corrections.
select tests.plays('COR', 6000, '10:00', changes => '{"key": "first"}');
select tests.plays('COR', 9000, '10:10', changes => '{"key": "second"}');
select compliance.correct_mtl_entry(
  (select e.entry_id from compliance.mtl_entry as e where e.idempotency_key = 'second'),
  2000, 'it was 8 000', 'c1'
);
select is(tests.plays('COR', 9000, '10:20'), 1000::numeric, 'what rides moves along');
select compliance.correct_mtl_entry(
  (select e.entry_id from compliance.mtl_entry as e where e.idempotency_key = 'first'),
  0, 'those were chips', 'c2'
);
select is(tests.sums('COR'), '3000.00 / 0.00', 'a voided one takes its part away');

select * from finish();
rollback;
