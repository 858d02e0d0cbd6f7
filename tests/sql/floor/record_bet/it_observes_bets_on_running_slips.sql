begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TBETS');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1, 10, '10 minutes');
select tests.seat('P2', 'T1', 2, 10, '10 minutes');
select tests.happens('closes', now(), 'slip_closed', '{"card": "P2"}');

create function tests.bet(
  slip uuid default tests.slip_id('P1'), bet numeric default 20,
  at timestamptz default now() - interval '5 minutes', key text default 'k1'
) returns floor.slip_result
language sql
return floor.record_bet(slip, bet, at, key);

select tests.sign_in('sup');
select is(((tests.bet()).rating_slip).current_bet, 20.00, 'the bet in effect changes');
select is((tests.bet()).replayed, true, 'the same again is a replay');
select throws_ok($$ select tests.bet(bet => 21) $$, 'LYIDM', null, 'another bet, same key');
select throws_ok(
  $$ select tests.bet(gen_random_uuid(), -1, 'infinity', 'k2') $$, 'RSNFD', null, 'no such slip'
);
select throws_ok(
  $$ select tests.bet(tests.slip_id('P2'), -1, 'infinity', 'k2') $$, 'RSNOP', null, 'closed'
);
select throws_ok(
  $$ select tests.bet(bet => -1, at => now() - interval '6 minutes', key => 'k2') $$,
  'RSTIM', null, 'the time is asked before the bet'
);
select throws_ok($$ select tests.bet(bet => -1, key => 'k2') $$, 'RSBET', null, 'then the bet');
select throws_ok($$ select tests.bet(key => '') $$, 'IDKEY', null, 'it needs a key');
select lives_ok(
  $$ select floor.pause_rating_slip(tests.slip_id('P1'), now() - interval '4 minutes', 'p') $$,
  'the slip is paused'
);
select is(
  ((tests.bet(bet => 40, at => now() - interval '3 minutes', key => 'k3')).rating_slip).state,
  'paused', 'bets may be observed while paused; it stays paused'
);
select tests.sign_in('cash');
select throws_ok($$ select tests.bet(key => 'k4') $$, 'IDFRB', null, 'floor:rate is needed');

select * from finish();
rollback;
