begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TNOGA');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.happens('visit', now(), 'visit_opened', '{"card": "P1"}');
update floor.gaming_table set game_code = 'unheard' where casino_id = tests.casino_id();
select tests.sign_in('sup');
select throws_ok(
  $$
    select floor.start_rating_slip(tests.visit_id('P1'), tests.table_id('T1'), 1, 5, null, 'k1')
  $$,
  'LYGAM', null, 'no slip without settings to snapshot'
);
select is(tests.slip_id('P1'), null, 'nothing was opened');

select * from finish();
rollback;
