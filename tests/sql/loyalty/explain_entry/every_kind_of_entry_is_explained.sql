begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('TEXPL');
select tests.person('boss', 'pit_boss');
select tests.person('mark', 'marketing');
select tests.person('mia', 'marketing');
select tests.person('fay', 'floor_supervisor');
select tests.player('P1', 9000);

create function tests.explained(entry_no bigint) returns loyalty.entry_explanation
language sql
return loyalty.explain_entry(tests.player_id('P1'), entry_no);

create function tests.steps(entry_no bigint) returns text
language sql
return (
  select string_agg(format('%s: %s', s.step, s.figure), '; ' order by s.step_no)
  from unnest((tests.explained(entry_no)).steps) as s
);

select tests.sign_in('mark');
select set_config(
  'tests.promotion',
  (
    (loyalty.create_promotion(
      'Double night', now() - interval '1 day', now() + interval '1 day', 1.5, 100000, 'promo'
    )).promotion
  ).promotion_id::text,
  true
);
select tests.sign_in('mia');
select loyalty.publish_promotion(current_setting('tests.promotion')::uuid);
select tests.sign_out();
select tests.seat('P1', 'T1', 1, 100, '61 minutes');
select tests.sign_in('boss');
select floor.complete_rating_slip(tests.slip_id('P1'));
select loyalty.manual_reward(tests.player_id('P1'), 250, 'a fine afternoon', 'k1');
select loyalty.redeem(tests.player_id('P1'), 1000, 'dinner for two', 'k2');
select tests.sign_in('mark');
select loyalty.reverse_entry(tests.player_id('P1'), 4, 'given by mistake', 'k3');
select set_config(
  'tests.request',
  ((loyalty.adjust_points(tests.player_id('P1'), -40, 'counted twice', 'k4')).reward_request
  ).reward_request_id::text,
  true
);
select tests.sign_in('mia');
select loyalty.approve_reward(current_setting('tests.request')::uuid);
select tests.sign_in('fay');

select is(
  tests.steps(2),
  'Average bet: 100.00; Time played: 3660; Decisions: 61; Theoretical win: 164.7; '
  'Base points: 1647; With the tier: 1647; With the seat bonus: 1647; '
  'With the volume bonus: 1811.7; Points: 1812',
  'play, step by step'
);
select is((tests.explained(2)).policy_name, 'pt1', 'which policy');
select is((tests.explained(2)).policy_version, 1, 'which version of it');
select matches(
  (tests.explained(2)).summary,
  '^These 1,812 points are for play from \d{4}-\d\d-\d\d \d\d:\d\d to \d{4}-\d\d-\d\d \d\d:\d\d\. '
  'The player bet \$100\.00 on average for 3,660 seconds, which at 60 decisions an hour makes 61 '
  'decisions and, with a house edge of 2\.7%, a theoretical win of \$164\.70\. Under version 1 of '
  'the policy pt1, in force when the slip was opened, that is worth 1647 base points; the tier '
  'before, BRONZE, makes it 1647; more than 60 decisions make it 1811\.7\. Rounded half up once at '
  'the end, this gives 1,812 points\. The balance went from 9,000 to 10,812 and the tier from '
  'BRONZE to SILVER\.$',
  'and in words'
);
select is(
  tests.steps(3), 'Points of the play: 1812; With the promotion: 2718; Rounded: 2718; Points: 906',
  'a promotion'
);
select is(
  (tests.explained(3)).summary,
  'These 906 points are from the promotion "Double night", which multiplies the points of play by '
  '1.5: entry 2 gave 1,812 points for the same slip, times 1.5 is 2,718, less the 1,812 that were '
  'given already. The balance went from 10,812 to 11,718; the tier is still SILVER.',
  'in words'
);
select is(
  (tests.explained(4)).summary,
  'Boss gave the player 250 points, for this reason: "a fine afternoon". The balance went from '
  '11,718 to 11,968; the tier is still SILVER.',
  'a reward names who gave it and why'
);
select is(
  (tests.explained(5)).summary,
  'Boss redeemed 1,000 points for the player, for this reason: "dinner for two". The balance went '
  'from 11,968 to 10,968; the tier is still SILVER.',
  'a redemption'
);
select is(
  (tests.explained(6)).summary,
  'Mark reversed entry 4 (MANUAL_BONUS of 250 points), for this reason: "given by mistake". The '
  'balance went from 10,968 to 10,718; the tier is still SILVER.',
  'a reversal names what it takes back'
);
select is(
  (tests.explained(7)).summary,
  'Mark adjusted the balance by taking 40 points, approved by Mia, for this reason: "counted '
  'twice". The balance went from 10,718 to 10,678; the tier is still SILVER.',
  'an adjustment names both people'
);
select is(
  (select bool_and((tests.explained(n)).agrees) from generate_series(1, 7) as n), true,
  'every entry agrees with the record'
);
select is(
  ((tests.explained(5)).ledger_entry).points_change, -1000::bigint, 'the entry itself is there'
);

select tests.sign_out();
select tests.happens('left', now(), 'visit_closed', '{"card": "P1"}');
select tests.player('P2');
select tests.happens('v2', tests.at('08:00'), 'visit_opened', '{"card": "P2"}');
select tests.happens(
  's2', tests.at('08:00'), 'slip_opened',
  '{"card": "P2", "table": "C1", "seat": 1, "average_bet": 50}'
);
select tests.happens('c2', tests.at('08:30'), 'slip_closed', '{"card": "P2"}');
select ops.load_casino(tests.property('TEXPL', '{"policy": "theo"}'));
select tests.sign_in('fay');
select is(
  ((loyalty.explain_entry(tests.player_id('P2'), 1))).policy_name, 'pt1',
  'a policy loaded later changes nothing for a slip of before'
);
select is(
  (loyalty.explain_entry(tests.player_id('P2'), 1)).agrees, true, 'which still agrees'
);

select tests.sign_out();
alter table loyalty.loyalty_ledger disable trigger loyalty_ledger_is_append_only;
update loyalty.loyalty_ledger
set points_change = points_change + 1, balance_after = balance_after + 1
where player_id = tests.player_id('P2');
select tests.sign_in('fay');
select is(
  (loyalty.explain_entry(tests.player_id('P2'), 1)).agrees, false,
  'what was changed afterwards doesn''t agree'
);
select matches(
  (loyalty.explain_entry(tests.player_id('P2'), 1)).summary,
  'Calculated anew it would be \d+ points: the entry does not agree with the record\.$',
  'and says so'
);
select is(
  tests.refusal('select loyalty.explain_entry(tests.player_id(''P1''), 8)'),
  'LEDGER_ENTRY_NOT_FOUND', 'what isn''t there isn''t explained'
);
select tests.sign_out();
select tests.casino('TEXPM');
select tests.person('eve', 'pit_boss');
select set_config('tests.p1', (
  select p.player_id::text from floor.player as p
  join identity.casino as c on c.casino_id = p.casino_id
  where c.code = 'TEXPL' and p.card_no = 'P1'
), true);
select tests.sign_in('eve');
select is(
  tests.refusal('select loyalty.explain_entry(current_setting(''tests.p1'')::uuid, 1)'),
  'LEDGER_ENTRY_NOT_FOUND', 'nor another casino''s'
);
select tests.sign_out();
set local role pit_staff;
select is(
  tests.refusal('select loyalty.explain_entry(current_setting(''tests.p1'')::uuid, 1)'),
  'UNAUTHORIZED', 'for people who are signed in'
);
reset role;

select * from finish();
rollback;
