begin;
set local search_path to pgtap, public;
select plan(30);

select tests.casino('TCASE');
select tests.person('eve', 'compliance_officer');
select tests.person('ada', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
select set_config('tests.case', (tests.ctr_case('P1')).case_id::text, true);

-- One step: the state it led to and whether it had been taken, or what refused it.
create function tests.step(function text, bsa_id text default null) returns text
language plpgsql
as $$
declare
  v_case uuid := current_setting('tests.case')::uuid;
  v_done compliance.ctr_case_result;
  v_code text;
begin
  v_done := case function
    when 'prepare' then compliance.prepare_ctr(v_case)
    when 'file' then compliance.file_ctr(v_case)
    else compliance.acknowledge_ctr(v_case, bsa_id)
  end;
  return concat_ws(' ', (v_done.ctr_case).state, case when v_done.replayed then 'again' end);
exception when others then
  get stacked diagnostics v_code = returned_sqlstate;
  return (select r.name || ': ' || sqlerrm from ops.error_registry as r where r.sqlstate = v_code);
end
$$;

select tests.sign_in('boss');
select is(
  tests.step('prepare'), 'FORBIDDEN: You need the capability mtl:review for this.',
  'the floor prepares nothing'
);
select tests.sign_out();
select tests.sign_in('ada');
select is(
  tests.step('file'), 'FORBIDDEN: You need the capability ctr:file for this.',
  'a reviewer files nothing'
);
select is(
  tests.step('acknowledge', '31000000000001'),
  'FORBIDDEN: You need the capability ctr:file for this.', 'nor acknowledges'
);
select tests.sign_out();

select tests.sign_in('eve');
select is(
  tests.step('file'), 'CTR_INVALID_STATE: The case is open and can''t become filed.',
  'an open case isn''t filed'
);
select is(
  tests.step('acknowledge', '31000000000001'),
  'CTR_INVALID_STATE: The case is open and can''t become acknowledged.', 'nor acknowledged'
);
select is(
  tests.step('prepare'),
  'CTR_IDENTIFICATION_INCOMPLETE: The identification is incomplete: last name, first name, '
  || 'birth date, street, city, state, postal code, country, taxpayer number, id type, id number, '
  || 'id country missing.',
  'nor prepared without knowing who it is'
);
select is(
  tests.refusal_details(
    $$
      select compliance.prepare_ctr((tests.ctr_case('P1')).case_id)
    $$
  ) -> 'missing' -> 0,
  '"last_name"', 'what is missing is named for programs'
);
select tests.identify(tests.patron_id('P1'));
select lives_ok(
  $$
    select compliance.save_identification(tests.patron_id('P1'), 'k', taxpayer_unknown => true)
  $$,
  'an unknown taxpayer number has its flag'
);
select is(tests.step('prepare'), 'ready', 'a complete one is ready');
select is(tests.step('prepare'), 'ready again', 'once');
select is(
  tests.step('acknowledge', '31000000000001'),
  'CTR_INVALID_STATE: The case is ready and can''t become acknowledged.',
  'but not acknowledged before it is filed'
);
select lives_ok(
  $$ select compliance.save_identification(tests.patron_id('P1'), 'k2', id_number => '') $$,
  'when a field is taken away meanwhile'
);
select is(
  tests.step('file'),
  'CTR_IDENTIFICATION_INCOMPLETE: The identification is incomplete: id number missing.',
  'it isn''t filed'
);
select lives_ok(
  $$ select compliance.save_identification(tests.patron_id('P1'), 'k3', id_number => 'P77-1') $$,
  'until it is known again'
);
select is(tests.step('file'), 'filed', 'a ready case is filed');
select is(tests.step('file'), 'filed again', 'once');
select is(
  tests.step('prepare'), 'CTR_INVALID_STATE: The case is filed and can''t become ready.',
  'it doesn''t go back'
);
select is(
  tests.step('acknowledge', b.id),
  'INVALID_BSA_ID: A BSA identifier has 14 digits and belongs to one report.',
  coalesce(b.id, 'null') || ' is no identifier'
)
from (values ('3100000000000'), ('310000000000001'), ('3100000000000X'), ('00000000000000'), (null))
  as b (id);
select is(tests.step('acknowledge', ' 31000000000001 '), 'acknowledged', 'it is acknowledged');
select is(tests.step('acknowledge', '31000000000001'), 'acknowledged again', 'once');
select is(
  tests.step('acknowledge', '31000000000002'),
  'CTR_INVALID_STATE: The case is acknowledged and can''t become acknowledged.',
  'under one identifier'
);
select is(
  tests.step('file'), 'CTR_INVALID_STATE: The case is acknowledged and can''t become filed.',
  'and not filed again while nothing has changed'
);
select results_eq(
  $$
    select c.state, c.bsa_id, c.filed_version, c.amendment_due
    from compliance.ctr_case as c
  $$,
  $$ values ('acknowledged', '31000000000001', 1, false) $$,
  'that is the case'
);
select is(
  tests.refusal(format('select compliance.%s(%L%s)', f.name, gen_random_uuid(), f.more)),
  'CTR_CASE_NOT_FOUND', f.name || ' of no case'
)
from (
  values ('prepare_ctr', ''), ('file_ctr', ''), ('acknowledge_ctr', ', ''31000000000001''')
) as f (name, more);

select * from finish();
rollback;
