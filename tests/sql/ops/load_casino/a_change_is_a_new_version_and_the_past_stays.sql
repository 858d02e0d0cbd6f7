begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TVERS');
select tests.player('P1', 10000);

create function pg_temp.load(changes jsonb) returns boolean
language sql
volatile
as $$
select r.changed from ops.load_casino(tests.property('TVERS', changes)) as r
$$;

select is(
  pg_temp.load('{
    "name": "Another name", "policy": "theo",
    "tiers": [
      {"tier": "BRONZE", "threshold_points": 0, "multiplier": 1},
      {"tier": "SILVER", "threshold_points": 20000, "multiplier": 1.25}
    ],
    "thresholds": {"log_floor": 2500, "ctr_threshold": 10000}
  }'),
  true, 'the property changes'
);
select is(
  pg_temp.load('{
    "name": "Another name", "policy": "theo",
    "tiers": [
      {"tier": "SILVER", "threshold_points": 20000, "multiplier": 1.250},
      {"tier": "BRONZE", "threshold_points": 0, "multiplier": 1}
    ],
    "thresholds": {"log_floor": 2500.00, "ctr_threshold": 10000}
  }'),
  false, 'once, however it is written'
);
select results_eq(
  $$
    select t.effective_from, count(*)
    from loyalty.loyalty_tier as t
    where t.casino_id = tests.casino_id()
    group by 1
    order by 1
  $$,
  $$ values ('-infinity'::timestamptz, 4::bigint), (now(), 2) $$,
  'tiers have a second version from now on'
);
select is((tests.standing('P1')).tier, 'BRONZE', 'players stand where it says');
select is((tests.standing('P1')).tier_progress, 50, 'with the progress it says');
select is(
  (loyalty._tier_standing(tests.casino_id(), 10000, now() - interval '1 second')).tier, 'SILVER',
  'a moment ago it was otherwise, and still is'
);
select is(
  (loyalty._policy_in_force(tests.casino_id(), now())).name, 'theo', 'theo is in force from now'
);
select is(
  (loyalty._policy_in_force(tests.casino_id(), now() - interval '1 second')).name, 'pt1',
  'pt1 was before'
);
select results_eq(
  $$
    select t.log_floor, t.effective_from
    from compliance.threshold_policy as t
    where t.casino_id = tests.casino_id()
    order by t.effective_from
  $$,
  $$ values (3000.00, '-infinity'::timestamptz), (2500.00, now()) $$,
  'thresholds have a second version'
);
select is(
  (select c.name from identity.casino as c where c.casino_id = tests.casino_id()),
  'Another name', 'the name is the new one'
);
select throws_ok(
  $$ update floor.game_settings set house_edge = 5 where casino_id = tests.casino_id() $$,
  'OPIMM', null, 'a version of a game is never rewritten'
);
select throws_ok(
  $$ delete from loyalty.loyalty_policy where casino_id = tests.casino_id() $$,
  'OPIMM', null, 'nor one of a policy removed'
);

select * from finish();
rollback;
