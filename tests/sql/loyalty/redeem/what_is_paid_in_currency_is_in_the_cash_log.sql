begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('TRECA');
select tests.person('cash', 'cashier');
select tests.player('P1', 1000);

create function tests.pay(
  cash_amount numeric, key text, points bigint default 40
) returns loyalty.ledger_result
language sql
return loyalty.redeem(tests.player_id('P1'), points, 'cash back', key, cash_amount);

create function tests.entries_of(card text) returns setof compliance.mtl_entry
language sql
security definer
begin atomic
  select e.*
  from compliance.mtl_entry as e
  join compliance.patron as p using (casino_id, patron_id)
  where p.player_id = tests.player_id(card)
  order by e.entry_id;
end;

create function tests.fail() returns trigger
language plpgsql
as $$
begin
  raise exception 'as told';
end
$$;

select tests.sign_in('cash');
select is((tests.pay(25.50, 'k1')).current_balance, 960::bigint, 'points are spent');
select tests.sign_out();
select results_eq(
  $$
    select e.direction, e.kind, e.tender, e.amount, e.entry_role, s.username
    from tests.entries_of('P1') as e
    join identity.staff as s using (staff_id)
  $$,
  $$ values ('out', 'comp_or_incentive', 'currency', 25.50, 'original', 'cash') $$,
  'and the currency is in the log, with who paid it'
);
select results_eq(
  $$
    select e.gaming_day, e.occurred_at, e.correlation_id
    from tests.entries_of('P1') as e
  $$,
  $$
    select e.gaming_day, e.occurred_at, e.correlation_id
    from tests.entries('P1') as e
    where e.transaction_type = 'REDEMPTION'
  $$,
  'of the same moment and request'
);

select tests.sign_in('cash');
select is((tests.pay(25.50, 'k1')).replayed, true, 'the same again is a replay');
select throws_ok($$ select tests.pay(25, 'k1') $$, 'LYIDM', null, 'another amount, same key');
select throws_ok($$ select tests.pay(null, 'k1') $$, 'LYIDM', null, 'none at all, same key');
select is(
  (tests.pay(25.5, 'k1')).replayed, true, 'the same amount written otherwise is the same'
);
select is(
  (tests.pay(25.50, 'k2')).replayed, false,
  'the same amount within a minute needs no confirmation, the points tell them apart'
);
select is((tests.pay(null, 'k3')).current_balance, 880::bigint, 'points for no currency');
select throws_ok($$ select tests.pay(0, 'k4') $$, 'MTAMT', null, 'no dollars');
select throws_ok($$ select tests.pay(-5, 'k4') $$, 'MTAMT', null, 'negative ones');
select throws_ok($$ select tests.pay(5.005, 'k4') $$, 'MTAMT', null, 'half a cent');
select throws_ok(
  $$ select tests.pay(0, 'k4', 9999) $$, 'LYBAL', null, 'the balance is asked first'
);
select throws_ok(
  $$ select tests.pay(5, 'k4', 9999) $$, 'LYBAL', null, 'without points nothing is paid'
);
select tests.sign_out();
select is((tests.standing('P1')).current_balance, 880::bigint, 'what was refused cost nothing');
select is(
  (select sum(e.amount) from tests.entries_of('P1') as e), 51.00, 'and wrote nothing'
);

create trigger test_fails before insert on compliance.mtl_entry
for each row execute function tests.fail();
select tests.sign_in('cash');
select throws_ok(
  $$ select tests.pay(10, 'k5') $$, 'P0001', 'as told', 'when the log can''t be written'
);
select tests.sign_out();
drop trigger test_fails on compliance.mtl_entry;
select is((tests.standing('P1')).current_balance, 880::bigint, 'the points stay');
select is(
  (
    select sum(d.cash_out)
    from compliance.patron_gaming_day as d
    where d.casino_id = tests.casino_id()
  ),
  51.00, 'the day''s sum is what was paid'
);

select * from finish();
rollback;
