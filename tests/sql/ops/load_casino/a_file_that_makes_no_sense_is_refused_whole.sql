begin;
set local search_path to pgtap, public;
select plan(21);

create function pg_temp.refused(changes jsonb) returns text
language sql
volatile
as $$
select tests.refusal(
  format('select ops.load_casino(%L)', tests.property('TBADP', changes))
)
$$;

select is(tests.refusal($$ select ops.load_casino(null) $$), 'INVALID_PROPERTY', 'nothing');
select is(tests.refusal($$ select ops.load_casino('[]') $$), 'INVALID_PROPERTY', 'a list');
select is(tests.refusal($$ select ops.load_casino('{}') $$), 'INVALID_PROPERTY', 'no code');
select is(pg_temp.refused('{"code": "lower"}'), 'INVALID_PROPERTY', 'a code in small letters');
select is(pg_temp.refused('{"name": " "}'), 'INVALID_PROPERTY', 'no name');
select is(pg_temp.refused('{"timezone": "Moon/Crater"}'), 'INVALID_PROPERTY', 'an unknown zone');
select is(pg_temp.refused('{"gaming_day_start": "25:00"}'), 'INVALID_PROPERTY', 'no such hour');
select is(pg_temp.refused('{"gaming_day_start": "noon"}'), 'INVALID_PROPERTY', 'no hour at all');
select is(pg_temp.refused('{"policy": "magic"}'), 'INVALID_PROPERTY', 'an unknown policy');
select is(pg_temp.refused('{"tiers": []}'), 'INVALID_PROPERTY', 'no tiers');
select is(
  pg_temp.refused('{"tiers": [{"tier": "GOLD", "threshold_points": 5, "multiplier": 1}]}'),
  'INVALID_PROPERTY', 'no tier from 0'
);
select is(
  pg_temp.refused('{"tiers": [
    {"tier": "A", "threshold_points": 0, "multiplier": 1},
    {"tier": "A", "threshold_points": 5, "multiplier": 1}
  ]}'),
  'INVALID_PROPERTY', 'one tier twice'
);
select is(pg_temp.refused('{"games": {}}'), 'INVALID_PROPERTY', 'games that are no list');
select is(pg_temp.refused('{"tables": 7}'), 'INVALID_PROPERTY', 'tables that are no list');
select is(
  pg_temp.refused('{"games": []}'), 'INVALID_PROPERTY', 'tables with games that aren''t there'
);
select is(
  pg_temp.refused('{
    "tables": [], "games": [{
      "code": "g", "name": "G", "house_edge": 0, "decisions_per_hour": 60, "seats": 7
    }]
  }'),
  'INVALID_PROPERTY', 'a game without an edge'
);
select is(
  pg_temp.refused('{
    "tables": [], "games": [{
      "code": "g", "name": "G", "house_edge": "high", "decisions_per_hour": 60, "seats": 7
    }]
  }'),
  'INVALID_PROPERTY', 'an edge that is no number'
);
select is(
  pg_temp.refused('{"thresholds": {"log_floor": 20000, "ctr_threshold": 10000}}'),
  'INVALID_PROPERTY', 'thresholds the wrong way round'
);
select is(
  pg_temp.refused('{"thresholds": {"log_floor": "much"}}'), 'INVALID_PROPERTY', 'or no numbers'
);
select is_empty(
  $$ select c.code from identity.casino as c where c.code in ('TBADP', 'lower') $$,
  'nothing of a refused file is kept'
);
select is(pg_temp.refused('{}'), 'nothing', 'the same file without faults is loaded');

select * from finish();
rollback;
