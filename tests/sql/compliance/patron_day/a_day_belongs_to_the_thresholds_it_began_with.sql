-- A version in force from exactly the beginning of a gaming day, 06:00 by the casino's clock, and
-- one from a moment later: each day is judged from its first to its last minute by one version.

begin;
set local search_path to pgtap, public;
select plan(18);

select tests.casino('TEDGE');
select tests.person('eve', 'compliance_officer');
insert into compliance.threshold_policy (casino_id, effective_from, log_floor, ctr_threshold)
values
  (tests.casino_id(), tests.at('06:00', '2025-03-04'), 1000, 5000),
  (tests.casino_id(), tests.at('06:00', '2025-03-06') + interval '1 microsecond', 3000, 20000),
  -- Clocks go forward in the night before: the day begins at 06:00 all the same.
  (tests.casino_id(), tests.at('06:00', '2025-03-09'), 2000, 8000);

-- One entry of a player of their own; its day, its badge, the day's, and the state of its case.
create function tests.judged(card text, at timestamptz, amount numeric) returns text
language plpgsql
as $$
declare
  v_says text;
begin
  perform tests.sign_out();
  perform tests.player(card);
  perform tests.cash(card, 'in', 'chip_purchase', amount, at);
  perform tests.sign_in('eve');
  select concat_ws(' ', d.gaming_day, l.badge, d.badge_in, coalesce(d.case_state, 'none'))
  into v_says
  from compliance.patron_day as d
  join compliance.mtl_log as l
    on l.patron_id = d.patron_id and l.gaming_day = d.gaming_day
  where d.patron_id = tests.patron_id(card);
  return v_says;
end
$$;

select is(tests.judged(w.card, tests.at(w.clock, w.day), w.amount), w.judged, w.what)
from (
  values
  (
    'A1', '06:00', '2025-03-03', 10000, '2025-03-03 over_floor near none',
    'the day before, its first minute: 10,000 isn''t over 10,000'
  ),
  (
    'A2', '05:59:59.999999', '2025-03-04', 10000, '2025-03-03 over_floor near none',
    'its last moment, just before the change'
  ),
  (
    'A3', '05:59:59.999999', '2025-03-04', 10000.01, '2025-03-03 over_floor reportable open',
    'more is reported'
  ),
  (
    'A4', '05:59', '2025-03-04', 2999.99, '2025-03-03 none none none',
    'and nothing below its floor is watched'
  ),
  (
    'B1', '06:00', '2025-03-04', 5000, '2025-03-04 over_floor near none',
    'the day that begins with the change, its first moment: 5,000 isn''t over 5,000'
  ),
  (
    'B2', '06:00', '2025-03-04', 5000.01, '2025-03-04 over_floor reportable open',
    'one cent more is'
  ),
  (
    'B3', '05:59:59.999999', '2025-03-05', 5000.01, '2025-03-04 over_floor reportable open',
    'its last moment too'
  ),
  ('B4', '06:00', '2025-03-04', 1000, '2025-03-04 over_floor watch none', 'by its own floor'),
  (
    'C1', '06:00', '2025-03-06', 5000.01, '2025-03-06 over_floor reportable open',
    'a version from a moment later: the day began with the one before'
  ),
  (
    'C2', '23:00', '2025-03-06', 5000.01, '2025-03-06 over_floor reportable open',
    'which judges it to its end'
  ),
  (
    'D1', '06:00', '2025-03-07', 20000, '2025-03-07 over_floor near none',
    'the new one judges the next day'
  ),
  (
    'D2', '06:00', '2025-03-07', 20000.01, '2025-03-07 over_floor reportable open',
    'by more than its threshold'
  ),
  (
    'E1', '05:59:59.999999', '2025-03-09', 20000, '2025-03-08 over_floor near none',
    'a day of 23 hours ends by the version it began with'
  ),
  (
    'E2', '06:00', '2025-03-09', 8000.01, '2025-03-09 over_floor reportable open',
    'and the next begins with the version of that moment'
  )
) as w (card, clock, day, amount, judged, what);

-- Entered or corrected after the change, a day stays with the version it began with.
select tests.sign_out();
select tests.cash('A1', 'in', 'chip_purchase', 0.01, tests.at('07:00', '2025-03-03'));
select is(
  (tests.ctr_case('A1', '2025-03-03')).state, 'open', 'what comes late is over the old threshold'
);
select tests.player('A5');
select tests.cash('A5', 'in', 'chip_purchase', 9000, tests.at('05:59', '2025-03-04'));
select tests.cash('A5', 'in', 'chip_purchase', 4000, tests.at('06:00', '2025-03-04'));
select is((tests.ctr_case('A5', '2025-03-03')).state, null, 'across the change: 9,000 are no case');
select is((tests.ctr_case('A5', '2025-03-04')).state, null, 'nor are 4,000 of the next day');
select tests.cash('A5', 'in', 'chip_purchase', 1000.01, tests.at('05:59', '2025-03-05'));
select is((tests.ctr_case('A5', '2025-03-04')).state, 'open', 'until they are more than 5,000');

select * from finish();
rollback;
