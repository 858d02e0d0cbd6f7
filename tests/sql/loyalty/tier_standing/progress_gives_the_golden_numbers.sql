begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino(
  'TTIER',
  '{"tiers": [
    {"tier": "BRONZE", "threshold_points": 0, "multiplier": 1},
    {"tier": "SILVER", "threshold_points": 1000, "multiplier": 1.25},
    {"tier": "GOLD", "threshold_points": 5000, "multiplier": 1.5},
    {"tier": "PLATINUM", "threshold_points": 20000, "multiplier": 2}
  ]}'
);

create function pg_temp.standing(lifetime bigint) returns text
language sql
return (
  select s.tier || ' ' || s.tier_progress || ' ' || s.multiplier::numeric(4, 2)
  from loyalty._tier_standing(tests.casino_id(), lifetime, now()) as s
);

select is(pg_temp.standing(0), 'BRONZE 0 1.00', '0');
select is(pg_temp.standing(250), 'BRONZE 25 1.00', '250');
select is(pg_temp.standing(994), 'BRONZE 99 1.00', '994');
select is(pg_temp.standing(995), 'BRONZE 100 1.00', '995 is half-up');
select is(pg_temp.standing(999), 'BRONZE 100 1.00', '999');
select is(pg_temp.standing(1000), 'SILVER 0 1.25', '1 000');
select is(pg_temp.standing(2000), 'SILVER 25 1.25', '2 000');
select is(pg_temp.standing(3000), 'SILVER 50 1.25', '3 000');
select is(pg_temp.standing(8750), 'GOLD 25 1.50', '8 750');
select is(pg_temp.standing(12500), 'GOLD 50 1.50', '12 500');
select is(pg_temp.standing(20000), 'PLATINUM 100 2.00', '20 000: the top is 100');
select is(pg_temp.standing(900000), 'PLATINUM 100 2.00', 'above the top too');

select * from finish();
rollback;
