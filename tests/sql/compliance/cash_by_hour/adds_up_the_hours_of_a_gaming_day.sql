begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TCBH2');
select tests.person('other', 'compliance_officer');
select tests.casino('TCBHR');
select tests.person('officer', 'compliance_officer');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');

create function tests.cash(
  key text, clock text, direction text, kind text, amount numeric, card text default 'P1'
) returns text
language sql
return tests.happens(
  key, tests.at(clock), 'cash',
  jsonb_build_object(
    'card', card, 'direction', direction, 'kind', kind, 'area', 'cage', 'tender', 'currency',
    'amount', amount
  )
);

create function tests.hours(day date default '2025-03-03') returns text
language sql
return (
  select string_agg(
    format(
      '%s: %s in (%s, %s over) %s out (%s, %s over)',
      to_char(h.begins_at at time zone 'America/Los_Angeles', 'HH24'), h.cash_in, h.entries_in,
      h.over_floor_in, h.cash_out, h.entries_out, h.over_floor_out
    ),
    ' / ' order by h.begins_at
  )
  from compliance.cash_by_hour(day) as h
  where h.cash_in <> 0 or h.cash_out <> 0
);

select tests.cash('a', '10:10', 'in', 'chip_purchase', 2999.99);
select tests.cash('b', '10:59:59', 'in', 'chip_purchase', 3000, 'P2');
select tests.cash('c', '11:00', 'out', 'chip_redemption', 500);
select tests.cash('d', '11:30', 'in', 'jackpot', 1);

select tests.sign_in('officer');
select is(
  tests.hours(),
  '10: 5999.99 in (2, 1 over) 0.00 out (0, 0 over)'
  ' / 11: 0.00 in (0, 0 over) 500.00 out (1, 0 over)',
  'cash of each hour, how many entries, how many at or over the log floor'
);
select tests.sign_out();
select tests.happens(
  'e', tests.at('12:00'), 'cash_corrected', '{"ref": "b", "amount": 30, "reason": "A zero less."}'
);
select tests.sign_in('officer');
select is(
  tests.hours(),
  '10: 3029.99 in (2, 0 over) 0.00 out (0, 0 over)'
  ' / 11: 0.00 in (0, 0 over) 500.00 out (1, 0 over)',
  'a correction counts in the hour of what it corrects'
);
select results_eq(
  $$
    select sum(h.cash_in), sum(h.cash_out) from compliance.cash_by_hour('2025-03-03') as h
  $$,
  $$
    select s.cash_in, s.cash_out
    from compliance.gaming_day_summary as s
    where s.gaming_day = '2025-03-03'
  $$,
  'the hours are the day'
);
select is(
  (select min(h.log_floor) from compliance.cash_by_hour('2025-03-03') as h), 3000::numeric,
  'the log floor is that of the day'
);
select is(
  (select count(*) from compliance.cash_by_hour('2025-03-03') as h), 24::bigint,
  'a gaming day has 24 hours'
);
select is(
  (select count(*) from compliance.cash_by_hour('2025-03-08') as h), 23::bigint,
  'but the one in whose night clocks go forward has 23'
);
select is(
  (select count(*) from compliance.cash_by_hour('2025-11-01') as h), 25::bigint,
  'and the one in whose night they go back has 25'
);
select tests.sign_in('cash');
select throws_ok(
  $$ select compliance.cash_by_hour() $$, 'IDFRB', null, 'mtl:review is needed for sums'
);
select tests.sign_out();
select throws_ok($$ select compliance.cash_by_hour() $$, 'IDUNA', null, 'and a session');
select tests.sign_in('other');
select is(
  tests.hours(), null, 'another casino sees none of it'
);

select * from finish();
rollback;
