begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('BNOFILER');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.cash('P1', 'in', 'chip_purchase', 11000);
select tests.sign_in('eve');
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr((tests.ctr_case('P1')).case_id);
select is(
  tests.refusal($$ select compliance.ctr_batch('2025-03-03', '2025-03-03') $$),
  'CTR_INVALID_FILER', 'there is nobody to file it'
);
select compliance.file_ctr((tests.ctr_case('P1')).case_id);
select is(
  tests.refusal($$ select compliance.ctr_batch_filed('2025-03-03', '2025-03-03') $$),
  'CTR_INVALID_FILER', 'nor to file it again'
);
select compliance.set_filer(tests.filer());
select is(
  compliance.ctr_batch_filed('2025-03-03', '2025-03-03')
    #>> '{reports,0,filer,legal_name}',
  'Harbor Gaming LLC', 'a report that was filed without them gets them'
);
select compliance.set_filer(tests.filer() || '{"legal_name": "Harbor Gaming Inc."}');
select tests.cash('P1', 'in', 'chip_purchase', 100);
select compliance.file_ctr((tests.ctr_case('P1')).case_id);
select compliance.set_filer(tests.filer());
select is(
  compliance.ctr_batch_filed('2025-03-03', '2025-03-03')
    #>> '{reports,0,filer,legal_name}',
  'Harbor Gaming Inc.', 'one that was filed with them keeps them'
);

select * from finish();
rollback;
