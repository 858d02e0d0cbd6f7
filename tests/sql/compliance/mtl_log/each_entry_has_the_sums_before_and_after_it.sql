begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('LOGGE');
select tests.person('olga', 'compliance_officer');
select tests.person('carl', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.sign_in('olga');
select tests.enter('P1', 'chip_purchase', 5000, tests.at('11:00'), '{"key": "e1", "table": "T1"}');
select tests.enter('P1', 'chip_purchase', 2000, tests.at('10:00'));
select tests.enter('P1', 'exchange', 1000, tests.at('12:00'));
select tests.enter('P1', 'jackpot', 4000, tests.at('13:00'));
select tests.enter('P1', 'chip_redemption', 300, tests.at('14:00'));
select tests.enter('P1', 'chip_purchase', 9000, tests.at('10:00', '2025-03-04'));
select tests.enter('P2', 'chip_purchase', 9000, tests.at('10:00'));
select compliance.correct_mtl_entry(
  (select e.entry_id from compliance.mtl_entry as e where e.idempotency_key = 'e1'),
  4000, 'miscounted', 'c1'
);

select results_eq(
  $$
    select
      l.entry_role, l.amount, l.is_live, l.cash_in_before, l.cash_in_after, l.cash_out_before,
      l.cash_out_after, l.badge
    from compliance.mtl_log as l
    where l.card_no = 'P1' and l.gaming_day = '2025-03-03'
    order by l.occurred_at, l.entry_id
  $$,
  $$
    values
      ('original', 2000::numeric, true, 0::numeric, 2000::numeric, 0::numeric, 0::numeric, 'none'),
      ('original', 5000, false, 2000, 7000, 0, 0, 'over_floor'),
      ('offset', 5000, false, 7000, 2000, 0, 0, 'over_floor'),
      ('replacement', 4000, true, 2000, 6000, 0, 0, 'over_floor'),
      ('original', 1000, true, 6000, 7000, 0, 1000, 'none'),
      ('original', 4000, true, 7000, 7000, 1000, 1000, 'none'),
      ('original', 300, true, 7000, 7000, 1000, 1300, 'none')
  $$,
  'in the order in which it happened, corrections where they belong'
);
select results_eq(
  $$
    select l.cash_in_before, l.cash_in_after from compliance.mtl_log as l
    where l.gaming_day = '2025-03-04'
  $$,
  $$ values (0::numeric, 9000::numeric) $$,
  'a gaming day begins with nothing'
);
select is(
  (
    select format('%s, %s, %s, %s', l.person_name, l.table_label, l.staff_name, l.kind_label)
    from compliance.mtl_log as l
    where l.entry_role = 'replacement'
  ),
  'Pat P1, T1, Olga, Chips bought', 'with the names of people and things'
);
select is(
  (
    select l.reason from compliance.mtl_log as l where l.entry_role = 'offset'
  ),
  'miscounted', 'and why it was corrected'
);

select tests.sign_in('carl');
select is(
  (select count(*) from compliance.mtl_log as l), 9::bigint, 'who may view reads every entry'
);
select is(
  (
    select count(*)
    from compliance.mtl_log as l
    where num_nonnulls(
      l.badge, l.cash_in_before, l.cash_in_after, l.cash_out_before, l.cash_out_after
    ) > 0
  ),
  0::bigint, 'without sums and badges'
);
select tests.sign_out();
update identity.staff set role = 'auditor' where username = 'carl';
select tests.sign_in('carl');
select is(
  (
    select max(l.cash_in_after) from compliance.mtl_log as l where l.gaming_day = '2025-03-03'
  ),
  9000::numeric, 'an auditor reads them'
);
select tests.sign_out();
select ok(
  has_table_privilege('pit_auditor', 'compliance.mtl_entry', 'select')
  and has_table_privilege('pit_auditor', 'compliance.patron_gaming_day', 'select'),
  'and with psql the tables that they are made of'
);
select ok(
  not has_table_privilege('pit_auditor', 'compliance.money_play', 'select')
  and not has_table_privilege('pit_auditor', 'compliance.patron_identification', 'select'),
  'not what people tell of themselves'
);
select ok(
  not has_table_privilege('pit_visitor', 'compliance.mtl_kind', 'select'),
  'visitors read nothing'
);

select * from finish();
rollback;
