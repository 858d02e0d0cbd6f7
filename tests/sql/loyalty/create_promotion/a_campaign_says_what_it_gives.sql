begin;
set local search_path to pgtap, public;
select plan(24);

select tests.casino('TCAMP');
select tests.person('mark', 'marketing');
select tests.person('boss', 'pit_boss');
create function tests.create(changes jsonb, key text default gen_random_uuid()::text)
returns loyalty.promotion_result
language sql
begin atomic
  select p.*
  from jsonb_to_record(
    '{
      "name": "Double night", "starts_at": "2030-01-01T18:00:00Z",
      "ends_at": "2030-01-02T06:00:00Z", "multiplier": 2, "budget": 5000
    }' || changes
  ) as c (
    name text, starts_at timestamptz, ends_at timestamptz, multiplier numeric, budget bigint,
    game_codes text[], table_ids uuid[], tiers text[]
  )
  cross join lateral loyalty.create_promotion(
    c.name, c.starts_at, c.ends_at, c.multiplier, c.budget, key,
    c.game_codes, c.table_ids, c.tiers
  ) as p;
end;
-- What refuses a campaign with these changes: the particulars of the sentence.
create function tests.wrong(changes jsonb) returns text
language plpgsql
as $$
begin
  perform tests.create(changes);
  return 'nothing';
exception when sqlstate 'LYPIN' then
  return substring(sqlerrm from 'used: (.*)\.$');
end
$$;

select tests.sign_in('boss');
select throws_ok(
  $$ select tests.create('{}') $$, 'IDFRB', null, 'it takes somebody who configures'
);
select tests.sign_in('mark');
select is(
  loyalty.promotion_state((tests.create('{}', 'k1')).promotion), 'draft',
  'a campaign begins as a draft'
);
select results_eq(
  $$
    select
      p.name, p.multiplier, p.budget, p.points_awarded, p.game_codes, p.table_ids, p.tiers,
      s.username, p.published_at
    from loyalty.promotion as p
    join identity.staff as s on s.staff_id = p.created_by
  $$,
  $$
    values (
      'Double night', 2.000, 5000::bigint, 0::bigint, null::text[], null::uuid[], null::text[],
      'mark', null::timestamptz
    )
  $$,
  'with what it says, everything in scope, and who wrote it'
);
select is((tests.create('{}', 'k1')).replayed, true, 'the same key is the same campaign');
select throws_ok(
  $$ select tests.create('{"budget": 5001}', 'k1') $$, 'LYIDM', null, 'and no other'
);
select throws_ok($$ select tests.create('{}', 'pit:k') $$, 'IDKEY', null, 'the key is checked');
select is(
  ((tests.create(jsonb_build_object(
    'game_codes', jsonb_build_array('golden', 'craps'), 'table_ids',
    jsonb_build_array(tests.table_id('T1')), 'tiers', jsonb_build_array('GOLD')
  ))).promotion).game_codes, '{golden,craps}', 'a scope names games, tables and tiers'
);

select is(tests.wrong('{"name": " "}'), 'it needs a name');
select is(
  tests.wrong(jsonb_build_object('name', repeat('x', 201))),
  'its name is longer than 200 characters'
);
select is(tests.wrong('{"starts_at": null}'), 'it needs a time at which it begins');
select is(tests.wrong('{"ends_at": "infinity"}'), 'it needs a time at which it ends');
select is(tests.wrong('{"ends_at": "2030-01-01T18:00:00Z"}'), 'it ends before it begins');
select is(tests.wrong('{"multiplier": 1}'), 'the multiplier must be more than 1 and at most 100');
select is(
  tests.wrong('{"multiplier": 100.5}'), 'the multiplier must be more than 1 and at most 100'
);
select is(
  tests.wrong('{"multiplier": "NaN"}'), 'the multiplier must be more than 1 and at most 100'
);
select is(tests.wrong('{"multiplier": 1.0001}'), 'the multiplier has more than three decimals');
select is(tests.wrong('{"budget": 0}'), 'the budget must be at least 1 point');
select is(tests.wrong('{"tiers": []}'), 'a scope that is given must name something');
select is(tests.wrong('{"game_codes": ["golden", "poker"]}'), 'there is no game poker');
select is(tests.wrong('{"game_codes": [null]}'), 'there is no game without a code');
select is(
  tests.wrong('{"table_ids": ["00000000-0000-0000-0000-000000000000"]}'),
  'there is no table 00000000-0000-0000-0000-000000000000'
);
select is(tests.wrong('{"tiers": ["SILVER", "TIN"]}'), 'there is no tier TIN');
select tests.sign_out();

select tests.casino('TCAMQ');
select tests.person('mila', 'marketing');
select tests.sign_in('mila');
select is_empty($$ select p.promotion_id from loyalty.promotion as p $$, 'each house its own');
select is((tests.create('{}', 'k1')).replayed, false, 'and its own keys');

select * from finish();
rollback;
