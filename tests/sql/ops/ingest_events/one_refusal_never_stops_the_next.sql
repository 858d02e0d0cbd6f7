begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TNEXT');
select tests.player('P1');

select results_eq(
  $$
    select f.key, f.outcome, f.code
    from tests.feed(jsonb_build_array(
      '{"key": "1", "at": "2025-03-03T10:00-08:00", "type": "visit_opened", "card": "P1"}'::jsonb,
      '{"key": "2", "at": "2025-03-03T10:01-08:00", "type": "visit_opened", "card": "P2"}'::jsonb,
      '{"key": "3", "at": "2025-03-03T10:02-08:00", "type": "dance", "card": "P1"}'::jsonb,
      '[]'::jsonb,
      '{"key": "4", "at": "2025-03-03T10:03-08:00", "type": "visit_closed", "card": "P1"}'::jsonb
    )) as f
  $$,
  $$
    values
      ('1', 'applied', null), ('2', 'refused', 'PLAYER_NOT_FOUND'),
      ('3', 'refused', 'UNKNOWN_EVENT_TYPE'), (null, 'refused', 'MALFORMED_EVENT'),
      ('4', 'applied', null)
  $$,
  'every event has its outcome, in order'
);
select is(
  (select v.closed_at from floor.visit as v where v.visit_id = tests.visit_id('P1')),
  tests.at('10:03'), 'the ones around a refusal are applied'
);

select * from finish();
rollback;
