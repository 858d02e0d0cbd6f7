begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TCALC');

create function pg_temp.theo(bet numeric, hours numeric, edge numeric, pace integer) returns text
language sql
return (
  select c.theoretical_win::numeric(14, 2) || ' ' || c.points
  from loyalty.calculate_points(
    bet, (hours * 3600)::integer, edge, pace, 7, 10, 1, 2, tests.policy('theo')
  ) as c
);

select is(pg_temp.theo(50, 2, 1.5, 70), '105.00 1050', '$50 for 2 h');
select is(pg_temp.theo(50, 0.5, 1.5, 70), '26.25 262', '$50 for 30 min: rounded down');
select is(pg_temp.theo(500, 4, 1.5, 70), '2100.00 21000', '$500 for 4 h');
select is(pg_temp.theo(100, 2, 1.5, 70), '210.00 2100', '$100 for 2 h');
select is(pg_temp.theo(100, 2, 0.75, 70), '105.00 1050', 'blackjack $100 2 h');
select is(pg_temp.theo(500, 1.5, 1.20, 72), '648.00 6480', 'baccarat $500 1.5 h');
select is(pg_temp.theo(50, 3, 1.58, 48), '113.76 1137', 'craps $50 3 h');
select is(pg_temp.theo(25, 2, 5.26, 38), '99.94 999', 'roulette $25 2 h');
select is(pg_temp.theo(50, 2.5, 1.96, 34), '83.30 833', 'pai gow poker $50 2.5 h');
select is(pg_temp.theo(15, 1, 2.40, 52), '18.72 187', 'let it ride $15 1 h');
select is(
  (
    select c.points
    from loyalty.calculate_points(
      100, 7200, 1.5, 70, 3, 10, 1, 2, tests.policy('theo')
    ) as c
  ),
  2100::bigint,
  'neither tier, nor empty seats, nor volume change theo''s points'
);

select * from finish();
rollback;
