begin;
set local search_path to pgtap, public;
select plan(27);

select tests.casino('TSIGN');
select tests.person('eve', 'compliance_officer');
select tests.person('ada', 'auditor');
select tests.player('P1');
select tests.player('P2');
select tests.cash('P1', 'in', 'chip_purchase', 11000, key => 'c1');
select tests.cash('P2', 'in', 'chip_purchase', 12000);
create function tests.sign(day date default '2025-03-03') returns text
language sql
return tests.refusal(format('select compliance.sign_off_gaming_day(%L)', day));
create function tests.summary() returns compliance.gaming_day_summary
language sql
return (select s from compliance.gaming_day_summary as s where s.gaming_day = '2025-03-03');

create function tests.stands(day date default '2025-03-03') returns text
language sql
return compliance.sign_off_standing(day);

select tests.person('pam', 'pit_boss');
select tests.sign_in('pam');
select is(tests.stands(), null, 'who doesn''t review isn''t told');
select tests.sign_in('ada');
select is(tests.stands(), 'blocked', 'a reviewer is');
select is(tests.sign(), 'FORBIDDEN', 'a reviewer who doesn''t file signs nothing');
select tests.sign_out();
select tests.sign_in('eve');
select is(tests.sign(), 'SIGN_OFF_REFUSED', 'two open cases block it');
select is(
  jsonb_array_length(
    tests.refusal_details($$ select compliance.sign_off_gaming_day('2025-03-03') $$)
      -> 'blocking'
  ),
  2, 'the refusal names both'
);
select results_eq(
  $$
    select s.blocking_cases, s.cases_open, s.cases_overdue, s.signed_off_at, s.is_over
    from tests.summary() as s
  $$,
  $$ values (2, 2, 2, null::timestamptz, true) $$,
  'so does the dashboard'
);
select is(tests.sign(null), 'SIGN_OFF_REFUSED', 'some day has to be named');
select is(
  tests.sign(((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date),
  'SIGN_OFF_REFUSED', 'the running day isn''t over'
);
select is(
  tests.stands(((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date),
  'running', 'which is said'
);
select is(
  tests.stands(((now() at time zone 'America/Los_Angeles') - interval '30 hours')::date),
  'signable', 'the day before can be signed off, though it has no entry'
);
select is(
  tests.sign(((now() at time zone 'America/Los_Angeles') - interval '30 hours')::date),
  'nothing', 'the day before is'
);
select is(
  tests.stands(((now() at time zone 'America/Los_Angeles') - interval '30 hours')::date),
  'signed_off', 'and then it is signed off'
);
select tests.sign_out();
select is(
  tests.happens(
    'c2', tests.at('21:00'), 'cash_corrected', '{"ref": "c1", "amount": 1, "reason": "No"}'
  ),
  'applied', 'one case closes by a correction'
);
select tests.sign_in('eve');
select tests.identify(tests.patron_id('P2'));
select compliance.prepare_ctr((tests.ctr_case('P2')).case_id);
select is(
  tests.refusal_details($$ select compliance.sign_off_gaming_day('2025-03-03') $$)
    #>> '{blocking,0,state}',
  'ready', 'a case that is ready blocks it too'
);
select is(tests.stands(), 'blocked', 'so does its standing');
select compliance.file_ctr((tests.ctr_case('P2')).case_id);
select is(tests.stands(), 'signable', 'filed, it doesn''t');
select tests.sign_in('ada');
select is(tests.stands(), 'free', 'which a reviewer leaves to who files');
select tests.sign_in('eve');
select results_eq(
  $$
    select (s.gaming_day_sign_off).gaming_day, (s.gaming_day_sign_off).note, s.replayed
    from compliance.sign_off_gaming_day('2025-03-03', ' all settled ') as s
  $$,
  $$ values ('2025-03-03'::date, 'all settled', false) $$,
  'a filed and a closed one don''t'
);
select is(tests.sign(), 'SIGN_OFF_REFUSED', 'a day is signed off once');
select is(tests.stands(), 'signed_off', 'which its standing says');
select throws_like(
  $$ select compliance.sign_off_gaming_day('2025-03-03') $$,
  'The gaming day 2025-03-03 can''t be signed off: it was signed off already.',
  'which the refusal says'
);
select results_eq(
  $$
    select s.blocking_cases, s.cases_filed, s.signed_off_at is not null, s.sign_off_note
    from tests.summary() as s
  $$,
  $$ values (0, 1, true, 'all settled') $$,
  'the dashboard shows the signature'
);
select tests.sign_out();
select is(
  tests.cash('P1', 'in', 'chip_purchase', 11000), 'applied',
  'what comes to light later is still recorded'
);
select tests.sign_in('ada');
select results_eq(
  $$ select s.blocking_cases, s.signed_off_at is not null from tests.summary() as s $$,
  $$ values (1, true) $$,
  'and stays visible beside the signature'
);
select tests.sign_out();
select results_eq(
  $$
    select s.username
    from compliance.gaming_day_sign_off as g
    join identity.staff as s on s.casino_id = g.casino_id and s.staff_id = g.signed_off_by
    where g.casino_id = tests.casino_id() and g.gaming_day = '2025-03-03'
  $$,
  $$ values ('eve') $$,
  'who signed comes from the session'
);
select is(
  tests.refusal($$ update compliance.gaming_day_sign_off set note = 'x' $$), 'MTL_IMMUTABLE',
  'nobody changes a signature'
);
select is(
  tests.refusal($$ delete from compliance.gaming_day_sign_off $$), 'MTL_IMMUTABLE',
  'or takes it away'
);

select * from finish();
rollback;
