begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TAUDT');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.cash('P1', 'in', 'front_money_deposit', 9000);
select tests.cash('P1', 'in', 'front_money_deposit', 11000, tests.at('20:00', '2025-03-04'));
select tests.cash('P1', 'in', 'front_money_deposit', 9000, tests.at('20:00', '2025-03-05'));
select tests.sign_in('eve');
select compliance.evaluate_alerts('2025-03-05');
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr((tests.ctr_case('P1', '2025-03-04')).case_id);
select compliance.file_ctr((tests.ctr_case('P1', '2025-03-04')).case_id);
select compliance.add_audit_note(
  case_id => (tests.ctr_case('P1', '2025-03-04')).case_id, note => 'x', idempotency_key => 'k'
);
select compliance.sign_off_gaming_day('2025-03-04');
select tests.sign_out();
select set_config('tests.casino_a', tests.casino_id()::text, true);
create role test_cash_auditor login;
grant pit_auditor to test_cash_auditor;
insert into identity.database_login (casino_id, login_name)
values (tests.casino_id(), 'test_cash_auditor');
select tests.casino('TAUDU');
select tests.player('P1');
select tests.cash('P1', 'in', 'front_money_deposit', 11000);

set local session authorization test_cash_auditor;
select results_eq(
  $$
    select 'entries', count(*) from compliance.mtl_entry
    union all select 'patrons', count(*) from compliance.patron
    union all select 'days', count(*) from compliance.patron_gaming_day
    union all select 'notes', count(*) from compliance.mtl_audit_note
    union all select 'cases', count(*) from compliance.ctr_case
    union all select 'filed', count(version) from compliance.ctr_filing
    union all select 'alerts', count(*) from compliance.compliance_alert
    union all select 'signed', count(*) from compliance.gaming_day_sign_off
    union all select 'thresholds', count(*) from compliance.threshold_policy
  $$,
  $$
    values
      ('entries', 3::bigint), ('patrons', 1), ('days', 3), ('notes', 1), ('cases', 1),
      ('filed', 1), ('alerts', 2), ('signed', 1), ('thresholds', 1)
  $$,
  'an auditor''s login reads the log and what came of it, of one casino'
);
select throws_ok(
  $$ select * from compliance.patron_identification $$, '42501', null, 'but no identification'
);
select throws_ok(
  $$ select report from compliance.ctr_filing $$, '42501', null, 'nor what a report says of it'
);
select throws_ok(
  $$ select compliance.identification(gen_random_uuid()) $$, '42501', null,
  'not through a function either'
);
select throws_ok(
  $$ select * from compliance.mtl_command $$, '42501', null, 'no keys'
);
select throws_ok(
  $$ insert into compliance.mtl_audit_note (note) values ('x') $$, '42501', null, 'no writing'
);
select throws_ok(
  $$ select compliance.add_audit_note(note => 'x') $$, '42501', null, 'no commands'
);
select results_eq(
  $$
    select d.gaming_day
    from compliance.patron_gaming_day as d
    join (
      select e.patron_id, e.gaming_day, sum(e.cash_in) as cash_in, sum(e.cash_out) as cash_out
      from compliance.mtl_entry as e
      group by e.patron_id, e.gaming_day
    ) as e using (patron_id, gaming_day)
    where (d.cash_in, d.cash_out) = (e.cash_in, e.cash_out)
    order by d.gaming_day
  $$,
  $$ values ('2025-03-03'::date), ('2025-03-04'), ('2025-03-05') $$,
  'and can prove the sums from the entries'
);
set local session authorization default;

select * from finish();
rollback;
