begin;
set local search_path to pgtap, public;
select plan(14);

select tests.casino('FILER');
select tests.person('eve', 'compliance_officer');
select tests.person('max', 'pit_boss');
create function tests.set_filer(changes jsonb) returns text
language sql
immutable
return format('select compliance.set_filer(%L)', jsonb_strip_nulls(tests.filer() || changes));

select tests.sign_in('max');
select is(tests.refusal(tests.set_filer('{}')), 'FORBIDDEN', 'only who files sets them');
select is_empty($$ select from compliance.filer $$, 'or reads them');

select tests.sign_in('eve');
select is((compliance.set_filer(tests.filer())).version, 1, 'the first version');
select is((compliance.set_filer(tests.filer())).version, 1, 'the same again changes nothing');
select is(
  (compliance.set_filer(tests.filer() || '{"city": " Las   Vegas "}')).city, 'Las Vegas',
  'nor do spaces'
);
select results_eq(
  $$
    select f.version, f.ein, f.contact_phone, f.transmitter_name, f.transmitter_tin
    from compliance.filer as f
    where f.version = 1
  $$,
  $$ values (1, '121234567', '7025550100', 'Harbor Gaming LLC', '121234567') $$,
  'numbers lose their hyphens, and the casino transmits its own files'
);
select is(
  (compliance.set_filer(tests.filer() || '{"transmitter_name": "File Sender"}')).transmitter_name,
  'File Sender', 'unless somebody else does'
);
select is(
  (
    compliance.set_filer(tests.filer() - 'trade_name' || '{"contact_extension": ""}')
  ).trade_name,
  null, 'what may be left out can be taken away'
);
select results_eq(
  $$ select f.version from compliance.filer as f order by f.version $$,
  $$ values (1), (2), (3) $$, 'every version is kept'
);

select is(tests.refusal(tests.set_filer('{"ein": "12"}')), 'CTR_INVALID_FILER', 'a short EIN');
select is(
  tests.refusal(tests.set_filer('{"transmitter_tcc": null}')), 'CTR_INVALID_FILER',
  'no transmitter control code'
);
select is(
  tests.refusal(tests.set_filer('{"fax": "1"}')), 'CTR_INVALID_FILER', 'what isn''t known'
);
select is(
  tests.refusal($$ select compliance.set_filer('[]') $$), 'CTR_INVALID_FILER', 'a list'
);

select tests.sign_out();
select is(
  (
    ops.load_casino(tests.property('FILER', jsonb_build_object('filer', tests.filer())))
  ).changed,
  true, 'the property''s file sets them too'
);

select * from finish();
rollback;
