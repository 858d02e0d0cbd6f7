begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TFIN2');
select tests.player('F99');
select tests.casino('TFIND');
select tests.person('sup', 'floor_supervisor');
select tests.player('F1');
select tests.player('F2');
select tests.player('X3');

create function tests.found(search text) returns text
language sql
return (
  select coalesce(string_agg(p.card_no, ',' order by p.card_no), 'nobody')
  from floor.find_players(search) as p
);

select tests.sign_in('sup');
select is(tests.found('f'), 'F1,F2', 'by the beginning of a card, whatever its case');
select is(tests.found('pat'), 'F1,F2,X3', 'by first name');
select is(tests.found('Pat X'), 'X3', 'by full name');
select is(tests.found('x3'), 'X3', 'by last name');
select is(tests.found('F99'), 'nobody', 'nobody of another casino');
select is(tests.found('  '), 'nobody', 'blanks find nobody');
select is(tests.found('%'), 'nobody', 'patterns are text');

select * from finish();
rollback;
