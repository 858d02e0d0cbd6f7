begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TRSLP');
select tests.player('P1');
select tests.happens('v', tests.at('10:00'), 'visit_opened', '{"card": "P1"}');
select tests.happens('s', tests.at('10:00'), 'slip_opened',
  '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 100}');
select tests.happens('m', tests.at('11:00'), 'moved',
  '{"card": "P1", "table": "T2", "seat": 1, "average_bet": 100}');
select tests.happens('c', tests.at('12:00'), 'slip_closed', '{"card": "P1"}');
select tests.happens('s2', tests.at('12:00'), 'slip_opened',
  '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 100}');
select tests.happens('h', tests.at('13:00'), 'visit_closed', '{"card": "P1"}');
select is((tests.standing('P1')).current_balance, 4860::bigint, 'three slips earned points');

create function pg_temp.reverse(ref text) returns text
language sql
volatile
as $$
select tests.happens(
  'undo ' || ref, tests.at('14:00'), 'reverse', jsonb_build_object('ref', ref, 'reason', 'x')
)
$$;
select is(pg_temp.reverse('s'), 'LEDGER_ENTRY_NOT_FOUND', 'what opened a slip posted nothing');
select is(pg_temp.reverse('m'), 'applied', 'a move');
select is(pg_temp.reverse('c'), 'applied', 'a closing');
select is(pg_temp.reverse('h'), 'applied', 'the end of a visit');
select is((tests.standing('P1')).current_balance, 0::bigint, 'all three are taken back');
select results_eq(
  $$
    select e.reverses_entry_no
    from tests.entries('P1') as e
    where e.transaction_type = 'REVERSAL'
  $$,
  $$ values (1::bigint), (2), (3) $$,
  'each its own'
);

select * from finish();
rollback;
