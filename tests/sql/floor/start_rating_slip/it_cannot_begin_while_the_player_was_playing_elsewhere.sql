-- For people; a floor system's feed is applied in its own order.

begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TOVER');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 10, '2 hours');
select tests.happens('close', now() - interval '1 hour', 'slip_closed', '{"card": "P1"}');
select tests.sign_in('boss');
select throws_ok(
  $$
    select floor.start_rating_slip(
      tests.visit_id('P1'), tests.table_id('T2'), 1, 5, now() - interval '61 minutes', 'k1'
    )
  $$,
  'RSTIM', null, 'seconds would count twice'
);
select lives_ok(
  $$
    select floor.start_rating_slip(
      tests.visit_id('P1'), tests.table_id('T2'), 1, 5, now() - interval '1 hour', 'k2'
    )
  $$,
  'from its end on it can'
);

select * from finish();
rollback;
