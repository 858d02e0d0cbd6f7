-- 2 or more people buy 3 000 to 10 000 at one table within 30 minutes, and one of them redeems
-- more than the threshold.

begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TCOMB');
select tests.person('eve', 'compliance_officer');
-- Two buyers, of whom the first redeems; what is found of either.
create function tests.case_of(
  n integer, first numeric, second numeric, later interval default '0',
  redeemed numeric default 10000.01, second_table text default 'T1'
) returns text
language plpgsql
as $$
declare
  v_day text := format('2025-04-%s', lpad(n::text, 2, '0'));
  v_found text;
begin
  perform tests.player('A' || n), tests.player('B' || n);
  perform tests.cash(
    'A' || n, 'in', 'chip_purchase', first, tests.at('20:00', v_day), '{"table": "T1"}'
  );
  perform tests.cash(
    'B' || n, 'in', 'chip_purchase', second, tests.at('20:00', v_day) + later,
    jsonb_build_object('table', second_table)
  );
  perform tests.cash('A' || n, 'out', 'chip_redemption', redeemed, tests.at('23:00', v_day));
  perform tests.sign_in('eve');
  perform compliance.evaluate_alerts(v_day::date);
  select format('%s %s %s', p.last_name, a.direction, a.amount) into v_found
  from compliance.compliance_alert as a
  join compliance.patron as r using (patron_id)
  join floor.player as p using (player_id)
  where a.gaming_day = v_day::date and a.rule = 'combined_buyers';
  perform tests.sign_out();
  return coalesce(v_found, 'nothing');
end
$$;

select is(tests.case_of(1, 3000, 10000), 'A1 out 10000.01', '3 000 and 10 000, at once');
select is(tests.case_of(2, 2999.99, 10000), 'nothing', 'one a cent below');
select is(tests.case_of(3, 3000, 10000.01), 'nothing', 'one a cent above');
select is(tests.case_of(4, 5000, 5000, '30 minutes'), 'A4 out 10000.01', '30 minutes apart');
select is(tests.case_of(5, 5000, 5000, '30 minutes 1 second'), 'nothing', 'a second more');
select is(tests.case_of(6, 5000, 5000, redeemed => 10000), 'nothing', 'not over the threshold');
select is(tests.case_of(7, 5000, 5000, second_table => 'T2'), 'nothing', 'at another table');

select tests.player('C1'), tests.player('C2');
select tests.cash(
  'C1', 'in', 'chip_purchase', 5000, tests.at('20:00', '2025-05-01'), '{"table": "T1"}'
);
select tests.cash(
  'C1', 'in', 'chip_purchase', 4000, tests.at('20:10', '2025-05-01'), '{"table": "T1"}'
);
select tests.cash('C2', 'out', 'chip_redemption', 15000, tests.at('22:00', '2025-05-01'));
select tests.sign_in('eve');
select compliance.evaluate_alerts('2025-05-01');
select is_empty(
  $$
    select from compliance.compliance_alert as a
    where a.gaming_day = '2025-05-01' and a.rule = 'combined_buyers'
  $$,
  'one person who buys twice, and another who redeems'
);
select tests.sign_out();
select tests.cash(
  'C2', 'in', 'chip_purchase', 2000, tests.at('20:20', '2025-05-01'), '{"table": "T1"}'
);
select tests.cash(
  'C2', 'in', 'chip_purchase', 1000, tests.at('20:25', '2025-05-01'), '{"table": "T1"}'
);
select tests.sign_in('eve');
select compliance.evaluate_alerts('2025-05-01');
select results_eq(
  $$
    select a.patron_id, a.amount, jsonb_array_length(a.details -> 'buyers'),
      (a.details ->> 'tableId')::uuid, (a.details ->> 'since')::timestamptz
    from compliance.compliance_alert as a
    where a.gaming_day = '2025-05-01' and a.rule = 'combined_buyers'
  $$,
  $$
    values (
      tests.patron_id('C2'), 15000::numeric, 2, tests.table_id('T1'),
      tests.at('20:00', '2025-05-01')
    )
  $$,
  'what somebody buys within the half hour is one sum; the alert is the redeemer''s'
);
select is(
  (
    select b ->> 'amount'
    from compliance.compliance_alert as a
    cross join jsonb_array_elements(a.details -> 'buyers') as b
    where a.gaming_day = '2025-05-01' and a.rule = 'combined_buyers'
      and (b ->> 'patronId')::uuid = tests.patron_id('C1')
  ),
  '9000.00', 'and names the others'
);
select is(
  (compliance.evaluate_alerts('2025-05-01')).raised, 0, 'once'
);

select * from finish();
rollback;
