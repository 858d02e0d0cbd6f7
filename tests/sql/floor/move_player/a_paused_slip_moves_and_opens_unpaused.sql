begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TMOVP');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 100, '2 hours');
select tests.happens('pause', now() - interval '90 minutes', 'slip_paused', '{"card": "P1"}');
select tests.sign_in('boss');
select is(
  ((
    floor.move_player(
      tests.slip_id('P1'), tests.table_id('T1'), 2, 100, now() - interval '1 hour', 'k1'
    )
  ).rating_slip).state,
  'open', 'it moves and runs again'
);
select is(
  (select e.points_change from tests.entries('P1') as e), 810::bigint,
  'the pause earned nothing'
);

select * from finish();
rollback;
