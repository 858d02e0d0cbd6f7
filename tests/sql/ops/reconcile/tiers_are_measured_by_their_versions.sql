-- The write path reads a copy of the tiers in force. When the copy is wrong, so are the tiers that
-- awards give, and a reconciliation that trusted it would find nothing.

begin;
set local search_path to pgtap, public;
select plan(3);

select tests.casino('TCOPY');
select tests.person('boss', 'pit_boss');
select tests.person('audrey', 'auditor');
select tests.player('P1', 4000);

select tests.sign_in('audrey');
select is(
  ((ops.reconcile()).reconciliation_run).drift_found, 0, 'nothing differs at first'
);
select tests.sign_out();
update loyalty.terms_in_force as t
set tier_floors = array[0, 4500, 50000, 100000]
where t.casino_id = tests.casino_id();
select tests.sign_in('boss');
select loyalty.manual_reward(tests.player_id('P1'), 900, 'A fine afternoon', 'k1');
select tests.sign_out();
select is(
  (select p.tier from loyalty.player_loyalty as p where p.player_id = tests.player_id('P1')),
  'SILVER', 'a wrong copy leads to a wrong tier'
);
select tests.sign_in('audrey');
select ops.reconcile();
select tests.sign_out();
select set_eq(
  $$
    select d.what, d.expected, d.actual
    from ops.reconciliation_drift as d
    where d.player_id = tests.player_id('P1') and d.what = 'tier'
  $$,
  $$ values ('tier', 'BRONZE', 'SILVER') $$, 'which the next reconciliation finds'
);

select * from finish();
rollback;
