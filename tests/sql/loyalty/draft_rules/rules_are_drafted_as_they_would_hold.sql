begin;
set local search_path to pgtap, public;
select plan(26);

select tests.casino('TDRAF');
select tests.person('mark', 'marketing');
select tests.person('aud', 'auditor');
select tests.person('ann', 'pit_boss');

create function tests.draft(
  policy jsonb,
  tiers jsonb default null,
  effective_from timestamptz default null,
  key text default gen_random_uuid()::text
) returns loyalty.loyalty_draft
language sql
return (loyalty.draft_rules('because of summer', key, policy, tiers, effective_from)).loyalty_draft;
create function tests.wrong(policy text, tiers text default null, at timestamptz default null)
returns text
language plpgsql
as $$
begin
  perform tests.draft(policy::jsonb, tiers::jsonb, at);
  return 'nothing';
exception when sqlstate 'LYVER' then
  return substring(sqlerrm from '^These rules can''t be used: (.*)\.$');
end
$$;

select tests.sign_in('ann');
select throws_ok(
  $$ select tests.draft('{"reward_limit": 1}') $$, 'IDFRB', null, 'it needs loyalty:configure'
);
select is_empty('select * from loyalty.loyalty_draft', 'and is read with loyalty:view_all');
select throws_ok('select loyalty.draft_bases()', 'IDFRB', null, 'so is what one starts from');
select tests.sign_out();
insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', now() + interval '1 day',
  'reward_limit', 77
))).*;
select tests.sign_in('mark');
select results_eq(
  $$ select b.name, b.version from loyalty.draft_bases() as b $$,
  $$ values ('pt1', 1), ('theo', 0) $$,
  'each policy once: the version in force, not the one that is planned'
);
select is(
  (tests.draft('{"reward_limit": 500, "player_day_limit": 800}', key => 'k1')).policy,
  '{
    "name": "pt1", "round_decisions": true, "apply_tier_multiplier": true,
    "seat_bonus_rate": 0.0500, "full_table_seats": 7, "volume_bonus": 1.1000,
    "rounding": "half_up", "reward_limit": 500, "reward_reason_length": 10,
    "rewards_per_minute": 10, "approval_threshold": 5000, "staff_day_limit": null,
    "player_day_limit": 800, "request_hours": 72, "points_valid_days": null,
    "cost_per_point": 0.010000, "breakage_rate": 0.0000
  }'::jsonb,
  'what isn''t said is as in the policy in force'
);
select is(
  (loyalty.draft_rules('because of summer', 'k1', '{"reward_limit": 500, "player_day_limit": 800}'))
  .replayed,
  true, 'twice is once'
);
select throws_ok(
  $$ select tests.draft('{"reward_limit": 501}', key => 'k1') $$, 'LYIDM', null,
  'with the same rules'
);
select is(
  (tests.draft('{"name": "theo"}')).policy ->> 'rounding', 'floor',
  'another known policy begins with its own parameters'
);
select is(
  (tests.draft('{"name": "summer"}')).policy ->> 'rounding', 'half_up',
  'a new name with those in force'
);
select is(
  (
    tests.draft(
      null, '[
        {"tier": "STAR", "threshold_points": 700, "multiplier": 1.5, "colour": "red"},
        {"tier": "BASE", "threshold_points": 0, "multiplier": 1}
      ]'
    )
  ).tiers,
  '[
    {"tier": "BASE", "threshold_points": 0, "multiplier": 1.000},
    {"tier": "STAR", "threshold_points": 700, "multiplier": 1.500}
  ]'::jsonb,
  'tiers are a whole list, from the lowest up'
);
select is(
  (tests.draft('{"volume_bonus": 1.2}', '[{"tier": "B", "threshold_points": 0, "multiplier": 1}]'))
  .status,
  'open', 'both may be one draft'
);

select is(tests.wrong(null), 'they change neither the policy nor the tiers', 'neither is none');
select is(
  tests.wrong('{"reward_limits": 500}'), '"reward_limits" is no parameter', 'a misspelt parameter'
);
select is(
  tests.wrong('{"casino_id": 1}'), '"casino_id" is no parameter', 'nor what makes it a version'
);
select is(
  tests.wrong('[]'), 'the policy must be an object of parameters', 'another form'
);
select is(
  tests.wrong('{"reward_limit": "much"}'), 'invalid input syntax for type bigint: "much"',
  'no number'
);
select is(tests.wrong('{"reward_limit": 0}'), 'reward limits are positive', 'the table''s rules');
select is(tests.wrong('{"reward_limit": null}'), '"reward_limit" is missing', 'hold for drafts');
select is(tests.wrong('{"volume_bonus": 0.9}'), 'bonuses never reduce', 'as they are written');
select is(
  tests.wrong(null, '[{"tier": "A", "threshold_points": 5, "multiplier": 1}]'),
  'one tier must begin at 0 points', 'nobody is without a tier'
);
select is(
  tests.wrong(
    null, '[{"tier": "A", "threshold_points": 0, "multiplier": 1},
      {"tier": "A", "threshold_points": 5, "multiplier": 1}]'
  ),
  'tier is unique in its version', 'and none is twice'
);
select is(
  tests.wrong('{"reward_limit": 1}', null, now()), 'they would have begun before now',
  'the past stays as it was'
);
select throws_ok(
  $$ select loyalty.draft_rules(' ', 'k', '{"reward_limit": 1}') $$, 'LYRSN', null, 'say why'
);
select results_eq(
  $$ select p.name, p.version from loyalty.loyalty_policy as p order by p.name, p.version $$,
  $$ values ('pt1', 0), ('pt1', 1), ('pt1', 2), ('theo', 0) $$, 'no version was made by it'
);
select tests.sign_in('aud');
select isnt_empty('select * from loyalty.loyalty_draft', 'auditors read drafts');
select throws_ok(
  $$ select tests.draft('{"reward_limit": 1}') $$, 'IDFRB', null, 'and write none'
);

select * from finish();
rollback;
