begin;
set local search_path to pgtap, public;
select plan(20);

select tests.casino('TSAVE');
select tests.person('eve', 'compliance_officer');
select tests.person('sup', 'floor_supervisor');
select tests.person('mark', 'marketing');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 100);
select set_config('tests.patron', tests.patron_id('P1')::text, true);
create function tests.patron() returns uuid
language sql
return current_setting('tests.patron')::uuid;
create function tests.read() returns compliance.identified_person
language sql
return compliance.identification(tests.patron());

select tests.sign_in('sup');
select results_eq(
  $$
    select
      s.patron_id, s.version, s.replayed,
      s.missing @> '{first_name,street,taxpayer_number,id_type}' and s.missing <> '{last_name}'
    from compliance.save_identification(tests.patron(), 'k1', last_name => '  Van   Dyke ') as s
  $$,
  $$ values (tests.patron(), 1, false, true) $$,
  'whoever records cash may write down what they are shown'
);
select results_eq(
  $$
    select s.version, s.replayed
    from compliance.save_identification(tests.patron(), 'k1', last_name => '  Van   Dyke ') as s
  $$,
  $$ values (1, true) $$,
  'twice with one key is once'
);
select is(
  tests.refusal(
    $$ select compliance.save_identification(tests.patron(), 'k1', last_name => 'Else') $$
  ),
  'IDEMPOTENCY_CONFLICT', 'the key is used up'
);
select is(
  tests.refusal($$ select tests.read() $$), 'FORBIDDEN', 'but they may not read it'
);
select is((tests.identify(tests.patron(), 'k2')).missing, '{}', 'everything else is given');
select tests.sign_out();
select tests.sign_in('mark');
select is(
  tests.refusal($$ select compliance.save_identification(tests.patron(), 'k3') $$),
  'FORBIDDEN', 'others may not write it'
);
select tests.sign_out();

select tests.sign_in('eve');
select is((tests.read()).last_name, 'Vance', 'what was given later counts');
select is((tests.read()).taxpayer_number, '219099998', 'numbers are kept as the report has them');
select is(
  (compliance.save_identification(tests.patron(), 'k4', country => ' ca ')).missing, '{}',
  'a change of one field'
);
select results_eq(
  $$ select r.version, r.country, r.street, r.missing from tests.read() as r $$,
  $$ values (3, 'CA', '12 Harbor Road', '{}'::text[]) $$,
  'leaves the rest as it was'
);
select is(
  (compliance.save_identification(tests.patron(), 'k5', id_number => '', street => ' ')).missing,
  '{street,id_number}', 'an empty text takes a field away'
);
select is(
  (compliance.save_identification(tests.patron(), 'k6', taxpayer_number => '')).missing,
  '{street,taxpayer_number,id_number}', 'the taxpayer number too'
);
select is(
  (compliance.save_identification(tests.patron(), 'k7', taxpayer_unknown => true)).missing,
  '{street,id_number}', 'for which there is a flag'
);
select is(
  (
    compliance.save_identification(
      tests.patron(), 'k8', taxpayer_kind => 'EIN', taxpayer_number => '98-7654320'
    )
  ).missing,
  '{street,id_number}', 'a number ends the flag'
);
select results_eq(
  $$ select r.taxpayer_kind, r.taxpayer_number, r.taxpayer_unknown from tests.read() as r $$,
  $$ values ('ein', '987654320', false) $$,
  'they exclude each other'
);
select is(
  (compliance.save_identification(tests.patron(), 'k9', id_type => 'other')).missing,
  '{street,id_type_other,id_number}', 'another kind of ID has to be named'
);
select is(
  tests.refusal($$ select compliance.save_identification(gen_random_uuid(), 'k10') $$),
  'MTL_PATRON_NOT_FOUND', 'of nobody'
);
select tests.sign_out();
select results_eq(
  $$
    select i.version, s.username
    from compliance.patron_identification as i
    join identity.staff as s on s.casino_id = i.casino_id and s.staff_id = i.staff_id
    where i.casino_id = tests.casino_id()
    order by i.version
  $$,
  $$
    values (1, 'sup'), (2, 'sup'), (3, 'eve'), (4, 'eve'), (5, 'eve'), (6, 'eve'), (7, 'eve'),
      (8, 'eve')
  $$,
  'every version is kept with who saved it'
);
select is(
  tests.refusal($$ update compliance.patron_identification set city = 'Elsewhere' $$),
  'MTL_IMMUTABLE', 'and never changed'
);
select is(
  tests.refusal($$ delete from compliance.patron_identification $$), 'MTL_IMMUTABLE',
  'nor removed'
);

select * from finish();
rollback;
