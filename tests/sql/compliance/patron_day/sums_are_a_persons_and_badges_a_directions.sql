begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('TDAYS');
select tests.person('eve', 'compliance_officer');

-- The badge of a cash sum, and the one that compliance._badge gives.
create function tests.badge(amount numeric, direction text) returns text
language plpgsql
as $$
declare
  v_card text := format('%s %s', direction, amount);
  v_badge text;
begin
  perform tests.player(v_card);
  perform tests.cash(
    v_card, direction, case direction when 'in' then 'wire_purchase' else 'wire_payout' end, amount
  );
  perform tests.sign_in('eve');
  select format('%s %s', d.badge_in, d.badge_out) into v_badge
  from compliance.patron_day as d
  where d.card_no = v_card;
  perform tests.sign_out();
  return v_badge;
end
$$;
select is(
  tests.badge(b.amount, b.direction), b.badge, format('%s %s: %s', b.amount, b.direction, b.badge)
)
from (
  values
  (2999.99, 'in', 'none none'), (3000, 'in', 'watch none'), (9000, 'in', 'watch none'),
  (9000.01, 'in', 'near none'), (10000, 'in', 'near none'), (10000.01, 'in', 'reportable none'),
  (2999.99, 'out', 'none none'), (3000, 'out', 'none watch'), (9000, 'out', 'none watch'),
  (9000.01, 'out', 'none near'), (10000, 'out', 'none near'), (10000.01, 'out', 'none reportable')
) as b (amount, direction, badge);
select is_empty(
  $$
    select f.card_no
    from compliance.patron_gaming_day as d
    join compliance.patron as p using (casino_id, patron_id)
    join floor.player as f using (casino_id, player_id)
    cross join lateral (
      select t from compliance.threshold_policy as t where t.casino_id = d.casino_id
    ) as t (policy)
    join compliance.patron_day as v using (casino_id, patron_id, gaming_day)
    where d.casino_id = tests.casino_id()
      and (v.badge_in, v.badge_out)
        is distinct from
        (compliance._badge(d.cash_in, t.policy), compliance._badge(d.cash_out, t.policy))
  $$,
  'the view''s badges are the ones that cases go by'
);

select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 5000, tests.at('19:00'), '{"area": "pit"}');
select tests.happens('U1', tests.at('19:00'), 'person', '{"description": "red scarf"}');
select tests.happens(
  'U1c', tests.at('20:00'), 'cash',
  '{"person": "U1", "direction": "in", "kind": "bill_validator", "area": "slot",
    "tender": "currency", "amount": "6000"}'
);
select tests.sign_in('eve');
select results_eq(
  $$
    select d.name, d.description, d.cash_in, d.areas, d.case_state
    from compliance.patron_day as d
    where d.gaming_day = '2025-03-03' and (d.card_no = 'P1' or d.player_id is null)
    order by d.name
  $$,
  $$
    values
      ('Pat P1', null, 5000::numeric, '{pit}'::text[], null::text),
      (null, 'red scarf', 6000, '{slot}', null)
  $$,
  'two people, two rows'
);
select tests.sign_out();
select tests.happens('U1i', tests.at('21:00'), 'identified', '{"person": "U1", "card": "P1"}');
select tests.sign_in('eve');
select results_eq(
  $$
    select d.name, d.cash_in, d.entries_in, d.badge_in, d.areas, d.case_state, d.due_on
    from compliance.patron_day as d
    where d.gaming_day = '2025-03-03' and (d.card_no = 'P1' or d.player_id is null)
  $$,
  $$
    values (
      'Pat P1', 11000::numeric, 2, 'reportable', '{pit,slot}'::text[], 'open',
      '2025-03-18'::date
    )
  $$,
  'identified they are one, with the case'
);
select results_eq(
  $$
    select
      s.persons, s.reportable, s.near, s.watch, s.cases_open, s.entries_in, s.entries_out,
      s.cash_in - s.cash_out
    from compliance.gaming_day_summary as s
    where s.gaming_day = '2025-03-03'
  $$,
  $$ values (13, 3, 4, 4, 3, 8, 6, 11000::numeric) $$,
  'the day adds them up'
);
select results_eq(
  $$
    select
      c.name, c.cash_in, c.overdue, c.days_left < 0, c.state, c.filed_version
    from compliance.ctr_case_summary as c
    where c.card_no = 'P1'
  $$,
  $$ values ('Pat P1', 11000::numeric, true, true, 'open', null::integer) $$,
  'the case has them too'
);
select tests.sign_out();

select ops.load_casino(
  tests.property('TDAYS', '{"thresholds": {"log_floor": 1, "ctr_threshold": 2}}')
);
select tests.sign_in('eve');
select is(
  (select d.badge_in from compliance.patron_day as d where d.card_no = 'in 2999.99'), 'none',
  'a day is judged by the thresholds that were in force when it began'
);
select tests.sign_out();
select tests.sign_in('eve');
select is(
  (
    select s.is_over
    from compliance.gaming_day_summary as s
    where s.gaming_day = '2025-03-03'
  ),
  true, 'a day long past is over'
);

select * from finish();
rollback;
