begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TLIAB');
select tests.person('mark', 'marketing');
select tests.person('boss', 'pit_boss');
create function tests.day_start(days_ago integer) returns timestamptz
language sql
return (
  ((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date - days_ago
  + interval '6 hours'
) at time zone 'America/Los_Angeles';
create function tests.event(card text, type text, points bigint, days_ago integer) returns text
language sql
return tests.happens(
  format('%s %s %s %s', card, type, points, days_ago), tests.day_start(days_ago), type,
  jsonb_build_object('card', card, 'points', points, 'reason', 'a reason for it')
);
select tests.player(format('P%s', n)) from generate_series(1, 4) as n;

select tests.sign_in('mark');
select is_empty($$ select * from loyalty.liability() $$, 'a house without points owes none');
select row_eq(
  $$
    select l.players, l.points, l.cost, l.expiring_points, l.ties
    from loyalty.liability_summary() as l
  $$,
  row(0, 0::bigint, 0::numeric, 0::bigint, true), 'which ties'
);
select tests.sign_out();

insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', '2025-01-01T00:00:00Z',
  'points_valid_days', 400, 'cost_per_point', 0.0125, 'breakage_rate', 0.2
))).*;
-- One at each edge of the ages, and P1 has spent the oldest and a part of the next.
select tests.event('P1', 'reward', 1000, 390);
select tests.event('P1', 'reward', 500, 365);
select tests.event('P1', 'redeem', 1200, 364);
select tests.event('P1', 'reward', 40, 181);
select tests.event('P1', 'reward', 30, 180);
select tests.event('P2', 'reward', 10000, 91);
select tests.event('P2', 'reward', 20, 90);
select tests.event('P2', 'reward', 7, 31);
select tests.event('P2', 'reward', 3, 30);
select tests.event('P3', 'reward', 5, 0);
select tests.event('P4', 'reward', 60, 380);
select tests.sign_in('mark');
select results_eq(
  $$
    select l.tier, l.tier_rank, l.age_from_days, l.age_to_days, l.players, l.points,
      round(l.cost, 4), round(l.breakage, 4), round(l.expected_cost, 4)
    from loyalty.liability() as l
  $$,
  $$
    values
      ('BRONZE', 1, 0, 30, 1, 5::bigint, 0.0625, 0.0125, 0.05),
      ('BRONZE', 1, 91, 180, 1, 30, 0.375, 0.075, 0.3),
      ('BRONZE', 1, 181, 365, 1, 340, 4.25, 0.85, 3.4),
      ('BRONZE', 1, 366, null, 1, 60, 0.75, 0.15, 0.6),
      ('SILVER', 2, 0, 30, 1, 3, 0.0375, 0.0075, 0.03),
      ('SILVER', 2, 31, 90, 1, 27, 0.3375, 0.0675, 0.27),
      ('SILVER', 2, 91, 180, 1, 10000, 125, 25, 100)
  $$,
  'what is left of the points, by tier and age, and what it costs'
);
select is(
  (select sum(l.points)::bigint from loyalty.liability() as l),
  (select sum(p.current_balance)::bigint from loyalty.player_loyalty as p),
  'to the point'
);
select row_eq(
  $$
    select l.players, l.points, l.cost_per_point, l.breakage_rate, l.points_valid_days,
      round(l.cost, 4), round(l.breakage, 4), round(l.expected_cost, 4), l.expiring_points, l.ties
    from loyalty.liability_summary() as l
  $$,
  row(
    4, 10465::bigint, 0.0125::numeric, 0.2::numeric, 400, 130.8125::numeric, 26.1625::numeric,
    104.65::numeric, 60::bigint, true
  ),
  'in one row, with what expires within 30 days'
);
select is(
  (select sum(l.cost) from loyalty.liability() as l),
  (select l.cost from loyalty.liability_summary() as l), 'both to the same cost'
);
select tests.sign_out();
update loyalty.player_loyalty set current_balance = current_balance + 1
where casino_id = tests.casino_id() and player_id = tests.player_id('P3');
select tests.sign_in('mark');
select is(
  (select l.ties from loyalty.liability_summary() as l), false, 'a changed balance shows'
);
select tests.sign_in('boss');
select throws_ok($$ select * from loyalty.liability() $$, 'IDFRB', null, 'not for the floor');
select throws_ok(
  $$ select * from loyalty.liability_summary() $$, 'IDFRB', null, 'nor in one row'
);

select * from finish();
rollback;
