-- What screens offer of a case is what its commands take, for whoever asks.

begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('TALLW', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.person('ada', 'auditor');
select tests.player('P1');
select tests.player('P2');
select tests.cash('P1', 'in', 'chip_purchase', 10400);
select tests.cash('P2', 'in', 'chip_purchase', 10400, key => 'c2');
create function tests.allowed(card text default 'P1') returns text
language sql
return (
  select concat_ws(
    ' ', case when s.preparable then 'prepare' end, case when s.exportable then 'export' end,
    case when s.fileable then 'file' end, case when s.acknowledgeable then 'acknowledge' end
  )
  from compliance.ctr_case_summary as s
  where s.card_no = allowed.card
);
-- Whether its clock runs, whether something is still to be sent, and as which version.
create function tests.stands(card text default 'P1') returns text
language sql
return (
  select format('%s %s %s', s.unfiled, s.waiting, s.next_version)
  from compliance.ctr_case_summary as s
  where s.card_no = stands.card
);
create function tests.case_id(card text default 'P1') returns uuid
language sql
security definer
return (tests.ctr_case(card)).case_id;
create function tests.export() returns void
language plpgsql
as $$
begin
  perform compliance.record_ctr_export(
    repeat('ab', 32), '2025-03-03', '2025-03-03',
    compliance.ctr_batch('2025-03-03', '2025-03-03') -> 'reports'
  );
end
$$;

select tests.sign_in('eve');
select is(tests.allowed(), 'prepare', 'an open case is prepared');
select is(tests.stands(), 't t 1', 'it waits to be filed for the first time');
select is(
  tests.refusal($$ select compliance.file_ctr(tests.case_id()) $$), 'CTR_INVALID_STATE',
  'and not filed yet'
);
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr(tests.case_id());
select is(tests.allowed(), 'export file', 'a ready one is exported and filed');
select is(tests.stands(), 't t 1', 'a ready one waits too');
select tests.sign_in('ada');
select is(tests.allowed(), '', 'by who files, not by who only reads');
select is(tests.allowed('P2'), 'prepare', 'who may prepare, as every reviewer may');
select tests.sign_in('eve');
select compliance.file_ctr(tests.case_id());
select is(tests.allowed(), 'acknowledge', 'a filed one is acknowledged');
select is(tests.stands(), 'f f 2', 'and waits for nothing');
select tests.sign_out();
select tests.cash('P1', 'in', 'chip_purchase', 100);
select tests.sign_in('eve');
select is(tests.allowed(), 'export file acknowledge', 'or amended, when it agrees no more');
select is(tests.stands(), 'f t 2', 'the amendment is its second version, and waits');
select compliance.acknowledge_ctr(tests.case_id(), '31000000000001');
select is(tests.allowed(), 'export file', 'also once it is acknowledged');
select compliance.file_ctr(tests.case_id(), 2);
select compliance.acknowledge_ctr(tests.case_id(), '31000000000002');
select is(tests.allowed(), '', 'an acknowledged one that agrees is done');
select is(tests.stands(), 'f f 3', 'another amendment would be the third');

select tests.identify(tests.patron_id('P2'));
select compliance.prepare_ctr(tests.case_id('P2'));
select tests.export();
select tests.sign_out();
select tests.happens(
  'x2', tests.at('21:00'), 'cash_corrected', '{"ref": "c2", "amount": 1, "reason": "Miscounted"}'
);
select tests.sign_in('eve');
select is((tests.ctr_case('P2')).state, 'closed', 'a case closes after it was exported');
select is(tests.allowed('P2'), 'file', 'and can still be noted as filed');
select is(tests.stands('P2'), 'f f 1', 'though nothing has to be sent for it any more');
select tests.sign_in('ada');
select is(tests.allowed('P2'), '', 'by who files');
select tests.sign_in('eve');
select is(
  tests.refusal($$ select compliance.file_ctr(tests.case_id('P2')) $$), 'nothing', 'which is taken'
);

select * from finish();
rollback;
