begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TMOV2');
select tests.person('other', 'marketing');
select tests.casino('TMOVE');
select tests.person('host', 'marketing');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1', 10000);
select tests.player('P2', 12000);
select tests.player('P3', 500);

select tests.sign_in('host');
select results_eq(
  $$
    select m.tier_before, m.tier_after, m.upwards, m.players
    from loyalty.tier_movements('2025-03-01', '2025-03-31') as m
  $$,
  $$ values ('BRONZE', 'SILVER', true, 2) $$,
  'two players went up'
);
select results_eq(
  $$
    select m.tier_before, m.players, m.same_way
    from loyalty.tier_movements('2025-03-01', '2025-03-31') as m
  $$,
  $$ values ('BRONZE', 2, 2) $$,
  'which is all who did that day'
);
select loyalty.reverse_entry(tests.player_id('P1'), 1, 'Given by mistake.', 'undo');
select results_eq(
  $$ select m.tier_before, m.tier_after, m.upwards, m.players from loyalty.tier_movements() as m $$,
  $$ values ('SILVER', 'BRONZE', false, 1) $$,
  'a reversal takes one of them down today'
);
select is_empty(
  $$ select loyalty.tier_movements('2020-01-01', '2020-01-31') $$, 'nobody moved in another year'
);
select throws_ok(
  $$ select loyalty.tier_movements('2020-01-31', '2020-01-01') $$, 'LYPRD', null, 'no such period'
);
select tests.sign_in('sup');
select throws_ok($$ select loyalty.tier_movements() $$, 'IDFRB', null, 'not for the floor');
select tests.sign_in('other');
select is_empty($$ select loyalty.tier_movements() $$, 'another casino sees nothing');

select * from finish();
rollback;
