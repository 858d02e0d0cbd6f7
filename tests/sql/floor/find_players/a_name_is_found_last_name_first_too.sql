begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TFINL');
select tests.person('sup', 'floor_supervisor');
select tests.player('Sinclair');
select tests.player('Sinclairson');

create function tests.found(search text) returns text
language sql
return (
  select coalesce(string_agg(p.card_no, ',' order by p.card_no), 'nobody')
  from floor.find_players(search) as p
);

select tests.sign_in('sup');
select is(tests.found('Sinclair, Pat'), 'Sinclair', 'as a list shows it');
select is(tests.found('sinclair, p'), 'Sinclair', 'while it is being typed');
select is(tests.found('Sinclair,'), 'Sinclair', 'a comma ends the last name');
select is(tests.found('sinclair ,  pat '), 'Sinclair', 'however many spaces there are');
select is(tests.found('sinclair pa'), 'Sinclair', 'without the comma');
select is(tests.found('sinclair'), 'Sinclair,Sinclairson', 'the last name alone as before');
select is(tests.found('Sinclair, Q'), 'nobody', 'both names count');
select is(tests.found(','), 'nobody', 'a comma finds nobody');

select * from finish();
rollback;
