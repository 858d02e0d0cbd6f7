-- Over 20 000 of markers paid in currency within 7 gaming days, none over the threshold in one.

begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TMARK');
select tests.person('eve', 'compliance_officer');
create function tests.case_of(
  card text, amounts numeric[], days text[], tender text default 'currency'
) returns text
language plpgsql
as $$
declare
  v_found text;
begin
  perform tests.player(card);
  for n in 1 .. cardinality(amounts) loop
    perform tests.cash(
      card, 'in', 'marker_payment', amounts[n], tests.at('20:00', days[n]),
      jsonb_build_object('tender', tender), format('%s %s', card, n)
    );
  end loop;
  perform tests.sign_in('eve');
  perform compliance.evaluate_alerts('2025-03-09');
  select format('%s %s %s', a.direction, a.gaming_day, a.amount) into v_found
  from compliance.compliance_alert as a
  where a.patron_id = tests.patron_id(card) and a.rule = 'marker_paydown';
  perform tests.sign_out();
  return coalesce(v_found, 'nothing');
end
$$;

select is(
  tests.case_of('P1', '{10000,10000,0.01}', '{2025-03-03,2025-03-06,2025-03-09}'),
  'in 2025-03-09 20000.01', 'a cent over 20 000, no day over the threshold'
);
select is(
  tests.case_of('P2', '{10000,5000,5000}', '{2025-03-03,2025-03-06,2025-03-09}'), 'nothing',
  '20 000 exactly'
);
select is(
  tests.case_of('P3', '{10000.01,9000,9000}', '{2025-03-03,2025-03-06,2025-03-09}'), 'nothing',
  'a day over the threshold was reported'
);
select is(
  tests.case_of('P4', '{9000,9000,9000}', '{2025-03-02,2025-03-06,2025-03-09}'), 'nothing',
  'the eighth day back is too far'
);
select is(
  tests.case_of('P5', '{9000,9000,9000}', '{2025-03-03,2025-03-06,2025-03-09}', 'check'),
  'nothing', 'a check is no currency'
);
select is(
  tests.case_of('P6', '{5000,5000,6000,6000}', '{2025-03-03,2025-03-03,2025-03-06,2025-03-07}'),
  'in 2025-03-07 22000.00', 'a day''s payments are one sum'
);
select tests.player('P7');
select tests.cash('P7', 'in', 'marker_payment', 9000, tests.at('20:00', '2025-03-04'));
select tests.cash('P7', 'in', 'marker_payment', 9000, tests.at('20:00', '2025-03-05'));
select tests.cash(
  'P7', 'in', 'marker_payment', 9000, tests.at('20:00', '2025-03-06'), key => 'wrong'
);
select tests.happens(
  'void', tests.at('21:00', '2025-03-06'), 'cash_corrected',
  '{"ref": "wrong", "amount": 0, "reason": "Paid by check"}'
);
select tests.sign_in('eve');
select compliance.evaluate_alerts('2025-03-09');
select is_empty(
  $$
    select a.rule
    from compliance.compliance_alert as a
    where a.patron_id = tests.patron_id('P7') and a.rule = 'marker_paydown'
  $$,
  'what was taken back wasn''t paid'
);

select * from finish();
rollback;
