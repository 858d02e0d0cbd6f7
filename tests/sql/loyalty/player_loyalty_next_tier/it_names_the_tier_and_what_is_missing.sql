begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino(
  'TNEXT',
  '{"tiers": [
    {"tier": "BRONZE", "threshold_points": 0, "multiplier": 1},
    {"tier": "SILVER", "threshold_points": 1000, "multiplier": 1.25},
    {"tier": "GOLD", "threshold_points": 5000, "multiplier": 1.5}
  ]}'
);
select tests.person('boss', 'pit_boss');
select tests.person('sup', 'floor_supervisor');
select tests.player('P0');
select tests.player('P1', 999);
select tests.player('P2', 1000);
select tests.player('P3', 5000);
select tests.player('P4', 9000);

create function tests.next(card text) returns text
language sql
return (
  select coalesce(n.tier || ' ' || n.points, 'nothing higher')
  from loyalty.player_loyalty as s
  cross join loyalty.player_loyalty_next_tier(s) as n
  where s.player_id = tests.player_id(card)
);

select tests.sign_in('sup');
select is(tests.next('P0'), 'SILVER 1000', 'from the beginning');
select is(tests.next('P1'), 'SILVER 1', 'the last point');
select is(tests.next('P2'), 'GOLD 4000', 'a tier just reached');
select is(tests.next('P3'), 'nothing higher', 'the highest tier');
select is(tests.next('P4'), 'nothing higher', 'above its threshold too');
select tests.sign_in('boss');
select lives_ok(
  $$ select loyalty.redeem(tests.player_id('P2'), 600, 'a watch', 'redeem') $$, 'points are spent'
);
select is(tests.next('P2'), 'GOLD 4000', 'lifetime points count, not the balance');

select * from finish();
rollback;
