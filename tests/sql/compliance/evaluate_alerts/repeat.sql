-- 3 or more of the last 7 gaming days at the log floor or above, one direction at a time.

begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TREPT');
select tests.person('eve', 'compliance_officer');
create function tests.case_of(
  card text, amounts numeric[], days text[], directions text[] default '{in,in,in}'
) returns text
language plpgsql
as $$
declare
  v_found text;
begin
  perform tests.player(card);
  for n in 1 .. cardinality(amounts) loop
    perform tests.cash(
      card, directions[n],
      case directions[n] when 'in' then 'front_money_deposit' else 'bet_payment' end,
      amounts[n], tests.at('20:00', days[n])
    );
  end loop;
  perform tests.sign_in('eve');
  perform compliance.evaluate_alerts('2025-03-09');
  select string_agg(format('%s %s %s', a.direction, a.gaming_day, a.amount), ', ' order by a.rule)
  into v_found
  from compliance.compliance_alert as a
  where a.patron_id = tests.patron_id(card) and a.rule = 'repeat';
  perform tests.sign_out();
  return coalesce(v_found, 'nothing');
end
$$;

select is(
  tests.case_of('P1', '{3000,3000,3000}', '{2025-03-03,2025-03-06,2025-03-09}'),
  'in 2025-03-09 9000.00', 'three days at the floor exactly'
);
select is(
  tests.case_of('P2', '{3000,2999.99,3000}', '{2025-03-03,2025-03-06,2025-03-09}'), 'nothing',
  'one of them a cent below'
);
select is(
  tests.case_of('P3', '{3000,3000,3000}', '{2025-03-02,2025-03-06,2025-03-09}'), 'nothing',
  'the eighth day back is too far'
);
select is(
  tests.case_of('P4', '{20000,9500,3000}', '{2025-03-03,2025-03-04,2025-03-05}'),
  'in 2025-03-05 32500.00', 'near and reportable days are watch days too, whenever they were'
);
select is(
  tests.case_of(
    'P5', '{3000,3000,3000}', '{2025-03-03,2025-03-06,2025-03-09}', '{in,out,in}'
  ),
  'nothing', 'in and out aren''t added up'
);
select is(
  tests.case_of(
    'P6', '{3000,3000,3000,1500,1500}',
    '{2025-03-03,2025-03-06,2025-03-06,2025-03-09,2025-03-09}', '{out,out,out,out,out}'
  ),
  'out 2025-03-09 12000.00', 'days count, not entries'
);
select tests.player('P7');
select tests.happens('U1', tests.at('19:00'), 'person', '{"description": "red scarf"}');
select tests.cash('P7', 'in', 'front_money_deposit', 3000);
select tests.cash('P7', 'in', 'front_money_deposit', 3000, tests.at('20:00', '2025-03-04'));
select tests.happens(
  'U1c', tests.at('20:00', '2025-03-05'), 'cash',
  '{"person": "U1", "direction": "in", "kind": "front_money_deposit", "area": "cage",
    "tender": "currency", "amount": "3000"}'
);
select tests.happens(
  'U1i', tests.at('21:00', '2025-03-05'), 'identified', '{"person": "U1", "card": "P7"}'
);
select tests.sign_in('eve');
select compliance.evaluate_alerts('2025-03-09');
select results_eq(
  $$
    select a.patron_id, a.gaming_day
    from compliance.compliance_alert as a
    where a.rule = 'repeat' and a.patron_id = tests.patron_id('P7')
  $$,
  $$ values (tests.patron_id('P7'), '2025-03-05'::date) $$,
  'identified people are one person'
);

select * from finish();
rollback;
