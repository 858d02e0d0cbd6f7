begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TCALC');

select row_eq(
  $$
    select c.*
    from loyalty.calculate_points(100, 3660, 2.7, 60, 5, 10, 1, 1.25, tests.policy('pt1')) as c
  $$,
  row(
    61.0000000000, 164.7000000000, 1647.0000000000, 2058.7500000000, 2264.6250000000,
    2491.0875000000, 2491
  )::loyalty.points_calculation,
  'decisions, theoretical win, base, tier, seats, volume, points'
);
select tests.person('sup', 'floor_supervisor');
select tests.sign_in('sup');
select is(
  (
    loyalty.calculate_points(
      100, 3600, 2.7, 60, 7, 10, 1, 1,
      jsonb_populate_record(
        null::loyalty.loyalty_policy,
        '{"round_decisions": true, "apply_tier_multiplier": true, "seat_bonus_rate": 0.05,
          "full_table_seats": 7, "volume_bonus": 1.1, "rounding": "half_up"}'
      )
    )
  ).points,
  1620::bigint,
  'staff can ask what play would be worth under a policy they write down'
);

select * from finish();
rollback;
