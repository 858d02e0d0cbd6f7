begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TCALL');
select tests.person('boss', 'pit_boss');
select set_config('pit.casino', '4711', true);
select tests.sign_in('boss');
select is((identity.me()).casino_id, tests.casino_id(), 'a call runs in its session''s casino');
select is(
  current_setting('pit.casino'), '4711', 'and leaves the setting as it found it'
);
select tests.refusal($$ select floor.complete_rating_slip(gen_random_uuid()) $$);
select is(current_setting('pit.casino'), '4711', 'also when it was refused');
select tests.sign_out();
select set_config('pit.casino', '', true);
select is(identity._casino(), null::integer, 'outside a call there is none');
set local role floor_service;
select is_empty($$ select * from floor.player $$, 'so a service sees no row');
select throws_ok(
  $$
    insert into floor.gaming_table (casino_id, label, pit, game_code, seats)
    values (1, 'X', 'X', 'x', 1)
  $$,
  '42501', null, 'and writes none'
);

select * from finish();
rollback;
