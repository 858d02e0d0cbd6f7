begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TREVC');
select tests.person('mark', 'marketing');
select tests.person('officer', 'compliance_officer');
select tests.player('P1', 1000);

-- A redemption of 100 points, paid in currency long ago.
create function tests.paid(key text, cash_amount numeric, clock text default '10:00') returns text
language sql
return tests.happens(
  key, tests.at(clock), 'redeem',
  jsonb_build_object(
    'card', 'P1', 'points', 100, 'reason', 'cash back', 'cash_amount', cash_amount
  )
);

create function tests.undo(entry_no bigint, key text) returns loyalty.ledger_result
language sql
return loyalty.reverse_entry(tests.player_id('P1'), entry_no, 'by mistake', key);

create function tests.cash() returns table (entry_role text, amount numeric, gaming_day date)
language sql
security definer
begin atomic
  select e.entry_role, e.amount, e.gaming_day
  from compliance.mtl_entry as e
  where e.casino_id = tests.casino_id()
  order by e.entry_id;
end;

create function tests.paid_out() returns numeric
language sql
security definer
return (
  select sum(d.cash_out)
  from compliance.patron_gaming_day as d
  where d.casino_id = tests.casino_id() and d.gaming_day = '2025-03-03'
);

create function tests.states() returns text[]
language sql
security definer
return array(
  select c.state
  from compliance.ctr_case as c
  where c.casino_id = tests.casino_id()
  order by c.case_id
);

create function tests.fail() returns trigger
language plpgsql
as $$
begin
  raise exception 'as told';
end
$$;

select is(tests.paid('r1', 12000), 'applied', 'points are paid in currency');
select is(tests.states(), array['open'], 'so much that it must be reported');

create trigger test_fails before insert on compliance.mtl_entry
for each row execute function tests.fail();
select tests.sign_in('mark');
select throws_ok(
  $$ select tests.undo(2, 'k1') $$, 'P0001', 'as told', 'when the log can''t be written'
);
select tests.sign_out();
drop trigger test_fails on compliance.mtl_entry;
select is((tests.standing('P1')).current_balance, 900::bigint, 'the points aren''t given back');

select tests.sign_in('mark');
select is((tests.undo(2, 'k1')).current_balance, 1000::bigint, 'a reversal gives them back');
select is((tests.undo(2, 'k1')).replayed, true, 'the same again is a replay');
select throws_ok($$ select tests.undo(2, 'k2') $$, 'LYREV', null, 'and it is done once');
select tests.sign_out();
select results_eq(
  $$ select * from tests.cash() $$,
  $$
    values
      ('original', 12000.00, date '2025-03-03'), ('offset', 12000.00, date '2025-03-03')
  $$,
  'the payment is offset, on its own gaming day'
);
select is(tests.paid_out(), 0.00, 'nothing was paid that day');
select is(tests.states(), array['closed'], 'and nothing is to be reported');

select tests.paid('r2', 50, '11:00');
select tests.sign_in('officer');
select compliance.correct_mtl_entry(
  (
    select e.entry_id
    from compliance.mtl_entry as e
    where e.amount = 50
  ),
  30, 'Miscounted', 'c1'
);
select tests.sign_in('mark');
select tests.undo(4, 'k4');
select tests.sign_out();
select results_eq(
  $$ select c.entry_role, c.amount from tests.cash() as c offset 2 $$,
  $$
    values ('original', 50.00), ('offset', 50.00), ('replacement', 30.00), ('offset', 30.00)
  $$,
  'of a corrected payment what stands is offset'
);
select is(tests.paid_out(), 0.00, 'nothing is left of it');

select tests.paid('r3', 70, '12:00');
select tests.happens(
  'x3', tests.at('12:01'), 'reverse', '{"ref": "r3", "reason": ""}'
);
select is(tests.paid_out(), 0.00, 'a feed''s reversal offsets too, with a reason or without');
select tests.happens(
  'r4', tests.at('13:00'), 'redeem', '{"card": "P1", "points": 100, "reason": "dinner"}'
);
select tests.sign_in('mark');
select tests.undo(8, 'k8');
select tests.sign_out();
select is(
  (select count(*) from tests.cash()), 8::bigint, 'where no currency was paid none is offset'
);
select is((tests.standing('P1')).current_balance, 1000::bigint, 'all points are there again');

select * from finish();
rollback;
