begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('TDOWN');
select tests.player('P1');
select tests.seat('P1');
select tests.person('cash', 'cashier');
select tests.person('mark', 'marketing');
select set_config('role', 'pit_staff', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, 'IDUNA', null, 'signed in'
);
select tests.sign_in('cash');
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, 'IDFRB', null, 'cashiers may not'
);
select tests.sign_in('mark');
select throws_ok(
  $$ select loyalty.recover_slip_loyalty(tests.slip_id('P1')) $$, 'IDFRB', null,
  'nor recover may marketing'
);
select is((tests.slip('P1')).state, 'open', 'the slip runs on');

select * from finish();
rollback;
