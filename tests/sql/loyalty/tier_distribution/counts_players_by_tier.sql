begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('TSHAR');
select tests.person('host', 'marketing');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.player('P2', 400);
select tests.player('P3', 10000);

select tests.sign_in('host');
select results_eq(
  $$
    select d.tier, d.threshold_points, d.players, d.points from loyalty.tier_distribution() as d
  $$,
  $$
    values
      ('BRONZE', 0::bigint, 2, 400::bigint), ('SILVER', 10000, 1, 10000),
      ('GOLD', 50000, 0, 0), ('PLATINUM', 100000, 0, 0)
  $$,
  'every tier in force, from the lowest, also one that nobody has'
);
select is(
  (select sum(d.points) from loyalty.tier_distribution() as d),
  (select l.points::numeric from loyalty.liability_summary() as l),
  'their points are all that is outstanding'
);
select tests.sign_in('sup');
select throws_ok($$ select loyalty.tier_distribution() $$, 'IDFRB', null, 'not for the floor');
select tests.sign_out();
select throws_ok($$ select loyalty.tier_distribution() $$, 'IDUNA', null, 'nor for visitors');

select * from finish();
rollback;
