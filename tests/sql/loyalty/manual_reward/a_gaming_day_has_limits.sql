begin;
set local search_path to pgtap, public;
select plan(27);

select tests.casino('TDAYL');
select tests.person('ann', 'pit_boss');
select tests.person('bob', 'pit_boss');
select tests.player('P1');
select tests.player('P2');

create function tests.limits(changes jsonb) returns void
language sql
security definer
begin atomic
  select set_config('pit.casino', tests.casino_id()::text, true);
  select loyalty._add_policy(
    loyalty._policy_settings(tests.policy('pt1')) || changes,
    now() - interval '1 second' + (tests.policy('pt1')).version * interval '1 millisecond'
  );
  select set_config('pit.casino', '', true);
end;
create function tests.give(card text, points bigint) returns text
language sql
return tests.refusal(
  format(
    'select loyalty.manual_reward(tests.player_id(%L), %s, %L, %L)', card, points,
    'a small thank you', gen_random_uuid()
  )
);
create function tests.left_over(card text, points bigint) returns text
language sql
return tests.refusal_details(
  format(
    'select loyalty.manual_reward(tests.player_id(%L), %s, %L, %L)', card, points,
    'a small thank you', gen_random_uuid()
  )
) ->> 'left';

select tests.sign_in('ann');
select is(tests.give('P1', 4000), 'nothing', 'without limits of the day');
select is(tests.give('P1', 4000), 'nothing', 'only the single reward is limited');
select tests.sign_out();

select tests.limits('{"staff_day_limit": 10000}');
select tests.sign_in('ann');
select is(tests.left_over('P1', 2001), '2000', 'a person''s day: what was given before counts');
select throws_ok(
  $$ select loyalty.manual_reward(tests.player_id('P2'), 2001, 'a small thank you', 'k') $$,
  'LYSDL', 'You may give 2000 more points today, of 10000 a gaming day.',
  'the sentence says what is left'
);
select ok(
  (
    tests.refusal_details(
      $$ select loyalty.manual_reward(tests.player_id('P2'), 2001, 'a small thank you', 'k') $$
    ) ->> 'retryAfterSeconds'
  )::integer between 1 and 90000,
  'and for how long'
);
select is((loyalty.reward_terms()).staff_day_left, 2000::bigint, 'the dialog knows before');
select is(tests.give('P2', 2000), 'nothing', 'all of it can be given');
select is(tests.give('P2', 1), 'STAFF_DAY_LIMIT_EXCEEDED', 'and no point more');
select tests.sign_in('bob');
select is(tests.give('P2', 1), 'nothing', 'a colleague has a day of their own');
select is(tests.left_over('P1', 10000), '9999', 'with as much');
select is(tests.give('P1', 6000), 'nothing', 'a request counts from its asking');
select is(tests.left_over('P1', 4000), '3999', 'while it waits');
select tests.sign_out();
create function tests.wait_for(how_long interval) returns void
language sql
security definer
begin atomic
  update loyalty.reward_request as r
  set expires_at = now() + how_long
  where r.casino_id = tests.casino_id();
end;
select tests.wait_for('0');
select tests.sign_in('bob');
select is(tests.left_over('P1', 10000), '9999', 'not when its time is over');
select tests.sign_out();
select tests.wait_for('1 hour');
select tests.limits('{"staff_day_limit": null, "player_day_limit": 14000}');
select tests.sign_in('bob');
select is(tests.left_over('P1', 10000), '0', 'it counts for the player too');
select tests.sign_out();
select tests.limits('{"staff_day_limit": 10000, "player_day_limit": null}');
select tests.sign_in('ann');
select loyalty.approve_reward(a.reward_request_id) from loyalty.approval as a;
select tests.sign_in('bob');
select is(tests.left_over('P1', 4000), '3999', 'and once it is approved');
select is(tests.give('P1', 5001), 'STAFF_DAY_LIMIT_EXCEEDED', 'asking for more is refused too');
select tests.sign_out();
select is(
  tests.happens(
    'feed', now(), 'reward', '{"card": "P1", "points": 9000, "reason": "told by the feed"}'
  ),
  'applied', 'a feed tells what was given elsewhere'
);

select tests.limits('{"staff_day_limit": null, "player_day_limit": 25000}');
select tests.sign_in('bob');
select is(
  tests.left_over('P1', 2001), '2000', 'a player''s day: whoever gave, feed and requests too'
);
select is(tests.give('P1', 2001), 'PLAYER_DAY_LIMIT_EXCEEDED', 'has its own refusal');
select is(tests.give('P1', 2000), 'nothing', 'what is left can be given');
select is(tests.give('P1', 1), 'PLAYER_DAY_LIMIT_EXCEEDED', 'and no point more');
select is(tests.give('P2', 4000), 'nothing', 'another player has a day of their own');
select tests.sign_out();
update loyalty.reward_request as r
set status = 'declined', decided_by = uuidv7(), entry_no = null
where r.casino_id = tests.casino_id();
select tests.sign_in('bob');
select is(tests.left_over('P1', 6001), '6000', 'what is declined counts no longer');

select tests.sign_out();
select tests.limits('{"staff_day_limit": null, "player_day_limit": null, "reward_limit": 9000}');
select tests.sign_in('bob');
select is(tests.give('P1', 9001), 'REWARD_EXCEEDS_LIMIT', 'each reward has its own limit');
select is(tests.give('P1', 4999), 'nothing', 'and is all that counts without the others');
select tests.sign_out();
select is(
  (select t.free_limit from loyalty.terms_in_force as t where t.casino_id = tests.casino_id()),
  4999::bigint, 'then nothing of the day is asked'
);
select tests.limits('{"player_day_limit": 1}');
select is(
  (select t.free_limit from loyalty.terms_in_force as t where t.casino_id = tests.casino_id()),
  0::bigint, 'and with one, every reward is looked at'
);

select * from finish();
rollback;
