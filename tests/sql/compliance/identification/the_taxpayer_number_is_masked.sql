begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TMASK');
select tests.person('eve', 'compliance_officer');
select tests.person('ada', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.player('P2');
select tests.cash('P1', 'in', 'chip_purchase', 100);
select tests.cash('P2', 'in', 'chip_purchase', 100);
create function tests.number(patron text default 'P1') returns text
language sql
return (compliance.identification(tests.patron_id(patron))).taxpayer_number;

select tests.sign_in('eve');
select tests.identify(tests.patron_id('P1'));
select is(tests.number(), '219099998', 'whoever files reads the whole number');
select is(tests.number('P2'), null, 'of whom nothing is saved there is none');
select is(
  (compliance.identification(tests.patron_id('P2'))).version, 0, 'and no version'
);
select lives_ok(
  $$
    select compliance.save_identification(
      tests.patron_id('P2'), 'k', taxpayer_kind => 'foreign', taxpayer_number => 'A12'
    )
  $$,
  'a short number'
);
select tests.sign_out();

select tests.sign_in('ada');
select is(tests.number(), '*****9998', 'a reviewer reads the last four digits');
select is(tests.number('P2'), '****', 'of a short one nothing');
select is(
  (compliance.identification(tests.patron_id('P1'))).street, '12 Harbor Road',
  'and the other fields'
);
select is(
  tests.refusal($$ select * from compliance.patron_identification $$), '42501',
  'nobody selects from the table'
);
select tests.sign_out();

select tests.sign_in('boss');
select is(tests.refusal($$ select tests.number() $$), 'FORBIDDEN', 'the floor reads nothing of it');
select tests.sign_out();
set local role pit_auditor;
select throws_ok(
  $$ select * from compliance.patron_identification $$, '42501', null,
  'nor does an auditor with psql'
);
reset role;
select tests.sign_in('eve');
select is(
  tests.refusal($$ select compliance.identification(gen_random_uuid()) $$),
  'MTL_PATRON_NOT_FOUND', 'nobody''s'
);

select * from finish();
rollback;
