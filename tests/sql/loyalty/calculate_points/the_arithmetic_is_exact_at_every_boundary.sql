-- Seconds divided by 3600 rarely end, so a result that is exactly whole, or exactly a half, is
-- where rounding too early would show.

begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TCALC');

create function pg_temp.points(
  policy text, bet numeric, seconds integer, edge numeric, pace integer,
  conversion_rate numeric default 1, changes jsonb default '{}'
) returns bigint
language sql
return (
  loyalty.calculate_points(
    bet, seconds, edge, pace, 7, conversion_rate, 1, 1, tests.policy(policy, changes)
  )
).points;

select is(
  pg_temp.points('theo', 100, 1200, 1, 3), 1::bigint,
  'a third of an hour at 3 an hour is exactly one decision, worth exactly 1 point'
);
select is(
  pg_temp.points('theo', 100, 1199, 1, 3), 0::bigint, 'a second less is worth less than 1'
);
select is(
  (
    select count(*)::integer
    from generate_series(1, 400) as n
    where pg_temp.points('theo', 100, n * 1200, 1, 3) <> n
      or pg_temp.points('theo', 100, n * 1200 - 1, 1, 3) <> n - 1
  ),
  0,
  'and so on for every whole number up to 400'
);
select is(
  (
    loyalty.calculate_points(100, 600, 1, 3, 7, 1, 1, 1, tests.policy('pt1'))
  ).decisions,
  1.0000000000, 'half a decision, a sixth of an hour at 3 an hour, is rounded up'
);
select is(
  (
    loyalty.calculate_points(100, 599, 1, 3, 7, 1, 1, 1, tests.policy('pt1'))
  ).decisions,
  0.0000000000, 'less than half is rounded down'
);
select is(pg_temp.points('pt1', 50, 3600, 1, 1), 1::bigint, 'exactly half a point is rounded up');
select is(pg_temp.points('pt1', 49.99, 3600, 1, 1), 0::bigint, 'a cent less is rounded down');
select is(
  pg_temp.points('theo', 50, 600, 1, 3, 2, '{"rounding": "half_up"}'), 1::bigint,
  'half a point out of undivided seconds is rounded up too'
);
select is(
  pg_temp.points('theo', 50, 599, 1, 3, 2, '{"rounding": "half_up"}'), 0::bigint,
  'and a second less down'
);
select is(
  pg_temp.points('theo', 100, 1200, 1, 3, 100, '{"volume_bonus": 1.1}'), 100::bigint,
  'the volume bonus compares decisions exactly: fewer than the pace, no bonus'
);
select is(
  pg_temp.points('theo', 100, 3600, 1, 3, 100, '{"volume_bonus": 1.1}'), 300::bigint,
  'as many as the pace, no bonus'
);
select is(
  pg_temp.points('theo', 100, 3601, 1, 3, 100, '{"volume_bonus": 1.1}'), 330::bigint,
  'one second more, a bonus'
);
select is(
  pg_temp.points('theo', 99999999.99, 3600, 1, 1, 0.000001), 0::bigint,
  '0.9999999999 points are none yet'
);
select is(
  pg_temp.points('pt1', 49999999.99, 3600, 1, 1, 0.000001), 0::bigint,
  'and 0.4999999999 are less than half a point'
);
select is(
  pg_temp.points('theo', 999999999999.99, 86400, 100, 60, 10), 14399999999999856::bigint,
  'a huge bet is reckoned to the last point'
);

select * from finish();
rollback;
