begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TPAUS');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1, 10, '10 minutes');
select tests.seat('P2', 'T1', 2, 10, '10 minutes');
select tests.happens('closes', now(), 'slip_closed', '{"card": "P2"}');

create function tests.pause(
  ago interval, key text, slip uuid default tests.slip_id('P1')
) returns floor.slip_result
language sql
return floor.pause_rating_slip(slip, now() - ago, key);
create function tests.resume(
  ago interval, key text, slip uuid default tests.slip_id('P1')
) returns floor.slip_result
language sql
return floor.resume_rating_slip(slip, now() - ago, key);

select tests.sign_in('sup');
select throws_ok($$ select tests.resume('9m', 'r1') $$, 'RSSTA', null, 'it is running already');
select is(((tests.pause('8m', 'p1')).rating_slip).state, 'paused', 'it pauses');
select is((tests.pause('8m', 'p1')).replayed, true, 'the same again is a replay');
select throws_ok($$ select tests.pause('7m', 'p2') $$, 'RSSTA', null, 'it is paused already');
select throws_ok(
  $$ select tests.resume('9m', 'r2') $$, 'RSTIM', null, 'the time is asked before the state'
);
select throws_ok($$ select tests.pause('9m', 'p3') $$, 'RSTIM', null, 'for pausing too');
select is(((tests.resume('3m', 'r3')).rating_slip).state, 'open', 'it resumes');
select is((tests.resume('3m', 'r3')).replayed, true, 'the same again is a replay');
select is((tests.slip('P1')).played_seconds, 120::numeric, 'two minutes were played so far');
select throws_ok(
  $$ select tests.resume('3m', 'p1') $$, 'LYIDM', null, 'a key belongs to one command'
);
select throws_ok(
  $$ select tests.pause('1m', 'p4', gen_random_uuid()) $$, 'RSNFD', null, 'no such slip'
);
select throws_ok(
  $$ select tests.pause('1m', 'p4', tests.slip_id('P2')) $$, 'RSNOP', null, 'a closed slip'
);
select throws_ok(
  $$ select tests.resume('1m', 'r4', tests.slip_id('P2')) $$, 'RSNOP', null, 'can''t resume'
);
select tests.sign_in('cash');
select throws_ok($$ select tests.pause('1m', 'p5') $$, 'IDFRB', null, 'floor:rate to pause');
select throws_ok($$ select tests.resume('1m', 'r5') $$, 'IDFRB', null, 'and to resume');

select * from finish();
rollback;
