-- The award fails with an error of a given class; a trigger of the test stands for the machine.

begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TFAIL');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.seat('P1');

create function tests.fail() returns trigger
language plpgsql
as $$
begin
  raise exception using errcode = current_setting('tests.failure'), message = 'as told';
end
$$;
create trigger test_fails before insert on loyalty.loyalty_ledger
for each row execute function tests.fail();

select tests.sign_in('sup');
select set_config('tests.failure', '40001', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, '40001', null,
  'a serialization failure is raised'
);
select set_config('tests.failure', '40P01', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, '40P01', null, 'a deadlock'
);
select set_config('tests.failure', '53100', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, '53100', null, 'a full disk'
);
select set_config('tests.failure', '55P03', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, '55P03', null, 'a lock timeout'
);
select set_config('tests.failure', '58030', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, '58030', null, 'a failing disk'
);
select set_config('tests.failure', '57P01', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, '57P01', null, 'a shutdown'
);
select set_config('tests.failure', 'XX000', true);
select throws_ok(
  $$ select floor.complete_rating_slip(tests.slip_id('P1')) $$, 'XX000', null, 'an internal error'
);
select is((tests.slip('P1')).state, 'open', 'the whole command is to be repeated: nothing closed');
select set_config('tests.failure', '22003', true);
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).outcome, 'pending',
  'any other failure leaves the slip closed and the award pending'
);
select tests.sign_out();
select is(
  (select f.sqlstate from loyalty.accrual_failure as f where f.casino_id = tests.casino_id()),
  '22003', 'with its code'
);
drop trigger test_fails on loyalty.loyalty_ledger;
select tests.sign_in('sup');
select is(
  (loyalty.recover_slip_loyalty(tests.slip_id('P1'))).outcome, 'awarded', 'to be recovered later'
);

select * from finish();
rollback;
