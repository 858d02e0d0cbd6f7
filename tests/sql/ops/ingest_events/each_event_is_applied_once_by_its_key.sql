begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TFEED');
select tests.player('P1');

select is(
  tests.happens('v1', tests.at('10:00'), 'visit_opened', '{"card": "P1"}'), 'applied', 'applied'
);
select is(
  tests.happens('v1', tests.at('10:00'), 'visit_opened', '{"card": "P1"}'), 'replayed',
  'the same again is replayed'
);
select results_eq(
  $$
    select f.key, f.outcome, f.code
    from tests.feed(format(
      '[{"type": "visit_opened", "card": "P1", "at": "%s", "key": "v1"}]',
      replace(to_json(tests.at('10:00'))::text, '"', '')
    )::jsonb) as f
  $$,
  $$ values ('v1', 'replayed', null::text) $$,
  'whatever the order of its fields'
);
select is(
  tests.happens('v1', tests.at('10:00'), 'visit_opened', '{"card": "P1", "more": 1}'),
  'IDEMPOTENCY_CONFLICT', 'an applied key with other content'
);
select is(
  tests.happens('v1', tests.at('10:00'), 'visit_opened', '{"card": "P1", "more": 1}'),
  'IDEMPOTENCY_CONFLICT', 'is refused every time'
);
select is(
  tests.happens('v1', tests.at('10:00'), 'visit_opened', '{"card": "P1"}'), 'replayed',
  'the first content is still replayed'
);
select is(
  tests.happens('p9', tests.at('10:01'), 'visit_opened', '{"card": "P9"}'), 'PLAYER_NOT_FOUND',
  'a refusal names its code'
);
select tests.player('P9');
select is(
  tests.happens('p9', tests.at('10:01'), 'visit_opened', '{"card": "P9"}'), 'PLAYER_NOT_FOUND',
  'it is remembered: the same event isn''t evaluated again'
);
select is(
  tests.happens('p9', tests.at('10:02'), 'visit_opened', '{"card": "P9"}'), 'applied',
  'a refused key with other content is evaluated as new'
);
select is(
  tests.happens('p9', tests.at('10:01'), 'visit_opened', '{"card": "P9"}'), 'PLAYER_NOT_FOUND',
  'and what was refused stays refused'
);
select results_eq(
  $$
    select e.event_key, e.outcome, e.code
    from ops.ingested_event as e
    where e.casino_id = tests.casino_id() and e.event_type = 'visit_opened'
    order by e.ingested_event_id
  $$,
  $$
    values
      ('v1', 'applied', null), ('v1', 'refused', 'IDEMPOTENCY_CONFLICT'),
      ('p9', 'refused', 'PLAYER_NOT_FOUND'), ('p9', 'applied', null)
  $$,
  'each outcome is kept once'
);
select is(
  (select count(*)::integer from floor.visit where casino_id = tests.casino_id()), 2,
  'two visits were opened'
);

select * from finish();
rollback;
