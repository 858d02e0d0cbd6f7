begin;
set local search_path to pgtap, public;
select plan(43);

select tests.casino('TPUBL');
select tests.person('mark', 'marketing');
select tests.person('mia', 'marketing');
select tests.person('ann', 'pit_boss');
select tests.player('P1', 6000);

create function tests.draft(
  policy jsonb,
  tiers jsonb default null,
  effective_from timestamptz default null
) returns uuid
language sql
return (
  (
    loyalty.draft_rules(
      'because of summer', gen_random_uuid()::text, policy, tiers, effective_from
    )
  ).loyalty_draft
).loyalty_draft_id;
create function tests.keep(draft_id uuid) returns uuid
language sql
return set_config('tests.draft', draft_id::text, true)::uuid;
create function tests.kept() returns uuid
language sql
return current_setting('tests.draft')::uuid;

-- What screens offer of the draft to the signed-in person: to publish it, to withdraw it.
create function tests.offered() returns text
language sql
return (
  select loyalty.loyalty_draft_publishable(d) || ' ' || loyalty.loyalty_draft_withdrawable(d)
  from loyalty.loyalty_draft as d
  where d.loyalty_draft_id = tests.kept()
);

select tests.sign_in('mark');
select isnt(tests.keep(tests.draft('{"reward_limit": 500}')), null, 'a draft');
select is(tests.offered(), 'false true', 'its author is offered to take it back');
select throws_ok(
  $$ select loyalty.publish_draft(tests.kept()) $$, 'LYSLF', null, 'nobody publishes their own'
);
select throws_ok($$ select loyalty.publish_draft(uuidv7()) $$, 'LYDFT', null, 'there must be one');
select tests.sign_in('ann');
select throws_ok(
  $$ select loyalty.publish_draft(tests.kept()) $$, 'IDFRB', null, 'it needs loyalty:configure'
);
select is(tests.offered(), null, 'who may not see rules is offered nothing');
select throws_ok(
  'select loyalty.policy_in_force()', 'IDFRB', null, 'nor told the policy in force'
);
select tests.sign_in('mia');
select is(tests.offered(), 'true true', 'somebody else is offered both');
select is(
  (
    select loyalty.loyalty_draft_publishable(
      jsonb_populate_record(d, '{"effective_from": "2020-01-01T00:00:00Z"}')
    )
    from loyalty.loyalty_draft as d
    where d.loyalty_draft_id = tests.kept()
  ),
  false, 'unless its moment has passed'
);
select is(
  (select p.reward_limit from loyalty.policy_in_force() as p), 10000::bigint, 'it isn''t in force'
);
select is(
  (
    select (((d).loyalty_draft).status, (d).replayed)::text
    from loyalty.publish_draft(tests.kept()) as d
  ),
  '(published,f)', 'somebody else publishes it'
);
select is((loyalty.publish_draft(tests.kept())).replayed, true, 'twice is once');
select is(tests.offered(), 'false false', 'of what is decided nothing is offered');
select is((select p.reward_limit from loyalty.policy_in_force() as p), 500::bigint, 'it is now');
select is(
  (select string_agg(t.tier, ' ') from loyalty.tiers_in_force() as t),
  'BRONZE SILVER GOLD PLATINUM', 'the tiers in force, from the lowest up'
);
select throws_ok(
  $$ select loyalty.withdraw_draft(tests.kept(), 'x') $$, 'LYDEC', 'This is already published.',
  'what holds isn''t withdrawn'
);
select tests.sign_in('mark');
select throws_ok(
  $$ select loyalty.publish_draft(tests.kept()) $$, 'LYSLF', null, 'its author is refused for that'
);
select results_eq(
  $$
    select p.version, p.reward_limit, p.effective_from, a.username, b.username, d.note
    from loyalty.loyalty_policy as p
    join loyalty.loyalty_draft as d using (casino_id, loyalty_draft_id)
    join identity.staff as a on a.staff_id = d.drafted_by
    join identity.staff as b on b.staff_id = d.decided_by
  $$,
  $$ values (2, 500::bigint, now(), 'mark', 'mia', 'because of summer') $$,
  'it is a version that names both people'
);
select tests.sign_in('ann');
select throws_ok(
  $$ select loyalty.manual_reward(tests.player_id('P1'), 501, 'a small thank you', 'k') $$,
  'LYLIM', null, 'and holds at once'
);
select tests.sign_out();
select throws_ok(
  $$ update loyalty.loyalty_policy set reward_limit = 1 $$, 'OPIMM', null, 'a version never changes'
);
select throws_ok(
  $$ delete from loyalty.loyalty_tier $$, 'OPIMM', null, 'of the tiers neither'
);
select throws_ok(
  $$
    update loyalty.loyalty_draft as d
    set decided_by = d.drafted_by
    where d.loyalty_draft_id = tests.kept()
  $$,
  '23514', null, 'nor does a superuser make the two one'
);

