-- A bet of 100 at an edge of 2.7 percent and 60 decisions an hour, conversion 10, 7 seats.

begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TCALC');

create function pg_temp.points(
  seconds integer default 3600,
  tier_multiplier numeric default 1,
  seats integer default 7,
  point_multiplier numeric default 1,
  conversion_rate numeric default 10,
  bet numeric default 100
) returns bigint
language sql
return (
  loyalty.calculate_points(
    bet, seconds, 2.7, 60, seats, conversion_rate, point_multiplier, tier_multiplier,
    tests.policy('pt1')
  )
).points;

select is(pg_temp.points(), 1620::bigint, 'an hour of 60 decisions is worth 1620');
select is(pg_temp.points(tier_multiplier => 1.25), 2025::bigint, 'silver: 2025');
select is(pg_temp.points(tier_multiplier => 1.5), 2430::bigint, 'gold: 2430');
select is(pg_temp.points(tier_multiplier => 2), 3240::bigint, 'platinum: 3240');
select is(pg_temp.points(seats => 6), 1701::bigint, '6 seats: 1701');
select is(pg_temp.points(seats => 5), 1782::bigint, '5 seats: 1782');
select is(pg_temp.points(seats => 3), 1944::bigint, '3 seats: 1944');
select is(pg_temp.points(seats => 9), 1620::bigint, 'more seats than 7 take nothing away');
select is(pg_temp.points(3660), 1812::bigint, '61 decisions: the volume bonus makes 1812');
select is(pg_temp.points(6000), 2970::bigint, '100 decisions: 2970');
select is(pg_temp.points(3660, 1.25, 5), 2491::bigint, 'all at once, rounded once: 2491');
select is(pg_temp.points(point_multiplier => 2), 3240::bigint, 'point multiplier 2: 3240');
select is(pg_temp.points(conversion_rate => 20), 3240::bigint, 'conversion 20: 3240');
select is(pg_temp.points(bet => 0), 0::bigint, 'a zero bet is valid and earns 0');
select is(pg_temp.points(0), 0::bigint, 'no time is valid and earns 0');

select * from finish();
rollback;
