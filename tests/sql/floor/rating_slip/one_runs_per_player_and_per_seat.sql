begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TSEAT');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1);
select tests.happens('visit', now(), 'visit_opened', '{"card": "P2"}');

create function tests.start(card text, label text, seat integer) returns text
language sql
return tests.refusal(
  format(
    'select floor.start_rating_slip(%L, %L, %L, 10, null, gen_random_uuid()::text)',
    tests.visit_id(card), tests.table_id(label), seat
  )
);

select tests.sign_in('boss');
select is(tests.start('P1', 'T2', 2), 'SLIP_ALREADY_OPEN', 'one slip per player');
select is(tests.start('P2', 'T1', 1), 'SEAT_OCCUPIED', 'one slip per seat');
select floor.pause_rating_slip(tests.slip_id('P1'), null, 'pause');
select is(tests.start('P1', 'T2', 2), 'SLIP_ALREADY_OPEN', 'a paused one counts');
select is(tests.start('P2', 'T1', 1), 'SEAT_OCCUPIED', 'its seat is taken');
select is(tests.start('P2', 'T1', 2), 'nothing', 'the next seat is free');
select floor.complete_rating_slip(tests.slip_id('P1'));
select is(tests.start('P1', 'T1', 1), 'nothing', 'after completion seat and player are free');
select tests.sign_out();
select throws_ok(
  $$
    update floor.rating_slip set seat_no = 1
    where casino_id = tests.casino_id() and player_id = tests.player_id('P2')
  $$,
  '23505', null, 'the table itself keeps seats apart'
);
select throws_ok(
  $$
    insert into floor.visit (casino_id, player_id, opened_at, gaming_day, opened_by, correlation_id)
    values (tests.casino_id(), tests.player_id('P1'), now(), now(), uuidv7(), 'x')
  $$,
  '23505', null, 'and visits of one player'
);

select * from finish();
rollback;
