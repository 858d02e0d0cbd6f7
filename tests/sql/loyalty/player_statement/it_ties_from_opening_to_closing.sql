begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TSTAT');
select tests.person('boss', 'pit_boss');
select tests.person('fay', 'floor_supervisor');
select tests.player('P1');
select tests.happens(
  'a', tests.at('10:00', '2025-03-03'), 'reward',
  '{"card": "P1", "points": 1000, "reason": "a fine afternoon"}'
);
select tests.happens(
  'b', tests.at('10:00', '2025-03-05'), 'reward',
  '{"card": "P1", "points": 500, "reason": "a fine afternoon"}'
);
select tests.happens(
  'c', tests.at('11:00', '2025-03-05'), 'redeem',
  '{"card": "P1", "points": 200, "reason": "dinner"}'
);
-- Written last, although it happened first.
select tests.happens(
  'd', tests.at('10:00', '2025-03-04'), 'reward',
  '{"card": "P1", "points": 30, "reason": "a fine afternoon"}'
);
select tests.happens(
  'e', tests.at('10:00', '2025-03-07'), 'reward',
  '{"card": "P1", "points": 7, "reason": "a fine afternoon"}'
);

select tests.sign_in('fay');
select results_eq(
  $$
    select
      s.player_name, s.card_no, s.casino_name, s.opening_balance, s.earned, s.redeemed, s.expired,
      s.adjusted, s.closing_balance, s.tier
    from loyalty.player_statement(tests.player_id('P1'), '2025-03-04', '2025-03-05') as s
  $$,
  $$
    values (
      'Pat P1', 'P1', 'House of TSTAT', 1000::bigint, 530::bigint, 200::bigint, 0::bigint,
      0::bigint, 1330::bigint, 'BRONZE'
    )
  $$,
  'the period''s sums, between what was before and what is after'
);
select results_eq(
  $$
    select l.entry_no, l.gaming_day, l.description, l.points_change, l.balance
    from loyalty.player_statement(tests.player_id('P1'), '2025-03-04', '2025-03-05') as s
    cross join unnest(s.lines) as l
  $$,
  $$
    values
      (4::bigint, date '2025-03-04', 'Bonus points', 30::bigint, 1030::bigint),
      (2::bigint, date '2025-03-05', 'Bonus points', 500::bigint, 1530::bigint),
      (3::bigint, date '2025-03-05', 'Points redeemed', -200::bigint, 1330::bigint)
  $$,
  'its lines in the order of days, with the balance running'
);
select is(
  (loyalty.player_statement(tests.player_id('P1'), '2000-01-01', '2099-12-31')).closing_balance,
  (tests.standing('P1')).current_balance, 'up to now it ends with the balance'
);
select is(
  (loyalty.player_statement(tests.player_id('P1'), '2000-01-01', '2000-12-31')).lines,
  '{}'::loyalty.statement_line[], 'a period without entries has no lines'
);
select is(
  (loyalty.player_statement(tests.player_id('P1'), '2025-03-06', '2025-03-06')).opening_balance,
  1330::bigint, 'but its balance'
);
select is(
  tests.refusal(
    $$ select loyalty.player_statement(tests.player_id('P1'), '2025-03-06', '2025-03-05') $$
  ),
  'INVALID_PERIOD', 'a period doesn''t end before it begins'
);
select is(
  tests.refusal($$ select loyalty.player_statement(tests.player_id('P1'), null, '2025-03-05') $$),
  'INVALID_PERIOD', 'nor without a beginning'
);
select is(
  tests.refusal(
    $$ select loyalty.player_statement(gen_random_uuid(), '2025-03-04', '2025-03-05') $$
  ),
  'PLAYER_NOT_FOUND', 'nobody unknown has one'
);
select tests.sign_out();
set local role pit_staff;
select is(
  tests.refusal(
    $$ select loyalty.player_statement(gen_random_uuid(), '2025-03-04', '2025-03-05') $$
  ),
  'UNAUTHORIZED', 'for people who are signed in'
);
reset role;

select * from finish();
rollback;