-- What began before keeps its rules.
select tests.seat('P1', since => '30 minutes');
create function tests.later(seconds integer) returns timestamptz
language sql
return now() + make_interval(secs => seconds);
select tests.sign_in('mark');
select tests.keep(tests.draft(
  '{"name": "theo"}', '[
    {"tier": "BASE", "threshold_points": 0, "multiplier": 1},
    {"tier": "STAR", "threshold_points": 5000, "multiplier": 3}
  ]', tests.later(1)
));
select tests.sign_in('mia');
select is(
  ((loyalty.publish_draft(tests.kept())).loyalty_draft).status, 'published', 'a planned version'
);
select is((tests.standing('P1')).tier, 'BRONZE', 'moves nobody before its time');
select results_eq(
  $$
    select p.name, p.version, p.effective_from
    from loyalty.loyalty_policy as p
    where p.loyalty_draft_id = tests.kept()
  $$,
  $$ values ('theo', 1, tests.later(1)) $$, 'it waits'
);
select throws_ok(
  $$ select tests.draft('{"reward_limit": 1}', null, tests.later(1)) $$, 'LYVER',
  'These rules can''t be used: one policy at a time.', 'two can''t begin at one moment'
);
select tests.sign_out();
select is(
  (select t.valid_until from loyalty.terms_in_force as t where t.casino_id = tests.casino_id()),
  tests.later(1), 'and the write path knows until when'
);
select is(
  (select t.tiers from loyalty._terms_at(tests.casino_id(), tests.later(1)) as t),
  '{BASE,STAR}'::text[], 'what holds then'
);
select is(
  (select p.name from loyalty._policy_in_force(tests.casino_id(), tests.later(1)) as p),
  'theo', 'both of it'
);
select tests.sign_in('ann');
select is(
  (floor.complete_rating_slip(tests.slip_id('P1'))).points, 810::bigint,
  'a slip that was opened before is worth what it was: pt1'
);

-- Of two that shall begin at one moment, who comes second isn't offered it.
select tests.sign_in('mark');
select tests.keep(tests.draft('{"reward_limit": 600}', null, tests.later(9)));
select set_config(
  'tests.other', tests.draft('{"reward_limit": 650}', null, tests.later(9))::text, true
);
select tests.sign_in('mia');
select is(tests.offered(), 'true true', 'both are offered first');
select loyalty.publish_draft(current_setting('tests.other')::uuid);
select is(tests.offered(), 'false true', 'then the other only to withdraw');
select throws_ok(
  $$ select loyalty.publish_draft(tests.kept()) $$, 'LYVER', null, 'as it is refused'
);

-- A draft is dated when it is published, if it has no date.
select tests.sign_in('mark');
select tests.keep(tests.draft('{"reward_limit": 700}', null, tests.later(2)));
select tests.sign_out();
update loyalty.loyalty_draft as d
set effective_from = now() - interval '1 second'
where d.loyalty_draft_id = tests.kept();
select tests.sign_in('mia');
select throws_ok(
  $$ select loyalty.publish_draft(tests.kept()) $$, 'LYVER', null,
  'a date that has passed meanwhile is refused'
);
select tests.sign_in('mark');
select throws_ok(
  $$ select loyalty.withdraw_draft(tests.kept(), '') $$, 'LYRSN', null, 'withdrawing has a reason'
);
select is(
  (
    select (((d).loyalty_draft).status, ((d).loyalty_draft).decision_reason, (d).replayed)::text
    from loyalty.withdraw_draft(tests.kept(), 'too late') as d
  ),
  '(withdrawn,"too late",f)', 'its author may withdraw it'
);
select is((loyalty.withdraw_draft(tests.kept(), 'too late')).replayed, true, 'twice is once');
select tests.sign_in('mia');
select throws_ok(
  $$ select loyalty.publish_draft(tests.kept()) $$, 'LYDEC', 'This is already withdrawn.',
  'then it isn''t published'
);
select throws_ok(
  $$ select loyalty.withdraw_draft(tests.kept(), 'too late') $$, 'LYDEC', null, 'nor withdrawn'
);
select tests.keep(tests.draft('{"reward_limit": 800}', null, tests.later(3)));
select tests.sign_in('mark');
select is(
  ((loyalty.withdraw_draft(tests.kept(), 'not this one')).loyalty_draft).status, 'withdrawn',
  'or somebody else declines it'
);
select throws_ok(
  $$ select loyalty.withdraw_draft(uuidv7(), 'x') $$, 'LYDFT', null, 'if there is one'
);

-- Two people publish at once: the one who waited for the other would be dated before.
select tests.sign_in('mark');
select tests.keep(tests.draft('{"reward_limit": 900}', null, tests.later(4)));
select tests.sign_out();
update loyalty.loyalty_draft as d
set effective_from = null
where d.loyalty_draft_id = tests.kept();
insert into loyalty.loyalty_policy
select (jsonb_populate_record(
  p,
  jsonb_build_object(
    'loyalty_policy_id', uuidv7(), 'version', 9, 'effective_from', clock_timestamp()
  )
)).*
from loyalty.loyalty_policy as p
where p.casino_id = tests.casino_id() and p.name = 'pt1' and p.version = 2;
select tests.sign_in('mia');
select throws_ok(
  $$ select loyalty.publish_draft(tests.kept()) $$, 'LYVER',
  'These rules can''t be used: others were put in force at this moment; publish it again.',
  'of two who publish at once the later one is told'
);
select is(
  (select d.status from loyalty.loyalty_draft as d where d.loyalty_draft_id = tests.kept()), 'open',
  'and the draft still waits'
);

select * from finish();
rollback;
