begin;
set local search_path to pgtap, public;
select plan(5);

select tests.casino('TEVNT');
select tests.player('P1');
select tests.seat('P1', 'T1', 1, 100, '1 hour');
select tests.happens(
  'bet', now() - interval '50 minutes', 'bet_observed', '{"card": "P1", "average_bet": 200}'
);
select tests.happens('pause', now() - interval '40 minutes', 'slip_paused', '{"card": "P1"}');
select tests.happens(
  'later', now() - interval '35 minutes', 'bet_observed', '{"card": "P1", "average_bet": 300}'
);
select tests.happens('resume', now() - interval '30 minutes', 'slip_resumed', '{"card": "P1"}');
select tests.happens(
  'move', now() - interval '20 minutes', 'moved',
  '{"card": "P1", "table": "T2", "seat": 2, "average_bet": 50}'
);
select tests.happens('close', now() - interval '10 minutes', 'slip_closed', '{"card": "P1"}');

select results_eq(
  $$
    select e.event_no, e.event_type, e.average_bet, e.running
    from floor.rating_slip_event as e
    join floor.rating_slip as s using (casino_id, rating_slip_id)
    where e.casino_id = tests.casino_id()
    order by s.opened_at, e.event_no
  $$,
  $$
    values
      (1, 'opened', 100.00, true), (2, 'bet_observed', 200.00, true),
      (3, 'paused', 200.00, false), (4, 'bet_observed', 300.00, false),
      (5, 'resumed', 300.00, true), (6, 'moved', 300.00, false),
      (1, 'opened', 50.00, true), (2, 'closed', 50.00, false)
  $$,
  'every step is an event with the bet in effect and whether time runs'
);
select throws_ok(
  $$ update floor.rating_slip_event set average_bet = 1 where casino_id = tests.casino_id() $$,
  'OPIMM', null, 'no event is changed'
);
select throws_ok(
  $$ delete from floor.rating_slip_event where casino_id = tests.casino_id() $$,
  'OPIMM', null, 'none is removed'
);
select throws_ok(
  $$ delete from floor.rating_slip where casino_id = tests.casino_id() $$,
  '23001', null, 'and no slip, because its events refer to it'
);
select throws_ok(
  $$ delete from floor.player where casino_id = tests.casino_id() $$,
  '23001', null, 'nor a player with slips'
);

select * from finish();
rollback;
