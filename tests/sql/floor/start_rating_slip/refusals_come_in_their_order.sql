begin;
set local search_path to pgtap, public;
select plan(21);

select tests.casino('TSTRF');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.player('P3');
select tests.seat('P2', 'T1', 2, 10, '2 minutes');
select tests.happens('visit 1', now() - interval '10 minutes', 'visit_opened', '{"card": "P1"}');
select tests.happens('visit 3', now() - interval '3 minutes', 'visit_opened', '{"card": "P3"}');
select tests.happens('leaves', now() - interval '2 minutes', 'visit_closed', '{"card": "P3"}');
update floor.gaming_table set active = false
where casino_id = tests.casino_id() and label = 'T2';

create function tests.start(
  visit uuid default tests.visit_id('P1'), at_table uuid default tests.table_id('T1'),
  seat integer default 1, bet numeric default 10, at timestamptz default now(),
  key text default gen_random_uuid()::text
) returns text
language sql
return tests.refusal(
  format(
    'select floor.start_rating_slip(%L, %L, %L, %L, %L, %L)', visit, at_table, seat, bet, at, key
  )
);

select set_config('role', 'pit_staff', true);
select is(tests.start(null, null, null, null, null, null), 'UNAUTHORIZED', 'signed in');
select tests.sign_in('cash');
select is(tests.start(null, null, null, null, null, null), 'FORBIDDEN', 'capability');
select tests.sign_in('sup');
select is(tests.start(key => null), 'INVALID_IDEMPOTENCY_KEY', 'key');
select is(
  tests.start(gen_random_uuid(), gen_random_uuid(), 0, -1, 'infinity'), 'VISIT_NOT_OPEN',
  'visit: no such visit'
);
select is(
  tests.start(tests.visit_id('P3'), gen_random_uuid(), 0, -1, 'infinity'), 'VISIT_NOT_OPEN',
  'visit: a closed one'
);
select is(
  tests.start(tests.visit_id('P2'), gen_random_uuid(), 0, -1, 'infinity'), 'SLIP_ALREADY_OPEN',
  'no open slip'
);
select is(
  tests.start(at_table => gen_random_uuid(), seat => 0, bet => -1, at => 'infinity'),
  'TABLE_NOT_FOUND', 'table'
);
select is(
  tests.start(at_table => tests.table_id('T2'), seat => 0, bet => -1, at => 'infinity'),
  'TABLE_NOT_ACTIVE', 'in service'
);
select is(tests.start(seat => 0, bet => -1, at => 'infinity'), 'SEAT_OUT_OF_RANGE', 'seat 0');
select is(tests.start(seat => 8, bet => -1, at => 'infinity'), 'SEAT_OUT_OF_RANGE', 'seat 8 of 7');
select is(tests.start(seat => null, bet => -1), 'SEAT_OUT_OF_RANGE', 'no seat');
select is(tests.start(seat => 2, bet => -1, at => 'infinity'), 'SEAT_OCCUPIED', 'seat taken');
select is(tests.start(bet => -0.01, at => 'infinity'), 'INVALID_AVERAGE_BET', 'bet below 0');
select is(tests.start(bet => 10.001), 'INVALID_AVERAGE_BET', 'bet in parts of cents');
select is(tests.start(bet => null), 'INVALID_AVERAGE_BET', 'no bet');
select is(tests.start(bet => 'NaN'), 'INVALID_AVERAGE_BET', 'a bet that is no number');
select is(tests.start(bet => 1e12), 'INVALID_AVERAGE_BET', 'a bet beyond all tables');
select is(tests.start(at => 'infinity'), 'INVALID_TIME', 'never');
select is(tests.start(at => now() + interval '61 seconds'), 'INVALID_TIME', 'in the future');
select is(tests.start(at => now() - interval '11 minutes'), 'INVALID_TIME', 'before the visit');
select is(tests.start(seat => 7, bet => 0, at => null), 'nothing', 'the last seat, bet 0, now');

select * from finish();
rollback;
