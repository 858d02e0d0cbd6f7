begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TWHOM');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.happens('U1', tests.at('20:00'), 'person', '{"description": "tall, green hat"}');
select tests.cash('P1', 'in', 'chip_purchase', 100);
create function tests.unknown() returns uuid
language sql
security definer
return (
  select p.patron_id
  from compliance.patron as p
  where p.casino_id = tests.casino_id() and p.player_id is null
);

select tests.sign_in('eve');
select is((tests.identify(tests.unknown())).missing, '{}', 'an unknown person shows an ID');
select is(
  cardinality((compliance.identification(tests.patron_id('P1'))).missing) > 0, true,
  'which says nothing about a player'
);
select lives_ok(
  $$ select compliance.identify_patron(tests.unknown(), tests.player_id('P1'), 'k') $$,
  'who they turn out to be'
);
select is(
  (compliance.identification(tests.patron_id('P1'))).missing, '{}',
  'then it is known of the player too'
);
select is(
  (
    compliance.save_identification(tests.unknown(), 'k2', last_name => 'Renamed')
  ).patron_id,
  tests.patron_id('P1'), 'what is saved from now on is the player''s'
);
select results_eq(
  $$
    select i.last_name, i.street
    from compliance.identification(tests.unknown()) as i
  $$,
  $$ values ('Renamed', '12 Harbor Road') $$,
  'and counts for both'
);

select * from finish();
rollback;
