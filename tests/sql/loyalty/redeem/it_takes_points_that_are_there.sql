begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TREDM');
select tests.person('cash', 'cashier');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1', 10);

create function tests.take(
  points bigint default 4, key text default 'k1', reason text default 'a coffee'
) returns loyalty.ledger_result
language sql
return loyalty.redeem(tests.player_id('P1'), points, reason, key);

select tests.sign_in('cash');

select is((tests.take()).current_balance, 6::bigint, 'the balance goes down');
select is((tests.take()).replayed, true, 'the same again is a replay');
select is(((tests.take()).ledger_entry).points_change, -4::bigint, 'of the same entry');
select throws_ok($$ select tests.take(5) $$, 'LYIDM', null, 'other points, same key');
select throws_ok(
  $$ select tests.take(reason => 'tea') $$, 'LYIDM', null, 'another reason, same key'
);
select throws_ok($$ select tests.take(7, 'k2') $$, 'LYBAL', null, 'more than there is');
select is(
  tests.refusal_details($$ select tests.take(107, 'k2') $$), '{"shortfall": 101}',
  'it says how much is missing'
);
select is((tests.take(6, 'k3')).current_balance, 0::bigint, 'all of it can be spent');
select throws_ok($$ select tests.take(1, 'k4') $$, 'LYBAL', null, 'and then nothing');
select is(
  (tests.take(6, 'k3')).replayed, true, 'a replay needs no balance'
);
select throws_ok($$ select tests.take(0, 'k5') $$, 'LYPTS', null, '0 points');
select throws_ok($$ select tests.take(-1, 'k5') $$, 'LYPTS', null, 'negative points');
select throws_ok($$ select tests.take(null, 'k5') $$, 'LYPTS', null, 'no points');
select throws_ok(
  $$ select loyalty.redeem(gen_random_uuid(), 0, 'x', 'k5') $$, 'RSPLR', null,
  'the player is asked before the points'
);
select throws_ok(
  $$ select loyalty.redeem(tests.player_id('P1'), 1, 'x', 'pit:x') $$, 'IDKEY', null,
  'keys of our own are closed'
);
select tests.sign_in('sup');
select throws_ok($$ select tests.take() $$, 'IDFRB', null, 'a supervisor may not redeem');
select tests.sign_out();
select results_eq(
  $$
    select
      e.transaction_type::text, e.event_type, e.source::text, e.points_change, e.balance_after,
      s.username
    from tests.entries('P1') as e
    join identity.staff as s using (staff_id)
    where e.entry_no > 1
    order by e.entry_no
  $$,
  $$
    values
      ('REDEMPTION', 'POINTS_REDEEMED', 'manual', -4::bigint, 6::bigint, 'cash'),
      ('REDEMPTION', 'POINTS_REDEEMED', 'manual', -6::bigint, 0::bigint, 'cash')
  $$,
  'two redemptions are in the ledger, with who made them'
);

select * from finish();
rollback;
