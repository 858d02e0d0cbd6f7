begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TRPIT');
select tests.person('boss', 'pit_boss');
select tests.person('cash', 'cashier');
select tests.sign_in('boss');
select is(
  (select r.theoretical_win from loyalty.running_play_by_pit() as r),
  0::numeric,
  'an empty floor has won nothing'
);

select tests.sign_out();
select tests.player('P1');
select tests.player('P2');
select tests.player('P3');
select tests.seat('P1', 'T1', 1, 100, '2 hours');
select tests.seat('P2', 'T1', 2, 33.33, '7 hours');
select tests.seat('P3', 'C1', 1, 200, '3 hours');

select tests.sign_in('boss');
select results_eq(
  $$ select coalesce(r.pit, 'all'), r.slips from loyalty.running_play_by_pit() as r $$,
  $$
    select coalesce(t.pit, 'all'), count(*)::integer
    from floor.rating_slip as s
    join floor.gaming_table as t using (casino_id, table_id)
    where s.casino_id = tests.casino_id()
    group by grouping sets ((t.pit), ())
    order by t.pit nulls last
  $$,
  'each pit in which somebody plays has its line, the casino the last'
);
select is(
  (select r.theoretical_win from loyalty.running_play_by_pit() as r where r.pit = 'B'),
  (
    select r.theoretical_win from loyalty.running_play() as r
    where r.rating_slip_id = tests.slip_id('P3')
  ),
  'a pit with one slip has won what that slip has'
);
select is(
  (select r.theoretical_win from loyalty.running_play_by_pit() as r where r.pit is null),
  (select sum(r.theoretical_win) from loyalty.running_play() as r),
  'the casino has won what all slips have'
);

select tests.sign_in('cash');
select throws_ok(
  $$ select loyalty.running_play_by_pit() $$, 'IDFRB', null, 'floor:rate is needed'
);
select tests.sign_out();
select throws_ok(
  $$ select loyalty.running_play_by_pit() $$, 'IDUNA', null, 'and a session'
);

select * from finish();
rollback;
