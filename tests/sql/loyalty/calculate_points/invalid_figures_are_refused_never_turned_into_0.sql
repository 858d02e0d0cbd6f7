begin;
set local search_path to pgtap, public;
select plan(26);

select tests.casino('TCALC');

create function pg_temp.refusal(
  bet numeric default 100,
  seconds integer default 3600,
  edge numeric default 2.7,
  pace integer default 60,
  seats integer default 7,
  conversion_rate numeric default 10,
  point_multiplier numeric default 1,
  tier_multiplier numeric default 1,
  policy text default 'pt1'
) returns text
language sql
return tests.refusal(
  format(
    'select loyalty.calculate_points(%L, %L, %L, %L, %L, %L, %L, %L, tests.policy(%L))',
    bet, seconds, edge, pace, seats, conversion_rate, point_multiplier, tier_multiplier, policy
  )
);

select is(pg_temp.refusal(), 'nothing', 'valid figures aren''t refused');
select is(pg_temp.refusal(bet => -0.01), 'INVALID_AVERAGE_BET', 'a bet below 0');
select is(pg_temp.refusal(bet => null), 'INVALID_AVERAGE_BET', 'no bet');
select is(pg_temp.refusal(bet => 'NaN'), 'INVALID_AVERAGE_BET', 'a bet that is no number');
select is(pg_temp.refusal(bet => 'Infinity'), 'INVALID_AVERAGE_BET', 'a boundless bet');
select is(pg_temp.refusal(edge => 0), 'INVALID_GAME_SETTINGS', 'an edge of 0');
select is(pg_temp.refusal(edge => -1), 'INVALID_GAME_SETTINGS', 'a negative edge');
select is(pg_temp.refusal(edge => 100.01), 'INVALID_GAME_SETTINGS', 'an edge over 100');
select is(pg_temp.refusal(edge => 100), 'nothing', 'an edge of 100 is the most');
select is(pg_temp.refusal(edge => null), 'INVALID_GAME_SETTINGS', 'no edge');
select is(pg_temp.refusal(edge => 'NaN'), 'INVALID_GAME_SETTINGS', 'an edge that is no number');
select is(pg_temp.refusal(pace => 0), 'INVALID_GAME_SETTINGS', 'no decisions an hour');
select is(pg_temp.refusal(pace => -60), 'INVALID_GAME_SETTINGS', 'negative decisions');
select is(pg_temp.refusal(pace => null), 'INVALID_GAME_SETTINGS', 'decisions unknown');
select is(pg_temp.refusal(seconds => -1), 'INVALID_GAME_SETTINGS', 'negative seconds');
select is(pg_temp.refusal(seconds => null), 'INVALID_GAME_SETTINGS', 'seconds unknown');
select is(pg_temp.refusal(seats => 0), 'INVALID_GAME_SETTINGS', 'a game without seats');
select is(pg_temp.refusal(seats => null), 'INVALID_GAME_SETTINGS', 'seats unknown');
select is(pg_temp.refusal(conversion_rate => -1), 'INVALID_GAME_SETTINGS', 'negative rate');
select is(pg_temp.refusal(conversion_rate => 'NaN'), 'INVALID_GAME_SETTINGS', 'rate NaN');
select is(pg_temp.refusal(point_multiplier => null), 'INVALID_GAME_SETTINGS', 'no multiplier');
select is(pg_temp.refusal(tier_multiplier => -1), 'INVALID_GAME_SETTINGS', 'negative tier');
select is(pg_temp.refusal(policy => 'none'), 'POLICY_MISSING', 'no policy');
select is_empty(
  $$
    select k.name
    from unnest(array[
      'round_decisions', 'apply_tier_multiplier', 'seat_bonus_rate', 'full_table_seats',
      'volume_bonus', 'rounding'
    ]) as k (name)
    where tests.refusal(
      'select loyalty.calculate_points(1, 1, 1, 1, 1, 1, 1, 1, tests.policy(''pt1'', '
      || quote_literal(jsonb_build_object(k.name, null)) || '))'
    ) <> 'POLICY_MISSING'
  $$,
  'a policy that leaves a parameter open is none'
);
select is(
  pg_temp.refusal(bet => 1e18, seconds => 36000, edge => 100), 'INVALID_GAME_SETTINGS',
  'more points than a ledger can hold'
);
select tests.person('sup', 'floor_supervisor');
select tests.sign_in('sup');
select is(
  tests.refusal($$
    select loyalty.calculate_points(-1, 1, 1, 1, 1, 1, 1, 1, tests.policy('pt1'))
  $$),
  'INVALID_AVERAGE_BET', 'staff are told so too'
);

select * from finish();
rollback;
