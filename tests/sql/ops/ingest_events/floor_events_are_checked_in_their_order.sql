begin;
set local search_path to pgtap, public;
select plan(34);

select tests.casino('TEORD');
select tests.player('P1');
select tests.player('P2');
select tests.player('P3');
select tests.happens('v1', tests.at('10:00'), 'visit_opened', '{"card": "P1"}');
select tests.happens('v2', tests.at('10:00'), 'visit_opened', '{"card": "P2"}');

-- An event of a fresh key.
create function pg_temp.now_happens(clock text, type text, fields jsonb) returns text
language sql
volatile
as $$
select tests.happens(uuidv7()::text, tests.at(clock), type, fields)
$$;

select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P9", "table": "X", "seat": 0, "average_bet": -1}'),
  'PLAYER_NOT_FOUND', 'slip_opened: player'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P3", "table": "X", "seat": 0, "average_bet": -1}'),
  'VISIT_NOT_OPEN', 'then open visit'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P1", "table": "X", "seat": 0, "average_bet": -1}'),
  'TABLE_NOT_FOUND', 'an unknown table'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P1", "table": "T1", "seat": 8, "average_bet": -1}'),
  'SEAT_OUT_OF_RANGE', 'then seat in range'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P1", "table": "T1", "seat": 1.5, "average_bet": 10}'),
  'SEAT_OUT_OF_RANGE', 'half a seat is none'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P1", "table": "T1", "seat": "one", "average_bet": 10}'),
  'SEAT_OUT_OF_RANGE', 'nor is a word'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P1", "table": "T1", "seat": 1, "average_bet": -1}'),
  'INVALID_AVERAGE_BET', 'then bet'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened', '{"card": "P1", "table": "T1", "seat": 1}'),
  'INVALID_AVERAGE_BET', 'a missing one too'
);
select is(
  pg_temp.now_happens('10:01', 'slip_opened',
    '{"card": "P1", "table": "T1", "seat": 1, "average_bet": "100"}'),
  'applied', 'numbers may be given as text'
);
select is(
  pg_temp.now_happens('10:02', 'slip_opened',
    '{"card": "P1", "table": "X", "seat": 0, "average_bet": -1}'),
  'SLIP_ALREADY_OPEN', 'no open slip comes before table and seat'
);
select is(
  pg_temp.now_happens('10:02', 'slip_opened',
    '{"card": "P2", "table": "T1", "seat": 1, "average_bet": -1}'),
  'SEAT_OCCUPIED', 'seat free comes before bet'
);
select is(
  pg_temp.now_happens('10:00', 'bet_observed', '{"card": "P2", "average_bet": -1}'),
  'RATING_SLIP_NOT_OPEN', 'bet_observed: open slip'
);
select is(
  pg_temp.now_happens('10:00', 'bet_observed', '{"card": "P9", "average_bet": -1}'),
  'RATING_SLIP_NOT_OPEN', 'an unknown card has none'
);
select is(
  pg_temp.now_happens('10:00', 'bet_observed', '{"card": "P1", "average_bet": -1}'),
  'INVALID_TIME', 'then time'
);
select is(
  pg_temp.now_happens('10:05', 'bet_observed', '{"card": "P1", "average_bet": -1}'),
  'INVALID_AVERAGE_BET', 'then bet'
);
select is(
  pg_temp.now_happens('10:00', 'slip_resumed', '{"card": "P1"}'), 'INVALID_TIME',
  'slip_resumed: time'
);
select is(
  pg_temp.now_happens('10:05', 'slip_resumed', '{"card": "P1"}'), 'INVALID_STATE',
  'then not already so'
);
select is(pg_temp.now_happens('10:05', 'slip_paused', '{"card": "P1"}'), 'applied', 'it pauses');
select is(
  pg_temp.now_happens('10:06', 'slip_paused', '{"card": "P1"}'), 'INVALID_STATE', 'once'
);
select is(
  pg_temp.now_happens('10:06', 'slip_paused', '{"card": "P2"}'), 'RATING_SLIP_NOT_OPEN',
  'slip_paused: open slip'
);
select is(
  pg_temp.now_happens('10:00', 'moved',
    '{"card": "P2", "table": "X", "seat": 0, "average_bet": 1}'),
  'RATING_SLIP_NOT_OPEN', 'moved: open slip'
);
select is(
  pg_temp.now_happens('10:00', 'moved',
    '{"card": "P1", "table": "X", "seat": 0, "average_bet": 1}'),
  'INVALID_TIME', 'then time'
);
select is(
  pg_temp.now_happens('10:07', 'moved',
    '{"card": "P1", "table": "X", "seat": 0, "average_bet": 1}'),
  'TABLE_NOT_FOUND', 'then table'
);
select is(
  pg_temp.now_happens('10:07', 'moved',
    '{"card": "P1", "table": "T1", "seat": 0, "average_bet": 1}'),
  'SEAT_OUT_OF_RANGE', 'then seat in range'
);
select is(
  pg_temp.now_happens('10:07', 'moved',
    '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 1}'),
  'SEAT_OCCUPIED', 'then seat free: one''s own isn''t'
);
select is(
  pg_temp.now_happens('10:07', 'moved',
    '{"card": "P1", "table": "T1", "seat": 2, "average_bet": -1}'),
  'INVALID_AVERAGE_BET', 'then bet'
);
select is(
  pg_temp.now_happens('10:00', 'slip_closed', '{"card": "P1"}'), 'INVALID_TIME',
  'slip_closed: time'
);
select is(
  pg_temp.now_happens('10:10', 'slip_closed', '{"card": "P1"}'), 'applied', 'it closes'
);
select is(
  pg_temp.now_happens('10:00', 'slip_closed', '{"card": "P1"}'), 'RATING_SLIP_NOT_OPEN',
  'open slip comes before time, and a closed one isn''t completed again'
);
select is(
  pg_temp.now_happens('10:11', 'visit_closed', '{"card": "P9"}'), 'VISIT_NOT_OPEN',
  'visit_closed: open visit'
);
select is(pg_temp.now_happens('10:11', 'visit_closed', '{"card": "P1"}'), 'applied', 'it closes');
select is(
  pg_temp.now_happens('10:12', 'visit_closed', '{"card": "P1"}'), 'VISIT_NOT_OPEN', 'once'
);
select is(
  pg_temp.now_happens('10:12', 'visit_opened', '{"card": "P2"}'), 'applied',
  'visit_opened: an open visit already is applied'
);
select is(
  (select count(*)::integer from floor.visit where player_id = tests.player_id('P2')), 1,
  'as the same visit'
);

select * from finish();
rollback;
