begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TSTMP');
select tests.player('P1');
select tests.happens('v', tests.at('05:30'), 'visit_opened', '{"card": "P1"}');
select tests.happens(
  's', tests.at('05:45'), 'slip_opened',
  '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 100}'
);
select tests.happens('c', tests.at('06:45'), 'slip_closed', '{"card": "P1"}');
create function pg_temp.days() returns text
language sql
return (
  select v.gaming_day || ' ' || s.gaming_day || ' ' || e.gaming_day
  from floor.visit as v
  join floor.rating_slip as s using (casino_id, visit_id)
  join loyalty.loyalty_ledger as e using (casino_id, rating_slip_id)
  where v.casino_id = tests.casino_id()
);
select is(
  pg_temp.days(), '2025-03-02 2025-03-02 2025-03-03',
  'visit, slip and entry each have the gaming day of their own moment'
);
select ops.load_casino(tests.property('TSTMP', '{"gaming_day_start": "00:00"}'));
select is(
  pg_temp.days(), '2025-03-02 2025-03-02 2025-03-03', 'a later change of the hour changes nothing'
);

select * from finish();
rollback;
