-- 2 or more of the last 7 gaming days with a sum in 80 to 100 % of the threshold; both bounds
-- included, one direction at a time, today included.

begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TJUST');
select tests.person('eve', 'compliance_officer');
-- A player with cash in on the 3rd and another day, and what a reviewer finds as of a day.
create function tests.case_of(
  card text, first numeric, second numeric, second_day text default '2025-03-09',
  direction text default 'in'
) returns text
language plpgsql
as $$
declare
  v_kind text := case direction when 'in' then 'front_money_deposit' else 'bet_payment' end;
  v_found text;
begin
  perform tests.player(card);
  perform tests.cash(card, 'in', 'front_money_deposit', first);
  perform tests.cash(card, direction, v_kind, second, tests.at('20:00', second_day));
  perform tests.sign_in('eve');
  perform compliance.evaluate_alerts('2025-03-09');
  select string_agg(format('%s %s %s', a.direction, a.gaming_day, a.amount), ', ' order by a.rule)
  into v_found
  from compliance.compliance_alert as a
  where a.patron_id = tests.patron_id(card) and a.rule = 'just_below';
  perform tests.sign_out();
  return coalesce(v_found, 'nothing');
end
$$;

select is(
  tests.case_of('P1', 8000, 10000), 'in 2025-03-09 18000.00', '80 % and 100 % are in'
);
select is(tests.case_of('P2', 7999.99, 10000), 'nothing', 'a cent below 80 % isn''t');
select is(tests.case_of('P3', 8000, 10000.01), 'nothing', 'nor a cent over the threshold');
select is(
  tests.case_of('P4', 9000, 9000, '2025-03-02'), 'nothing', 'the eighth day back is too far'
);
select is(
  tests.case_of('P5', 9000, 9000, '2025-03-10'), 'nothing', 'tomorrow doesn''t count yet'
);
select is(
  tests.case_of('P6', 9000, 9000, direction => 'out'), 'nothing', 'in and out aren''t added up'
);
select is(
  tests.case_of('P7', 4500, 4500, '2025-03-03'), 'nothing', 'one day is one day'
);

select tests.sign_in('eve');
select results_eq(
  $$
    select e.gaming_day, e.raised, e.replayed
    from compliance.evaluate_alerts('2025-03-09') as e
  $$,
  $$ values ('2025-03-09'::date, 0, true) $$,
  'what was found is not found again'
);
select is(
  (compliance.evaluate_alerts('2025-03-08')).raised, 1,
  'as of the day before, the two days that ended then'
);
select is(
  (compliance.evaluate_alerts('2025-03-10')).raised, 0,
  'as of the day after, everybody''s first day is too far'
);
select results_eq(
  $$
    select a.gaming_day, a.details
    from compliance.compliance_alert as a
    where a.patron_id = tests.patron_id('P1') and a.rule = 'just_below'
  $$,
  $$
    values (
      '2025-03-09'::date,
      '{"days": [{"amount": 8000.00, "gamingDay": "2025-03-03"},
        {"amount": 10000.00, "gamingDay": "2025-03-09"}]}'::jsonb
    )
  $$,
  'an alert says what it was made of'
);

select * from finish();
rollback;
