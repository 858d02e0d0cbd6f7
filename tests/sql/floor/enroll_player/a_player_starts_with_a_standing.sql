begin;
set local search_path to pgtap, public;
select plan(16);

select tests.casino('TENRO');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');

create function tests.enrol(
  card text default 'C1', first text default 'Ada', last text default 'Byron',
  born date default '1985-12-10', key text default 'k1'
) returns floor.player_result
language sql
return floor.enroll_player(card, first, last, born, key);

select tests.sign_in('sup');
select is((tests.enrol()).replayed, false, 'a player enrols');
select row_eq(
  $$
    select p.current_balance, p.lifetime_points, p.tier, p.tier_progress, p.last_entry_no
    from (select (tests.standing('C1')).*) as p
  $$,
  row(0::bigint, 0::bigint, 'BRONZE'::text, 0, 0::bigint),
  'and has a standing at once'
);
select is((tests.enrol()).replayed, true, 'the same again is a replay');
select throws_ok($$ select tests.enrol(last => 'King') $$, 'LYIDM', null, 'another name, same key');
select throws_ok($$ select tests.enrol(key => 'k2') $$, 'RSCRD', null, 'a card is enrolled once');
select throws_ok(
  $$ select tests.enrol('  C1 ', key => 'k2') $$, 'RSCRD', null, 'blanks around it don''t matter'
);
select throws_ok($$ select tests.enrol(' ', key => 'k2') $$, 'RSPRS', null, 'no card');
select throws_ok(
  $$ select tests.enrol(repeat('9', 65), key => 'k2') $$, 'RSPRS', null, 'an endless card'
);
select throws_ok($$ select tests.enrol('C2', '', key => 'k2') $$, 'RSPRS', null, 'no first name');
select throws_ok(
  $$ select tests.enrol('C2', 'Ada', null, key => 'k2') $$, 'RSPRS', null, 'no last name'
);
select throws_ok(
  $$ select tests.enrol('C2', born => null, key => 'k2') $$, 'RSPRS', null, 'no birth date'
);
select throws_ok(
  $$ select tests.enrol('C2', born => current_date + 1, key => 'k2') $$, 'RSPRS', null,
  'nobody is born tomorrow'
);
select throws_ok($$ select tests.enrol('C2', key => '') $$, 'IDKEY', null, 'no key');
select lives_ok($$ select tests.enrol(repeat('9', 64), key => 'k3') $$, '64 characters will do');
select tests.sign_in('cash');
select throws_ok($$ select tests.enrol(key => 'k4') $$, 'IDFRB', null, 'floor:rate is needed');
select tests.sign_out();
select tests.casino('TENR2');
select tests.person('there', 'floor_supervisor');
select tests.sign_in('there');
select is(
  (tests.enrol()).replayed, false, 'another casino has cards and keys of its own'
);

select * from finish();
rollback;
