begin;
set local search_path to pgtap, public;
select plan(16);

select tests.casino('TNOT2');
select tests.person('stranger', 'pit_boss');
select tests.casino('TNOTE');
select tests.person('sup', 'floor_supervisor');
select tests.person('host', 'marketing');
select tests.person('cash', 'cashier');
select tests.person('audit', 'auditor');
select tests.player('P1');

create function tests.noted(note text, key text, player uuid default tests.player_id('P1'))
returns floor.player_note_result
language sql
return floor.add_player_note(player, note, key);

select tests.sign_in('sup');
select is((tests.noted('  Prefers seat 1. ', 'n1')).replayed, false, 'a supervisor notes');
select results_eq(
  $$ select n.note, n.player_id from floor.player_note as n $$,
  $$ values ('Prefers seat 1.', tests.player_id('P1')) $$,
  'the note is kept, without the blanks around it'
);
select is((tests.noted('  Prefers seat 1. ', 'n1')).replayed, true, 'the same key replays');
select is(
  (select count(*) from floor.player_note), 1::bigint, 'and writes nothing more'
);
select throws_ok(
  $$ select tests.noted('Something else.', 'n1') $$, 'LYIDM', null, 'a key is for one note'
);
select throws_ok($$ select tests.noted('   ', 'n2') $$, 'RSNOT', null, 'a note says something');
select throws_ok(
  $$ select tests.noted(repeat('x', 2001), 'n2') $$, 'RSNOT', null, 'and is short'
);
select throws_ok(
  $$ select tests.noted('Hello.', 'n2', gen_random_uuid()) $$, 'RSPLR', null, 'of a player'
);
select tests.sign_in('host');
select isnt_empty($$ select from floor.player_note $$, 'marketing reads');
select throws_ok($$ select tests.noted('Hi.', 'n4') $$, 'IDFRB', null, 'and does not write');
select tests.sign_in('cash');
select throws_ok($$ select tests.noted('Hi.', 'n4') $$, 'IDFRB', null, 'a cashier does not');
select is_empty($$ select from floor.player_note $$, 'nor reads what others noted');
select tests.sign_in('audit');
select isnt_empty($$ select from floor.player_note $$, 'an auditor reads');
select throws_ok($$ select tests.noted('Hi.', 'n4') $$, 'IDFRB', null, 'and does not write');
select tests.sign_in('stranger');
select is_empty($$ select from floor.player_note $$, 'another casino sees nothing');
select tests.sign_out();
select throws_ok(
  $$ update floor.player_note set note = 'Other.' $$, 'OPIMM', null, 'a note is never changed'
);

select * from finish();
rollback;
