begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TREVA');
select tests.person('ann', 'compliance_officer');
select tests.player('A1');
select tests.cash('A1', 'in', 'front_money_deposit', 9000);
select tests.cash('A1', 'in', 'front_money_deposit', 11000, tests.at('20:00', '2025-03-04'));
select tests.cash('A1', 'in', 'front_money_deposit', 9000, tests.at('20:00', '2025-03-05'));
select tests.sign_in('ann');
select compliance.evaluate_alerts('2025-03-05');
select tests.identify(tests.patron_id('A1'));
select tests.sign_out();
select set_config('tests.a_patron', tests.patron_id('A1')::text, true);
select set_config('tests.a_case', (tests.ctr_case('A1', '2025-03-04')).case_id::text, true);
select set_config(
  'tests.a_entry',
  (
    select e.entry_id::text
    from compliance.mtl_entry as e
    where e.casino_id = tests.casino_id()
    limit 1
  ),
  true
);
select set_config(
  'tests.a_alert',
  (
    select a.alert_id::text
    from compliance.compliance_alert as a
    where a.casino_id = tests.casino_id() and a.rule = 'just_below'
  ),
  true
);
create function tests.a(what text) returns uuid
language sql
return current_setting('tests.a_' || what)::uuid;

select tests.casino('TREVB');
select tests.person('bob', 'compliance_officer');
select tests.sign_in('bob');
select throws_ok(
  $$ select compliance.save_identification(tests.a('patron'), 'k', city => 'Reno') $$, 'MTPAT',
  null, 'save who they are'
);
select throws_ok(
  $$ select compliance.identification(tests.a('patron')) $$, 'MTPAT', null, 'read it'
);
select throws_ok(
  $$ select compliance.add_audit_note(tests.a('entry'), note => 'x', idempotency_key => 'k') $$,
  'MTENT', null, 'note on an entry'
);
select throws_ok(
  $$
    select compliance.add_audit_note(
      patron_id => tests.a('patron'), note => 'x', idempotency_key => 'k'
    )
  $$,
  'MTPAT', null, 'on a person'
);
select throws_ok(
  $$
    select compliance.add_audit_note(
      case_id => tests.a('case'), note => 'x', idempotency_key => 'k'
    )
  $$,
  'MTCNF', null, 'on a case'
);
select throws_ok($$ select compliance.prepare_ctr(tests.a('case')) $$, 'MTCNF', null, 'prepare');
select throws_ok($$ select compliance.file_ctr(tests.a('case')) $$, 'MTCNF', null, 'file');
select throws_ok(
  $$ select compliance.acknowledge_ctr(tests.a('case'), '31000000000001') $$, 'MTCNF', null,
  'acknowledge'
);
select throws_ok(
  $$ select compliance.resolve_alert(tests.a('alert'), 'x') $$, 'MTALT', null, 'resolve'
);
select is(
  (compliance.evaluate_alerts('2025-03-05')).raised, 0, 'an evaluation finds nothing of theirs'
);
select is(
  tests.refusal($$ select compliance.sign_off_gaming_day('2025-03-04') $$), 'nothing',
  'their open case blocks nobody else''s day'
);

select * from finish();
rollback;
