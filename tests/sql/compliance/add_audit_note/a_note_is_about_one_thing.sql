begin;
set local search_path to pgtap, public;
select plan(22);

select tests.casino('TNOTE');
select tests.person('sup', 'floor_supervisor');
select tests.person('cash', 'cashier');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
create function tests.entry_id() returns uuid
language sql
security definer
return (select e.entry_id from compliance.mtl_entry as e where e.casino_id = tests.casino_id());
create function tests.case_id() returns uuid
language sql
security definer
return (tests.ctr_case('P1')).case_id;

select tests.sign_in('sup');
select is(
  (compliance.add_audit_note(entry_id => tests.entry_id(), note => ' torn bills ',
    idempotency_key => 'k1')).replayed,
  false, 'whoever may record cash may note something on an entry'
);
select is(
  (compliance.add_audit_note(entry_id => tests.entry_id(), note => ' torn bills ',
    idempotency_key => 'k1')).replayed,
  true, 'once with one key'
);
select is(
  tests.refusal(
    $$ select compliance.add_audit_note(tests.entry_id(), note => 'x', idempotency_key => 'k1') $$
  ),
  'IDEMPOTENCY_CONFLICT', 'a key says one thing'
);
select is(
  tests.refusal(
    $$
      select compliance.add_audit_note(
        patron_id => tests.patron_id('P1'), note => 'x', idempotency_key => 'k2'
      )
    $$
  ),
  'FORBIDDEN', 'people are the reviewers'' business'
);
select is(
  tests.refusal(
    $$
      select compliance.add_audit_note(
        case_id => tests.case_id(), note => 'x', idempotency_key => 'k2'
      )
    $$
  ),
  'FORBIDDEN', 'so are cases'
);
select is_empty(
  $$ select * from compliance.mtl_audit_note $$, 'without mtl:view notes aren''t read'
);
select tests.sign_out();

select tests.sign_in('eve');
select is(
  ((compliance.add_audit_note(patron_id => tests.patron_id('P1'), note => 'known as Max',
    idempotency_key => 'k3')).mtl_audit_note).note,
  'known as Max', 'on a person'
);
select is(
  ((compliance.add_audit_note(case_id => tests.case_id(), note => 'asked for the ID',
    idempotency_key => 'k4')).mtl_audit_note).case_id,
  tests.case_id(), 'on a case'
);
select results_eq(
  $$ select n.note from compliance.mtl_audit_note as n order by n.created_at, n.note_id $$,
  $$ values ('torn bills'), ('known as Max'), ('asked for the ID') $$,
  'a reviewer reads all of them'
);
select is(
  tests.refusal($$ select compliance.add_audit_note(note => 'x', idempotency_key => 'k5') $$),
  'MTL_ENTRY_NOT_FOUND', 'on nothing'
);
select is(
  tests.refusal(
    $$
      select compliance.add_audit_note(
        gen_random_uuid(), note => 'x', idempotency_key => 'k5'
      )
    $$
  ),
  'MTL_ENTRY_NOT_FOUND', 'on no entry'
);
select is(
  tests.refusal(
    $$
      select compliance.add_audit_note(
        patron_id => gen_random_uuid(), note => 'x', idempotency_key => 'k5'
      )
    $$
  ),
  'MTL_PATRON_NOT_FOUND', 'on nobody'
);
select is(
  tests.refusal(
    $$
      select compliance.add_audit_note(
        case_id => gen_random_uuid(), note => 'x', idempotency_key => 'k5'
      )
    $$
  ),
  'CTR_CASE_NOT_FOUND', 'on no case'
);
select is(
  tests.refusal(
    $$
      select compliance.add_audit_note(
        tests.entry_id(), tests.patron_id('P1'), note => 'x', idempotency_key => 'k5'
      )
    $$
  ),
  'MTL_NOTE_REQUIRED', 'on two things'
);
select is(
  tests.refusal(
    format(
      'select compliance.add_audit_note(tests.entry_id(), note => %L, idempotency_key => ''k5'')',
      n.note
    )
  ),
  'MTL_NOTE_REQUIRED', 'without words'
)
from (values (null), (''), (E' \n\t')) as n (note);
select is(
  tests.refusal($$ select compliance.add_audit_note(tests.entry_id(), note => 'x') $$),
  'INVALID_IDEMPOTENCY_KEY', 'without a key'
);
select tests.sign_out();

select tests.sign_in('cash');
select results_eq(
  $$ select n.note from compliance.mtl_audit_note as n order by n.created_at, n.note_id $$,
  $$ values ('torn bills'), ('known as Max') $$,
  'who sees entries sees notes, but not those of cases'
);
select tests.sign_out();

select results_eq(
  $$
    select s.username
    from compliance.mtl_audit_note as n
    join identity.staff as s using (casino_id, staff_id)
    where n.casino_id = tests.casino_id()
    order by n.created_at, n.note_id
  $$,
  $$ values ('sup'), ('eve'), ('eve') $$,
  'who wrote it comes from the session'
);
select is(
  tests.refusal($$ update compliance.mtl_audit_note set note = 'never mind' $$), 'MTL_IMMUTABLE',
  'nobody changes a note, not even a superuser'
);
select is(
  tests.refusal($$ delete from compliance.mtl_audit_note $$), 'MTL_IMMUTABLE', 'or removes one'
);

select * from finish();
rollback;
