begin;
set local search_path to pgtap, public;
select plan(14);

select tests.casino('TMOVR');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.player('P3');
select tests.seat('P1', 'T1', 1, 10, '10 minutes');
select tests.seat('P2', 'T1', 2, 10, '10 minutes');
select tests.seat('P3', 'T1', 3, 10, '10 minutes');
select tests.happens('closes', now(), 'slip_closed', '{"card": "P3"}');
update floor.gaming_table set active = false
where casino_id = tests.casino_id() and label = 'T2';

create function tests.move(
  slip uuid default tests.slip_id('P1'), at_table uuid default tests.table_id('T1'),
  seat integer default 5, bet numeric default 10, ago interval default '0',
  key text default gen_random_uuid()::text
) returns text
language sql
return tests.refusal(
  format(
    'select floor.move_player(%L, %L, %L, %L, %L, %L)', slip, at_table, seat, bet, now() - ago,
    key
  )
);

select tests.sign_in('cash');
select is(tests.move(key => ''), 'FORBIDDEN', 'capability');
select tests.sign_in('sup');
select is(tests.move(key => ''), 'INVALID_IDEMPOTENCY_KEY', 'key');
select is(
  tests.move(gen_random_uuid(), null, 0, -1, '1 day'), 'RATING_SLIP_NOT_FOUND', 'no such slip'
);
select is(
  tests.move(tests.slip_id('P3'), null, 0, -1, '1 day'), 'RATING_SLIP_NOT_OPEN', 'closed slip'
);
select is(
  tests.move(at_table => null, seat => 0, bet => -1, ago => '11 minutes'), 'INVALID_TIME', 'time'
);
select is(tests.move(at_table => null, seat => 0, bet => -1), 'TABLE_NOT_FOUND', 'table');
select is(
  tests.move(at_table => tests.table_id('T2'), seat => 0, bet => -1), 'TABLE_NOT_ACTIVE',
  'in service'
);
select is(tests.move(seat => 8, bet => -1), 'SEAT_OUT_OF_RANGE', 'seat in range');
select is(tests.move(seat => 2, bet => -1), 'SEAT_OCCUPIED', 'seat free');
select is(tests.move(seat => 1, bet => -1), 'SEAT_OCCUPIED', 'one''s own seat isn''t free');
select is(tests.move(seat => 4, bet => -1), 'INVALID_AVERAGE_BET', 'bet');
select is((tests.standing('P1')).current_balance, 0::bigint, 'a refused move accrues nothing');
select is((tests.slip('P1')).state, 'open', 'and leaves the slip as it is');
select is(tests.move(), 'nothing', 'then it moves');

select * from finish();
rollback;
