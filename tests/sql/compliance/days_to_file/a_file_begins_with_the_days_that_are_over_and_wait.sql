begin;
set local search_path to pgtap, public;
select plan(17);

create function tests.days(day date default null) returns text
language sql
return (select concat_ws(' ', d.first_day, d.last_day) from compliance.days_to_file(day) as d);
create function tests.running_day() returns date
language sql
return ((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date;
create function tests.case_id(card text) returns uuid
language sql
security definer
return (
  select k.case_id
  from compliance.ctr_case as k
  where k.casino_id = tests.casino_id() and k.patron_id = tests.patron_id(card)
);

select tests.casino('TOTHR');
select tests.player('X1');
select tests.cash('X1', 'in', 'chip_purchase', 11000, tests.at('20:00', '2025-02-01'));
select tests.cash('X1', 'in', 'chip_purchase', 11000, tests.at('20:00', '2025-06-01'));
select tests.casino('TDAYS', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.person('ada', 'auditor');
select tests.player('P1');
select tests.player('P2');
select tests.player('P3');
select tests.player('P4');

select tests.sign_in('eve');
select is(tests.days(), '', 'without a case there are none, whatever another casino has');
select is(tests.days('2025-02-01'), '', 'nor by asking for a day of its');
select tests.sign_out();
select tests.cash('P4', 'in', 'chip_purchase', 11000, now());
select tests.sign_in('eve');
select is(
  (select k.gaming_day from compliance.ctr_case as k where k.case_id = tests.case_id('P4')),
  tests.running_day(), 'a case of the running day'
);
select is(tests.days(), '', 'isn''t offered before that is over');
select is(tests.days(tests.running_day()), '', 'not even when that day is looked at');
select tests.sign_out();

select tests.cash('P1', 'in', 'chip_purchase', 11000, key => 'c1');
select tests.cash('P2', 'in', 'chip_purchase', 11000, tests.at('20:00', '2025-03-05'));
select tests.cash(
  'P3', 'in', 'chip_purchase', 11000,
  (tests.running_day() - 1 + time '20:00') at time zone 'America/Los_Angeles'
);
select tests.sign_in('eve');
select is(
  tests.days(), format('2025-03-03 %s', tests.running_day() - 1),
  'from the first case to the last, of yesterday, leaving out the running day'
);
select is(tests.days('2025-03-05'), '2025-03-05 2025-03-05', 'a day that has a case stands alone');
select is(
  tests.days('2025-03-04'), tests.days(), 'one between that has none begins with all of them'
);
select is(tests.days(tests.running_day()), tests.days(), 'so does the running day');
select tests.sign_in('ada');
select is(tests.days(), '', 'who reads only isn''t told');

select tests.sign_in('eve');
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr(tests.case_id('P1'));
select is(tests.days('2025-03-03'), '2025-03-03 2025-03-03', 'a case that is ready waits');
select compliance.file_ctr(tests.case_id('P1'));
select is(
  tests.days(), format('2025-03-05 %s', tests.running_day() - 1), 'one that is filed doesn''t'
);
select compliance.acknowledge_ctr(tests.case_id('P1'), '31000000000001');
select tests.sign_out();
select tests.cash('P1', 'in', 'chip_purchase', 100);
select tests.sign_in('eve');
select is(
  tests.days('2025-03-03'), '2025-03-03 2025-03-03', 'until it has to be amended'
);
select is(
  (
    select jsonb_array_length(compliance.ctr_batch(d.first_day, d.last_day) -> 'reports')
    from compliance.days_to_file('2025-03-03') as d
  ),
  1, 'which the file of these days does'
);
select compliance.file_ctr(tests.case_id('P1'), 2);
select is(
  tests.days(), format('2025-03-05 %s', tests.running_day() - 1), 'and then it is done'
);
select tests.sign_out();
select tests.happens(
  'x2', now(), 'cash_corrected', '{"ref": "c1", "amount": 1, "reason": "Miscounted"}'
);
select tests.sign_in('eve');
select is(tests.days('2025-03-03'), '2025-03-03 2025-03-03', 'a correction counts like more cash');

select tests.sign_out();
set local role pit_staff;
select is(tests.days('2025-03-03'), '', 'nor is anybody who isn''t signed in');

select * from finish();
rollback;
