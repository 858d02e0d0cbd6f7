begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('TALRT');
select tests.person('eve', 'compliance_officer');
select tests.person('ada', 'auditor');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.cash('P1', 'in', 'front_money_deposit', 9000);
select tests.cash('P1', 'in', 'front_money_deposit', 9000, tests.at('20:00', '2025-03-04'));
create function tests.alert_id() returns uuid
language sql
security definer
return (
  select a.alert_id from compliance.compliance_alert as a where a.casino_id = tests.casino_id()
);

select tests.sign_in('cash');
select is(
  tests.refusal($$ select compliance.evaluate_alerts('2025-03-04') $$), 'FORBIDDEN',
  'alerts are for reviewers'
);
select tests.sign_out();
select tests.sign_in('eve');
select is((compliance.evaluate_alerts('2025-03-04')).raised, 1, 'there is one');
select results_eq(
  $$ select compliance.compliance_alert_resolvable(a) from compliance.compliance_alert as a $$,
  $$ values (true) $$, 'a reviewer is told that it can be closed'
);
select is(
  tests.refusal(format('select compliance.resolve_alert(tests.alert_id(), %L)', n.note)),
  'MTL_NOTE_REQUIRED', 'it isn''t closed without a word'
)
from (values (null), (''), (' ')) as n (note);
select results_eq(
  $$
    select (r.compliance_alert).resolution, r.replayed
    from compliance.resolve_alert(tests.alert_id(), ' a regular, income known ') as r
  $$,
  $$ values ('a regular, income known', false) $$,
  'a reviewer closes it'
);
select results_eq(
  $$ select compliance.compliance_alert_resolvable(a) from compliance.compliance_alert as a $$,
  $$ values (false) $$, 'and not again'
);
select is(
  (compliance.resolve_alert(tests.alert_id(), 'a regular, income known')).replayed, true,
  'pressing twice closes it once'
);
select is(
  tests.refusal($$ select compliance.resolve_alert(tests.alert_id(), 'on second thought') $$),
  'ALERT_NOT_OPEN', 'it isn''t closed anew'
);
select is(
  tests.refusal($$ select compliance.resolve_alert(gen_random_uuid(), 'x') $$),
  'ALERT_NOT_OPEN', 'nor one that isn''t there'
);
select is(
  (compliance.evaluate_alerts('2025-03-05')).raised, 0, 'and it isn''t found again'
);
select tests.sign_out();
select tests.sign_in('ada');
select is(
  tests.refusal(
    $$ select compliance.resolve_alert(tests.alert_id(), 'a regular, income known') $$
  ),
  'ALERT_NOT_OPEN', 'another person''s same words are another closing'
);
select results_eq(
  $$ select a.rule, a.resolution from compliance.compliance_alert as a $$,
  $$ values ('just_below', 'a regular, income known') $$,
  'every reviewer reads it'
);
select tests.sign_out();
select tests.sign_in('cash');
select is_empty($$ select from compliance.compliance_alert $$, 'the cage doesn''t');
select is(
  tests.refusal($$ select compliance.resolve_alert(tests.alert_id(), 'x') $$), 'FORBIDDEN',
  'and closes none'
);
select tests.sign_out();
select results_eq(
  $$
    select s.username
    from compliance.compliance_alert as a
    join identity.staff as s on s.casino_id = a.casino_id and s.staff_id = a.resolved_by
    where a.casino_id = tests.casino_id()
  $$,
  $$ values ('eve') $$,
  'who closed it comes from the session'
);
select tests.cash('P1', 'in', 'front_money_deposit', 9000, tests.at('20:00', '2025-03-06'));
select tests.sign_in('eve');
select is(
  (compliance.evaluate_alerts('2025-03-06')).raised, 2, 'another such day is another alert'
);
select results_eq(
  $$
    select a.rule, a.gaming_day, a.resolved_at is not null
    from compliance.compliance_alert as a
    order by a.gaming_day, a.rule
  $$,
  $$
    values ('just_below', '2025-03-04'::date, true), ('just_below', '2025-03-06', false),
      ('repeat', '2025-03-06', false)
  $$,
  'which waits for a reviewer'
);

select * from finish();
rollback;
