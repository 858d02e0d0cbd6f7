begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TASOF');
select tests.person('boss', 'pit_boss');
select tests.person('fay', 'floor_supervisor');
select tests.player('P1');
select tests.player('P2');
select tests.happens(
  'a', tests.at('10:00'), 'reward', '{"card": "P1", "points": 100, "reason": "a fine afternoon"}'
);
select tests.happens(
  'b', tests.at('11:00'), 'reward', '{"card": "P1", "points": 50, "reason": "a fine afternoon"}'
);
-- Written after the others, although it happened before them.
select tests.happens(
  'c', tests.at('09:00'), 'reward', '{"card": "P1", "points": 7, "reason": "a fine afternoon"}'
);

select tests.sign_in('fay');
select is(loyalty.balance_as_of(tests.player_id('P1'), tests.at('08:59')), 0::bigint, 'before all');
select is(
  loyalty.balance_as_of(tests.player_id('P1'), tests.at('09:00')), 7::bigint, 'the moment counts'
);
select is(loyalty.balance_as_of(tests.player_id('P1'), tests.at('10:30')), 107::bigint, 'between');
select is(loyalty.balance_as_of(tests.player_id('P1'), now()), 157::bigint, 'now');
select is(
  loyalty.balance_as_of(tests.player_id('P1'), now()),
  (tests.standing('P1')).current_balance, 'now is the balance'
);
select is(
  loyalty.balance_as_of(tests.player_id('P1'), now(), now() - interval '1 day'), 0::bigint,
  'as it was known yesterday'
);
select is(
  loyalty.balance_as_of(tests.player_id('P2'), now()), 0::bigint, 'nobody''s entries are 0'
);
select is(
  tests.refusal('select loyalty.balance_as_of(gen_random_uuid(), now())'), 'PLAYER_NOT_FOUND',
  'somebody unknown isn''t 0'
);
select tests.sign_out();
set local role pit_staff;
select is(
  tests.refusal('select loyalty.balance_as_of(gen_random_uuid(), now())'), 'UNAUTHORIZED',
  'for people who are signed in'
);
reset role;

select * from finish();
rollback;
