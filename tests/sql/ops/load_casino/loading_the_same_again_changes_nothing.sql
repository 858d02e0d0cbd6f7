begin;
set local search_path to pgtap, public;
select plan(10);

select results_eq(
  $$ select r.changed from ops.load_casino(tests.property('TLOAD')) as r $$,
  $$ values (true) $$, 'a new property is set up'
);
select results_eq(
  $$ select r.changed from ops.load_casino(tests.property('TLOAD')) as r $$,
  $$ values (false) $$, 'the same again changes nothing'
);
select results_eq(
  $$
    select r.changed
    from ops.load_casino(tests.property('TLOAD', '{"more": "than we know"}')) as r
  $$,
  $$ values (false) $$, 'nor does what we don''t know'
);
select tests.casino('TLOAD');
select is(
  (
    select string_agg((ops.load_casino(tests.property('TLOA2', '{
      "thresholds": {"log_floor": 3000.001, "ctr_threshold": 10000},
      "tiers": [{"tier": "ONE", "threshold_points": 0, "multiplier": 1.00004}],
      "tables": [],
      "games": [{
        "code": "g", "name": "G", "house_edge": 1.00001, "decisions_per_hour": 60, "seats": 7
      }]
    }'))).changed::text, ',')
    from generate_series(1, 2) as n
  ),
  'true,false', 'more decimals than are kept don''t make a difference'
);
select results_eq(
  $$
    select c.code, c.name, c.timezone, c.gaming_day_start
    from identity.casino as c
    where c.casino_id = tests.casino_id()
  $$,
  $$ values ('TLOAD', 'House of TLOAD', 'America/Los_Angeles', '06:00'::interval) $$,
  'the casino'
);
select results_eq(
  $$
    select t.tier, t.threshold_points, t.multiplier, t.effective_from
    from loyalty.loyalty_tier as t
    where t.casino_id = tests.casino_id()
    order by t.threshold_points
  $$,
  $$
    values
      ('BRONZE', 0::bigint, 1.000, '-infinity'::timestamptz),
      ('SILVER', 10000, 1.250, '-infinity'), ('GOLD', 50000, 1.500, '-infinity'),
      ('PLATINUM', 100000, 2.000, '-infinity')
  $$,
  'its tiers, in force from the beginning'
);
select results_eq(
  $$
    select
      p.name, p.version, p.effective_from, p.round_decisions, p.apply_tier_multiplier,
      p.seat_bonus_rate, p.full_table_seats, p.volume_bonus, p.rounding
    from loyalty.loyalty_policy as p
    where p.casino_id = tests.casino_id()
    order by p.name, p.version
  $$,
  $$
    values
      ('pt1', 0, null, true, true, 0.05, 7, 1.1, 'half_up'),
      ('pt1', 1, '-infinity'::timestamptz, true, true, 0.05, 7, 1.1, 'half_up'),
      ('theo', 0, null, false, false, 0, 7, 1, 'floor')
  $$,
  'both policies are known, the one that is named is in force'
);
select results_eq(
  $$
    select g.code, g.house_edge, g.decisions_per_hour, g.seats, g.conversion_rate,
      g.point_multiplier, g.effective_from
    from floor.game_settings as g
    where g.casino_id = tests.casino_id()
    order by g.code
  $$,
  $$
    values
      ('craps', 1.58, 48, 14, 10.0, 1.0, '-infinity'::timestamptz),
      ('golden', 2.7, 60, 7, 10.0, 1.0, '-infinity')
  $$,
  'its games'
);
select results_eq(
  $$
    select t.log_floor, t.ctr_threshold, t.effective_from
    from compliance.threshold_policy as t
    where t.casino_id = tests.casino_id()
  $$,
  $$ values (3000.00, 10000.00, '-infinity'::timestamptz) $$,
  'its cash thresholds'
);
select results_eq(
  $$
    select s.username, s.role::text
    from identity.staff as s
    where s.casino_id = tests.casino_id()
  $$,
  $$ values ('feed', 'sender') $$,
  'and the account of its feed'
);

select * from finish();
rollback;
