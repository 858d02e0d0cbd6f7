begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TVISI');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.player('P1');
select tests.player('P2');

create function tests.arrive(
  player uuid, key text, at timestamptz default null
) returns floor.visit_result
language sql
return floor.open_visit(player, at, key);

select tests.sign_in('sup');
select is(
  (tests.arrive(tests.player_id('P1'), 'k1', now() - interval '5 minutes')).replayed, false,
  'a player arrives'
);
select results_eq(
  $$
    select v.opened_at, v.closed_at, v.gaming_day, v.player_id
    from floor.visit as v
    where v.visit_id = tests.visit_id('P1')
  $$,
  $$
    select now() - interval '5 minutes', null::timestamptz,
      ((now() - interval '5 minutes') at time zone 'America/Los_Angeles' - interval '6 hours')
        ::date,
      tests.player_id('P1')
  $$,
  'the visit is open since then, with its gaming day'
);
select is(
  (tests.arrive(tests.player_id('P1'), 'k1', now() - interval '5 minutes')).replayed, true,
  'the same again is a replay'
);
select is(
  ((tests.arrive(tests.player_id('P1'), 'k2')).visit).visit_id, tests.visit_id('P1'),
  'who is here already keeps the open visit'
);
select throws_ok(
  $$ select tests.arrive(tests.player_id('P2'), 'k1') $$, 'LYIDM', null,
  'the key for another player'
);
select throws_ok(
  $$ select tests.arrive(gen_random_uuid(), 'k3', 'infinity') $$, 'RSPLR', null,
  'no such player, asked before the time'
);
select throws_ok(
  $$ select tests.arrive(tests.player_id('P2'), 'k3', now() - interval '16 minutes') $$,
  'RSTIM', null, 'too long ago'
);
select throws_ok(
  $$ select tests.arrive(tests.player_id('P2'), 'k3', now() + interval '2 minutes') $$,
  'RSTIM', null, 'in the future'
);
select throws_ok($$ select floor.open_visit(tests.player_id('P2')) $$, 'IDKEY', null, 'no key');
select floor.close_visit(tests.visit_id('P1'), null, 'close');
select is(
  (tests.arrive(tests.player_id('P1'), 'k4')).replayed, false, 'after leaving one can come again'
);
select is(
  (select count(*)::integer from floor.visit where player_id = tests.player_id('P1')), 2,
  'in a second visit'
);
select tests.sign_in('cash');
select throws_ok(
  $$ select tests.arrive(tests.player_id('P2'), 'k5') $$, 'IDFRB', null, 'floor:rate is needed'
);

select * from finish();
rollback;
