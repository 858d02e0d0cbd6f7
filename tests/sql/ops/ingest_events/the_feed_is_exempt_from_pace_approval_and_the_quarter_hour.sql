begin;
set local search_path to pgtap, public;
select plan(5);

select tests.casino('TEXEM');
select tests.player('P1');
select is(
  (
    select string_agg(distinct tests.happens(
      'r' || n, tests.at('10:00'), 'reward',
      '{"card": "P1", "points": 100, "reason": "a good customer"}'
    ), ',')
    from generate_series(1, 12) as n
  ),
  'applied', 'twelve rewards in a minute'
);
select is(
  tests.happens('big', tests.at('10:00'), 'reward',
    '{"card": "P1", "points": 10000, "reason": "a good customer"}'),
  'applied', 'a reward above the approval threshold is given at once'
);
select is((tests.standing('P1')).current_balance, 11200::bigint, 'all of them count');
select is(
  tests.happens('limit', tests.at('10:00'), 'reward',
    '{"card": "P1", "points": 10001, "reason": "a good customer"}'),
  'REWARD_EXCEEDS_LIMIT', 'the limit of one reward holds'
);
select is(
  (
    select count(distinct (e.occurred_at, e.gaming_day))::integer
    from tests.entries('P1') as e
    where e.occurred_at = tests.at('10:00') and e.gaming_day = '2025-03-03'
  ),
  1, 'entries have the time of their event and its gaming day'
);

select * from finish();
rollback;
