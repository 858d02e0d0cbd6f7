begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TGOES');
select tests.person('boss', 'pit_boss');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');
select tests.seat('P1', 'T1', 1, 100, '2 hours');
select tests.happens('visit', now() - interval '1 hour', 'visit_opened', '{"card": "P2"}');

create function tests.leave(
  key text default 'k1', visit uuid default tests.visit_id('P1'),
  ago interval default '1 hour'
) returns floor.visit_result
language sql
return floor.close_visit(visit, now() - ago, key);

select tests.sign_in('boss');
select throws_ok(
  $$ select tests.leave(ago => '121 minutes') $$, 'RSTIM', null, 'not before what happened last'
);
select is((tests.leave()).replayed, false, 'the player goes home');
select results_eq(
  $$ select v.closed_at from floor.visit as v where v.visit_id = tests.visit_id('P1') $$,
  $$ values (now() - interval '1 hour') $$,
  'the visit is closed'
);
select results_eq(
  $$ select s.state, s.closed_at, s.accumulated_seconds from (select (tests.slip('P1')).*) as s $$,
  $$ values ('closed', now() - interval '1 hour', 3600) $$,
  'so is its slip, at the same moment'
);
select is((tests.standing('P1')).current_balance, 1620::bigint, 'which earned its points');
select results_eq(
  $$
    select r.replayed, c.outcome, c.points, (c.rating_slip).rating_slip_id
    from tests.leave() as r
    cross join lateral (select (r.completion).*) as c
  $$,
  $$ select true, 'replayed', 1620::bigint, tests.slip_id('P1') $$,
  'a replay gives visit and completion again'
);
select is((tests.standing('P1')).current_balance, 1620::bigint, 'and awards nothing');
select throws_ok($$ select tests.leave('k2') $$, 'RSVIS', null, 'the visit is closed');
select throws_ok(
  $$ select tests.leave('k2', gen_random_uuid()) $$, 'RSVIS', null, 'no such visit'
);
select is(
  (tests.leave('k3', tests.visit_id('P2'), '30 minutes')).completion is null, true,
  'a visit without a slip has no completion'
);
select throws_ok(
  $$ select tests.leave('k1', tests.visit_id('P2')) $$, 'LYIDM', null, 'a key for another visit'
);
select tests.sign_in('cash');
select throws_ok($$ select tests.leave('k4') $$, 'IDFRB', null, 'floor:rate is needed');

select * from finish();
rollback;
