begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TSTAR');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.happens('visit', now() - interval '1 minute', 'visit_opened', '{"card": "P1"}');
select set_config('pit.correlation_id', 'request-1', true);

create function tests.start() returns floor.slip_result
language sql
return floor.start_rating_slip(
  tests.visit_id('P1'), tests.table_id('T1'), 3, 125.50, now() - interval '30 seconds', 'k1'
);

select tests.sign_in('sup');
select is((tests.start()).replayed, false, 'the first call isn''t replayed');
select results_eq(
  $$
    select s.state, s.seat_no, s.table_id, s.current_bet, s.opened_at, s.player_id, s.visit_id,
      s.correlation_id, s.accumulated_seconds, s.previous_slip_id
    from (select (tests.slip('P1')).*) as s
  $$,
  $$
    select 'open', 3, tests.table_id('T1'), 125.50, now() - interval '30 seconds',
      tests.player_id('P1'), tests.visit_id('P1'), 'request-1', null::integer, null::uuid
  $$,
  'the slip is open at the seat since then'
);
select is((tests.start()).replayed, true, 'the same again is replayed');
select is(((tests.start()).rating_slip).rating_slip_id, tests.slip_id('P1'), 'with the slip');
select throws_ok(
  $$
    select floor.start_rating_slip(
      tests.visit_id('P1'), tests.table_id('T1'), 4, 125.50, now() - interval '30 seconds', 'k1'
    )
  $$,
  'LYIDM', null, 'the key for another seat'
);
select is(
  tests.refusal($$ select floor.pause_rating_slip(tests.slip_id('P1'), null, 'k1') $$),
  'IDEMPOTENCY_CONFLICT', 'or for another command'
);
select lives_ok(
  $$
    select floor.start_rating_slip(
      tests.visit_id('P1'), tests.table_id('T1'), 3, 125.5, now() - interval '30 seconds', 'k1'
    )
  $$,
  'written another way, 125.5 is the same bet'
);
select tests.sign_out();
select is(
  (select count(*)::integer from floor.rating_slip where casino_id = tests.casino_id()), 1,
  'there is one slip'
);

select * from finish();
rollback;
