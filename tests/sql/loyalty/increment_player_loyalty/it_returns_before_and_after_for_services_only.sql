begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TINCR');
select tests.player('P1', 9000);
select tests.person('boss', 'pit_boss');

select is(
  pg_get_function_result('loyalty.increment_player_loyalty(uuid,bigint)'::regprocedure),
  'TABLE(player_id uuid, balance_before bigint, balance_after bigint, tier_before text, '
  || 'tier_after text, current_balance bigint, lifetime_points bigint, tier text, '
  || 'tier_progress integer, updated_at timestamp with time zone, row_locked boolean)',
  'it returns exactly these columns'
);
select set_config('pit.casino', tests.casino_id()::text, true);
set local role loyalty_service;
select results_eq(
  $$ select * from loyalty.increment_player_loyalty(tests.player_id('P1'), 1000) $$,
  $$
    select tests.player_id('P1'), 9000::bigint, 10000::bigint, 'BRONZE', 'SILVER',
      10000::bigint, 10000::bigint, 'SILVER', 0, now(), true
  $$,
  'adding points counts into lifetime and can bring a tier'
);
select results_eq(
  $$
    select i.balance_after, i.lifetime_points, i.tier, i.row_locked
    from loyalty.increment_player_loyalty(tests.player_id('P1'), -4000) as i
  $$,
  $$ values (6000::bigint, 10000::bigint, 'SILVER', true) $$,
  'taking points leaves lifetime and tier'
);
select throws_ok(
  $$ select loyalty.increment_player_loyalty(tests.player_id('P1'), -6001) $$,
  'LYBAL', null, 'never below 0'
);
select throws_ok(
  $$ select loyalty.increment_player_loyalty(gen_random_uuid(), 1) $$,
  'RSPLR', null, 'never for nobody'
);
select set_config('pit.casino', '', true);
select throws_ok(
  $$ select loyalty.increment_player_loyalty(tests.player_id('P1'), 1) $$,
  'RSPLR', null, 'outside a call there is no casino, so there is no player'
);
select tests.sign_in('boss');
select throws_ok(
  $$ select loyalty.increment_player_loyalty(tests.player_id('P1'), 1) $$,
  '42501', null, 'staff can''t call it'
);

select * from finish();
rollback;
