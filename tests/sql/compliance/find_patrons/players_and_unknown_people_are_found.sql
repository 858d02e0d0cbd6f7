begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('FINDA');
select tests.player('Q100');
select tests.casino('FINDP');
select tests.person('finn', 'floor_supervisor');
select tests.person('olga', 'compliance_officer');
select tests.person('mark', 'marketing');
select tests.player(c.card) from unnest('{Q100,Q101,Z9}'::text[]) as c (card);
create function tests.found(query text) returns text
language sql
volatile
return (
  select string_agg(coalesce(f.card_no, f.description), ', ' order by f.card_no, f.description)
  from compliance.find_patrons(query) as f
);
select tests.sign_in('olga');
select compliance.describe_patron(
  'man with a cane', 'Q-Ball', 'male', 'about 60', null, null, 'grey', 'red blazer', 'BJ-02/3', 'a'
);
select compliance.describe_patron(
  'woman', null, 'female', null, null, null, 'red', null, null, 'b'
);
select compliance.identify_patron(
  (select p.patron_id from compliance.patron as p where p.description = 'woman'),
  tests.player_id('Z9'), 'c'
);

select tests.sign_in('finn');
select is(tests.found('q10'), 'Q100, Q101', 'players, by the beginning of the card');
select is(
  tests.found('pat q101'), 'Q101', 'or of the name'
);
select is(
  tests.found('CANE'), 'man with a cane, male, about 60, grey, red blazer, BJ-02/3',
  'unknown people by a word of any field'
);
select is(
  tests.found(' red '),
  'man with a cane, male, about 60, grey, red blazer, BJ-02/3, woman, female, red',
  'all whom it fits'
);
select is(
  tests.found('red female'), 'woman, female, red', 'every word must fit'
);
select is(
  tests.found('q-ball'), 'man with a cane, male, about 60, grey, red blazer, BJ-02/3',
  'the name that was heard too'
);
select is(tests.found('%'), null, 'signs are signs');
select is(tests.found('  '), null, 'nothing is looked for by nothing');
select is(
  (select f.identified_as from compliance.find_patrons('woman') as f), 'Pat Z9',
  'it says who an identified person is'
);
select is(
  (
    select string_agg((f.patron_id is null)::text, ',')
    from compliance.find_patrons('Q100') as f
  ),
  'true', 'a player without cash has no row yet'
);
select tests.sign_in('mark');
select is(tests.refusal($$ select tests.found('q') $$), 'FORBIDDEN', 'mtl:create');

select * from finish();
rollback;
