-- Worked case D8: currency that A moves on behalf of B counts for B only; A is named.

begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('RAGEN');
select tests.person('olga', 'compliance_officer');
select tests.player(c.card) from unnest('{A,B,C}'::text[]) as c (card);
select tests.sign_in('olga');

select tests.enter('A', 'chip_purchase', 6000, tests.at('10:00'), '{"agent_for": "B"}');
select is(
  tests.sums('A') || ', ' || tests.sums('B'), '0.00 / 0.00, 6000.00 / 0.00',
  'D8: A''s 6 000 are B''s'
);
select tests.enter('B', 'chip_purchase', 5000, tests.at('11:00'));
select is(
  tests.sums('B') || ' ' || tests.cases('B'), '11000.00 / 0.00 open', 'D8: B 11 000: yes'
);
select is(tests.cases('A'), 'none', 'D8: A has no case');
select results_eq(
  $$
    select e.amount, e.agent_patron_id = tests.who('A')
    from compliance.mtl_entry as e
    where e.patron_id = tests.who('B')
    order by e.occurred_at
  $$,
  $$ values (6000::numeric, true), (5000, null) $$,
  'D8: A is named on the entry'
);
select is(
  (
    select l.agent_name || ' for ' || l.person_name
    from compliance.mtl_log as l
    where l.agent_patron_id = tests.who('A')
  ),
  'Pat A for Pat B', 'D8: in the log too'
);

-- An unknown person may act for a player, who may turn out to be themselves.
select compliance.describe_patron(
  'tall man', null, null, null, null, null, null, null, null, 'tall man'
);
select tests.enter('tall man', 'chip_purchase', 700, tests.at('10:00'), '{"agent_for": "C"}');
select is(
  tests.sums('tall man') || ', ' || tests.sums('C'), '0.00 / 0.00, 700.00 / 0.00',
  'somebody unknown may be the agent'
);
select compliance.identify_patron(tests.who('tall man'), tests.player_id('C'), 'it is C');
select tests.enter('tall man', 'chip_purchase', 800, tests.at('11:00'), '{"agent_for": "C"}');
select is(
  (
    select e.agent_patron_id
    from compliance.mtl_entry as e
    where e.patron_id = tests.who('C') and e.amount = 800
  ),
  null, 'nobody is their own agent'
);
select is(tests.sums('C'), '1500.00 / 0.00', 'it counts once');

select is(
  (tests.enter('A', 'money_play', 500, tests.at('12:00'), '{"agent_for": "B", "table": "T1"}'))
    .recorded_amount,
  500::numeric, 'an agent''s bet'
);
select is(
  (tests.enter('B', 'money_play', 600, tests.at('12:10'), '{"table": "T1"}')).recorded_amount,
  100::numeric, 'rides for whom it is'
);
select is(
  (tests.enter('A', 'money_play', 600, tests.at('12:20'), '{"table": "T1"}')).recorded_amount,
  600::numeric, 'and not for the agent'
);

select * from finish();
rollback;
