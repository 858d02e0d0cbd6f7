begin;
set local search_path to pgtap, public;
select plan(20);

select tests.casino('TLORD');
select tests.player('P1', 100);

create function pg_temp.now_happens(type text, fields jsonb, key text default null) returns text
language sql
volatile
as $$
select tests.happens(coalesce(key, uuidv7()::text), tests.at('10:00'), type, fields)
$$;

select is(
  pg_temp.now_happens('reward', '{"card": "P9", "points": 0, "reason": ""}'),
  'PLAYER_NOT_FOUND', 'reward: player'
);
select is(
  pg_temp.now_happens('reward', '{"card": "P1", "points": 0, "reason": "short"}'),
  'REASON_REQUIRED', 'then reason'
);
select is(
  pg_temp.now_happens('reward', '{"card": "P1", "points": 0, "reason": "long enough"}'),
  'INVALID_POINTS', 'then points at least 1'
);
select is(
  pg_temp.now_happens('reward', '{"card": "P1", "points": 1.5, "reason": "long enough"}'),
  'INVALID_POINTS', 'whole ones'
);
select is(
  pg_temp.now_happens('reward', '{"card": "P1", "points": 10001, "reason": "long enough"}'),
  'REWARD_EXCEEDS_LIMIT', 'then limit'
);
select is(
  pg_temp.now_happens('redeem', '{"card": "P9", "points": 0, "reason": "x"}'),
  'PLAYER_NOT_FOUND', 'redeem: player'
);
select is(
  pg_temp.now_happens('redeem', '{"card": "P1", "points": 0, "reason": "x"}'),
  'INVALID_POINTS', 'then points at least 1'
);
select is(
  pg_temp.now_happens('redeem', '{"card": "P1", "points": 101, "reason": "x"}'),
  'INSUFFICIENT_BALANCE', 'then balance'
);
select is(
  pg_temp.now_happens(
    'redeem', '{"card": "P1", "points": 60, "reason": "x", "cash_amount": 6}', 'r1'
  ),
  'applied', 'it redeems; the cash side comes with the cash log'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "nothing", "reason": ""}'),
  'LEDGER_ENTRY_NOT_FOUND', 'reverse: entry'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "enrol P1", "reason": "x"}'),
  'LEDGER_ENTRY_NOT_FOUND', 'an event without an entry'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "points P1 100", "reason": "x"}'),
  'INSUFFICIENT_BALANCE', 'balance comes last'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "r1", "reason": "x"}', 'u1'), 'applied',
  'a redemption is undone'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "r1", "reason": "x"}'), 'ALREADY_REVERSED', 'once'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "u1", "reason": "x"}'), 'ALREADY_REVERSED',
  'a reversal isn''t'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "points P1 100", "reason": "x"}'), 'applied',
  'a reward is undone'
);
select is((tests.standing('P1')).current_balance, 0::bigint, 'all is undone');
select is(
  pg_temp.now_happens('reward', '{"card": "P1", "points": 5, "reason": "long enough"}', 'r2'),
  'applied', 'a reward'
);
select is(
  pg_temp.now_happens('reverse', '{"ref": "r2"}'), 'applied',
  'a feed''s reversal needs no reason'
);
select is(
  tests.happens('ahead', now() + interval '2 minutes', 'reward',
    '{"card": "P1", "points": 5, "reason": "long enough"}'),
  'INVALID_TIME', 'nothing is given in the future'
);

select * from finish();
rollback;
