begin;
set local search_path to pgtap, public;
select plan(5);

select tests.casino('TZERO');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1, 0, '1 hour');
select tests.seat('P2', 'T1', 2, 100, '0');
select set_config('pit.correlation_id', 'first-call', true);
select tests.sign_in('sup');
select results_eq(
  $$
    select c.outcome, c.points, c.current_balance, (c.ledger_entry).entry_no
    from floor.complete_rating_slip(tests.slip_id('P1')) as c
  $$,
  $$ values ('awarded', 0::bigint, 0::bigint, null::bigint) $$,
  'a zero bet is awarded 0 points'
);
select is(
  (floor.complete_rating_slip(tests.slip_id('P2'))).points, 0::bigint, 'no time, 0 points'
);
select set_config('pit.correlation_id', 'second-call', true);
select results_eq(
  $$
    select c.outcome, c.points, c.correlation_id
    from floor.complete_rating_slip(tests.slip_id('P1')) as c
  $$,
  $$ values ('replayed', 0::bigint, 'first-call') $$,
  'again it is the first result'
);
select is(
  (loyalty.recover_slip_loyalty(tests.slip_id('P1'))).points, 0::bigint, 'recovering too'
);
select is_empty($$ select * from tests.entries('P1') $$, 'the ledger has no entry of 0');

select * from finish();
rollback;
