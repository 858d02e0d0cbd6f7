begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('TNITE');
select tests.player('P1');
select tests.player('P2');
select tests.happens('v1', tests.at('22:00', '2025-03-08'), 'visit_opened', '{"card": "P1"}');
select tests.happens('v2', tests.at('22:00', '2025-11-01'), 'visit_opened', '{"card": "P2"}');
select tests.happens(
  's1', '2025-03-09 01:30-08', 'slip_opened',
  '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 5}'
);
select tests.happens('c1', '2025-03-09 03:30-07', 'slip_closed', '{"card": "P1"}');
select is(
  (tests.slip('P1')).accumulated_seconds, 3600,
  'in spring, half past one to half past three is an hour'
);
select tests.happens(
  's2', '2025-11-02 01:30-07', 'slip_opened',
  '{"card": "P2", "table": "T1", "seat": 1, "average_bet": 5}'
);
select tests.happens('c2', '2025-11-02 01:30-08', 'slip_closed', '{"card": "P2"}');
select is(
  (tests.slip('P2')).accumulated_seconds, 3600,
  'in autumn, half past one to half past one is an hour'
);
select is((tests.slip('P1')).gaming_day, '2025-03-08'::date, 'both are of the evening before');
select is((tests.slip('P2')).gaming_day, '2025-11-01'::date, 'in autumn too');

select * from finish();
rollback;
