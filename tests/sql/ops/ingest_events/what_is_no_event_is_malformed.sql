begin;
set local search_path to pgtap, public;
select plan(24);

select tests.casino('TMALF');
select tests.player('P1');

create function pg_temp.outcome(event jsonb) returns text
language sql
volatile
as $$
select coalesce(f.code, f.outcome) from tests.feed(jsonb_build_array(event)) as f
$$;
create function pg_temp.changed(changes jsonb) returns text
language sql
volatile
as $$
select pg_temp.outcome(
  '{"key": "k", "at": "2025-03-03T10:00:00-08:00", "type": "visit_opened", "card": "P1"}'
  || changes
)
$$;

select is(pg_temp.outcome('"text"'), 'MALFORMED_EVENT', 'a text');
select is(pg_temp.outcome('null'), 'MALFORMED_EVENT', 'nothing');
select is(pg_temp.outcome('[]'), 'MALFORMED_EVENT', 'a list');
select is(pg_temp.outcome('{}'), 'MALFORMED_EVENT', 'an empty object');
select is(pg_temp.changed('{"key": null}'), 'MALFORMED_EVENT', 'no key');
select is(pg_temp.changed('{"key": 7}'), 'MALFORMED_EVENT', 'a key that is no text');
select is(pg_temp.changed('{"key": ""}'), 'MALFORMED_EVENT', 'an empty key');
select is(pg_temp.changed('{"key": "pit:slip:1"}'), 'MALFORMED_EVENT', 'a key of our own');
select is(
  pg_temp.changed(jsonb_build_object('key', repeat('k', 201))), 'MALFORMED_EVENT', 'a long key'
);
select is(pg_temp.changed('{"type": null}'), 'MALFORMED_EVENT', 'no type');
select is(pg_temp.changed('{"type": 1}'), 'MALFORMED_EVENT', 'a type that is no text');
select is(pg_temp.changed('{"at": null}'), 'MALFORMED_EVENT', 'no time');
select is(pg_temp.changed('{"at": "yesterday"}'), 'MALFORMED_EVENT', 'a vague time');
select is(
  pg_temp.changed('{"at": "2025-03-03T10:00:00"}'), 'MALFORMED_EVENT', 'a time without offset'
);
select is(
  pg_temp.changed('{"at": "2025-02-30T10:00:00Z"}'), 'MALFORMED_EVENT', 'a day that isn''t'
);
select is(
  pg_temp.changed('{"at": "2025-03-03T25:00:00Z"}'), 'MALFORMED_EVENT', 'an hour that isn''t'
);
select is(
  pg_temp.changed('{"type": "dance", "at": "x"}'), 'MALFORMED_EVENT', 'asked before the type'
);
select is(pg_temp.changed('{"type": "dance"}'), 'UNKNOWN_EVENT_TYPE', 'which may be unknown');
select is(
  pg_temp.changed('{"type": "VISIT_OPENED"}'), 'UNKNOWN_EVENT_TYPE', 'types are in small letters'
);
select is(pg_temp.changed('{}'), 'applied', 'a key that was malformed before can still be used');
select is(
  pg_temp.changed('{"key": "z", "at": "2025-03-03T18:00:00.5Z"}'), 'applied',
  'times may be in Z and have fractions'
);
select throws_ok(
  $$ select * from tests.feed('{}') $$, 'OPMAL', null, 'a call takes a list'
);
select throws_ok($$ select * from tests.feed(null) $$, 'OPMAL', null, 'not nothing');
select is_empty($$ select * from tests.feed('[]') $$, 'an empty list is a list');

select * from finish();
rollback;
