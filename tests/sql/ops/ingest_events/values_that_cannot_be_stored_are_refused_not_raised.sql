begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TODDV');
select tests.player('P1', 5);

create function pg_temp.outcome(type text, fields jsonb) returns text
language sql
volatile
as $$
select tests.happens(uuidv7()::text, tests.at('10:00'), type, fields)
$$;

select is(
  pg_temp.outcome('player', '{"card": "C1", "first_name": "A", "last_name": "B"}'),
  'INVALID_PLAYER', 'a player without a birth date'
);
select is(
  pg_temp.outcome('player',
    '{"card": "C1", "first_name": "A", "last_name": "B", "birth_date": "1980-02-30"}'),
  'INVALID_PLAYER', 'born on a day that isn''t'
);
select is(
  pg_temp.outcome('player',
    '{"card": "P1", "first_name": "A", "last_name": "B", "birth_date": "1980-02-28"}'),
  'CARD_ALREADY_ENROLLED', 'a card that is taken'
);
select is(
  pg_temp.outcome('visit_opened', '{"card": {"no": 1}}'), 'PLAYER_NOT_FOUND', 'an object as card'
);
select is(
  pg_temp.outcome('redeem', '{"card": "P1", "points": 99999999999999999999, "reason": "x"}'),
  'INVALID_POINTS', 'points without end'
);
select is(
  pg_temp.outcome('reward', '{"card": "P1", "points": "NaN", "reason": "long enough"}'),
  'INVALID_POINTS', 'points that are no number'
);
select is(
  pg_temp.outcome('visit_opened', '{"card": "P1"}'), 'applied', 'the feed goes on'
);
select is(
  pg_temp.outcome('slip_opened',
    '{"card": "P1", "table": "T1", "seat": 99999999999, "average_bet": 1}'),
  'SEAT_OUT_OF_RANGE', 'a seat without end'
);
select is(
  pg_temp.outcome('slip_opened',
    '{"card": "P1", "table": "T1", "seat": 1, "average_bet": 1e30}'),
  'INVALID_AVERAGE_BET', 'a bet without end'
);

select * from finish();
rollback;
