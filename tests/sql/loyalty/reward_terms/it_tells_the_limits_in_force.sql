begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TTERM');
select tests.person('sup', 'floor_supervisor');
select tests.person('mark', 'marketing');
select tests.sign_in('sup');
select row_eq(
  $$ select t.* from loyalty.reward_terms() as t $$,
  row(10000, 10, 10, 5000, 10, 0, null, null, null, 72)::loyalty.reward_limits,
  'limit, reason, pace, threshold, rewards left, seconds to wait, limits of a day, hours'
);
select results_eq(
  $$
    select loyalty.reward_standing(p.points)
    from (values (null), (0), (1), (4999), (5000), (10000), (10001)) as p (points)
  $$,
  $$ values (null), (null), ('given'), ('given'), ('requested'), ('requested'), ('above_limit') $$,
  'what a reward of so many points would be'
);
select tests.sign_out();
insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', now(),
  'reward_limit', 500, 'reward_reason_length', 3, 'rewards_per_minute', 2,
  'approval_threshold', 100, 'staff_day_limit', 1000, 'player_day_limit', 300, 'request_hours', 8
))).*;
select tests.player('P1');
select tests.sign_in('sup');
select row_eq(
  $$ select t.* from loyalty.reward_terms() as t $$,
  row(500, 3, 2, 100, 2, 0, 1000, 1000, 300, 8)::loyalty.reward_limits,
  'they are configuration: a new version has other limits'
);
select is(loyalty.reward_standing(501), 'above_limit', 'which is told before');
select throws_ok(
  $$ select loyalty.manual_reward(tests.player_id('P1'), 501, 'why', 'k1') $$,
  'LYLIM', null, 'and the command keeps to them'
);
select is(loyalty.reward_standing(100), 'requested', 'and so is who has to be asked');
select is(
  ((loyalty.manual_reward(tests.player_id('P1'), 100, 'why', 'k2')).reward_request).status,
  'pending', 'all of them'
);
select is(loyalty.reward_standing(99), 'given', 'one point less is given');
select is(
  ((loyalty.manual_reward(tests.player_id('P1'), 99, 'why', 'k3')).ledger_entry).points_change,
  99::bigint, 'at once'
);
select tests.sign_in('mark');
select throws_ok(
  $$ select loyalty.reward_terms() $$, 'IDFRB', null, 'for those who may award'
);
select throws_ok(
  $$ select loyalty.reward_standing(1) $$, 'IDFRB', null, 'both questions'
);

select * from finish();
rollback;
