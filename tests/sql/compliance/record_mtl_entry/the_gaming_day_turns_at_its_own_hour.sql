-- Worked cases D4 and D16, on an ordinary night and on both daylight-saving nights of 2026, in Las
-- Vegas and in a zone that changes on other nights, with another hour at which its day begins.

begin;
set local search_path to pgtap, public;
select plan(18);

select tests.casino('RDAYA');
select tests.person('olga', 'compliance_officer');
select tests.player(c.card) from unnest('{D4A,D4B,S1,S2,A1,A2}'::text[]) as c (card);
select tests.sign_in('olga');

select tests.enter('D4A', 'chip_purchase', 6000, tests.at('05:59'));
select tests.enter('D4A', 'chip_purchase', 5000, tests.at('06:01'));
select is(tests.sums('D4A', '2025-03-02'), '6000.00 / 0.00', 'D4: 05:59 is the day before');
select is(tests.sums('D4A', '2025-03-03'), '5000.00 / 0.00', 'D4: 06:01 the day itself');
select is(
  tests.cases('D4A', '2025-03-02') || tests.cases('D4A', '2025-03-03'), 'nonenone',
  'D4: neither day is reportable'
);
select tests.enter('D4B', 'chip_purchase', 6000, tests.at('06:01'));
select tests.enter('D4B', 'chip_purchase', 5000, tests.at('05:58', '2025-03-04'));
select is(
  tests.sums('D4B', '2025-03-03'), '11000.00 / 0.00',
  'D4: 06:01 and 05:58 the next morning are one day'
);
select is(tests.cases('D4B', '2025-03-03'), 'open', 'D4: which is reportable');

-- 2026-03-08, 02:00 PST becomes 03:00 PDT: the night has 23 hours.
select tests.enter('S1', 'chip_purchase', 6000, '2026-03-08 05:59:59-07');
select tests.enter('S1', 'chip_purchase', 5000, '2026-03-08 06:00:00-07');
select is(
  tests.sums('S1', '2026-03-07') || ', ' || tests.sums('S1', '2026-03-08'),
  '6000.00 / 0.00, 5000.00 / 0.00', 'in the short night the day turns at 06:00 local'
);
select tests.enter('S2', 'chip_purchase', 6000, '2026-03-07 06:00:00-08');
select tests.enter('S2', 'chip_purchase', 5000, '2026-03-08 05:59:59-07');
select is(tests.cases('S2', '2026-03-07'), 'open', 'D4: and its 23 hours are one day');

-- 2026-11-01, 02:00 PDT becomes 01:00 PST: the night has 25 hours, 01:30 comes twice.
select tests.enter('A1', 'chip_purchase', 6000, '2026-11-01 05:59:59-08');
select tests.enter('A1', 'chip_purchase', 5000, '2026-11-01 06:00:00-08');
select is(
  tests.sums('A1', '2026-10-31') || ', ' || tests.sums('A1', '2026-11-01'),
  '6000.00 / 0.00, 5000.00 / 0.00', 'in the long night too'
);
select tests.enter('A2', 'chip_purchase', 4000, '2026-10-31 06:00:00-07');
select tests.enter('A2', 'chip_purchase', 3500, '2026-11-01 01:30:00-07');
select tests.enter('A2', 'chip_purchase', 3500, '2026-11-01 01:30:00-08');
select is(
  tests.sums('A2', '2026-10-31'), '11000.00 / 0.00',
  'D4: both half past ones belong to the day before, and are no duplicates'
);
select is(tests.cases('A2', '2026-10-31'), 'open', 'D4: one case');
select tests.enter('A1', 'chip_purchase', 5000.01, '2026-11-02 05:59:59-08');
select is(
  (tests.ctr_case('A1', '2026-11-01')).due_on, '2026-11-16'::date,
  'D16: gaming day 2026-11-01 is due 2026-11-16'
);
select is(
  (tests.ctr_case('D4B')).due_on, '2025-03-18'::date,
  'fifteen days, whatever day of the week'
);
select tests.sign_out();

-- Berlin changes on 2026-03-29 and 2026-10-25; this day begins at 04:00.
select tests.casino('RDAYB', '{"timezone": "Europe/Berlin", "gaming_day_start": "04:00"}');
select tests.person('berta', 'compliance_officer');
select tests.player(c.card) from unnest('{S1,S2,A1,A2}'::text[]) as c (card);
select tests.sign_in('berta');
select tests.enter('S1', 'chip_purchase', 6000, '2026-03-29 03:59:59+02');
select tests.enter('S1', 'chip_purchase', 5000, '2026-03-29 04:00:00+02');
select is(
  tests.sums('S1', '2026-03-28') || ', ' || tests.sums('S1', '2026-03-29'),
  '6000.00 / 0.00, 5000.00 / 0.00', 'elsewhere the day turns at its own hour'
);
select tests.enter('S2', 'chip_purchase', 6000, '2026-03-28 04:00:00+01');
select tests.enter('S2', 'chip_purchase', 5000, '2026-03-29 03:59:59+02');
select is(tests.cases('S2', '2026-03-28'), 'open', 'short night');
select tests.enter('A1', 'chip_purchase', 6000, '2026-10-25 03:59:59+01');
select tests.enter('A1', 'chip_purchase', 5000, '2026-10-25 04:00:00+01');
select is(
  tests.sums('A1', '2026-10-24') || ', ' || tests.sums('A1', '2026-10-25'),
  '6000.00 / 0.00, 5000.00 / 0.00', 'long night'
);
select tests.enter('A2', 'chip_purchase', 6000, '2026-10-24 04:00:00+02');
select tests.enter('A2', 'chip_purchase', 2500, '2026-10-25 02:30:00+02');
select tests.enter('A2', 'chip_purchase', 2500, '2026-10-25 02:30:00+01');
select is(
  tests.sums('A2', '2026-10-24'), '11000.00 / 0.00', 'both half past twos are one day'
);
select is(tests.cases('A2', '2026-10-24'), 'open', 'which is reportable');
select is(
  (tests.ctr_case('A2', '2026-10-24')).due_on, '2026-11-08'::date,
  'the days to the due date are calendar days, of 24 hours or not'
);

select * from finish();
rollback;
