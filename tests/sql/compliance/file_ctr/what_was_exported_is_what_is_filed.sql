-- FinCEN holds the file that was made. Whatever the log says by the time somebody notes that it
-- was filed, the version is that of the file, and what changed since is an amendment.

begin;
set local search_path to pgtap, public;
select plan(46);

select tests.casino('TSENT', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
create function tests.case_id(card text) returns uuid
language sql
security definer
return (tests.ctr_case(card)).case_id;
-- A player whose case is ready; the day tells the files apart.
create function tests.ready(card text, day text) returns void
language plpgsql
as $$
begin
  perform tests.sign_out();
  perform tests.player(card);
  perform tests.cash(
    card, 'in', 'chip_purchase', 10400, tests.at('20:00', day), key => 'c' || card
  );
  perform tests.sign_in('eve');
  perform tests.identify(tests.patron_id(card));
  perform compliance.prepare_ctr((tests.ctr_case(card, day::date)).case_id);
end
$$;
create function tests.more(card text, day text, amount numeric) returns void
language plpgsql
as $$
begin
  perform tests.sign_out();
  perform tests.cash(card, 'in', 'chip_purchase', amount, tests.at('21:00', day));
  perform tests.sign_in('eve');
end
$$;
create function tests.export(day date) returns jsonb
language plpgsql
as $$
declare
  v_reports jsonb := compliance.ctr_batch(day, day) -> 'reports';
begin
  perform compliance.record_ctr_export(repeat('ab', 32), day, day, v_reports);
  return v_reports;
end
$$;
create function tests.files(card text, day date) returns text
language sql
return (
  select c.state || ' ' || c.filed_version || ' ' || c.amendment_due
  from compliance.file_ctr((tests.ctr_case(card, day)).case_id) as f
  cross join lateral (select (f.ctr_case).*) as c
);
create function tests.files_version(version integer) returns text
language sql
return (
  select c.state || ' ' || c.filed_version || ' ' || c.amendment_due || ' ' || f.replayed
  from compliance.file_ctr((tests.ctr_case('P10', '2025-03-12')).case_id, version) as f
  cross join lateral (select (f.ctr_case).*) as c
);
create function tests.filings(card text, day date) returns table (
  version integer, cash_in numeric, cash_out numeric, reported text, birth_date text
)
language sql
security definer
begin atomic
  select
    f.version, f.cash_in, f.cash_out, f.report ->> 'cash_in',
    f.report #>> '{persons,0,birth_date}'
  from compliance.ctr_filing as f
  where f.casino_id = tests.casino_id()
    and f.case_id = (tests.ctr_case(card, day)).case_id
  order by f.version;
end;

-- More cash after the export.
select tests.ready('P1', '2025-03-03');
select tests.export('2025-03-03');
select tests.more('P1', '2025-03-03', 500);
select is(
  tests.files('P1', '2025-03-03'), 'filed 1 true',
  'what came after the export shows as an amendment'
);
select results_eq(
  $$ select f.version, f.cash_in, f.reported from tests.filings('P1', '2025-03-03') as f $$,
  $$ values (1, 10400::numeric, '10400') $$,
  'filed is what the file said'
);
select is(
  compliance.ctr_batch_filed('2025-03-03', '2025-03-03') #>> '{reports,0,cash_in}', '10400',
  'and what its file says when it is made again'
);
select lives_ok(
  $$
    select compliance.record_ctr_export(
      repeat('ab', 32), '2025-03-03', '2025-03-03',
      compliance.ctr_batch_filed('2025-03-03', '2025-03-03') -> 'reports'
    )
  $$,
  'which is on record too'
);
select is(
  tests.export('2025-03-03') #>> '{0,amends,version}', '1', 'the amendment is exported'
);
select tests.more('P1', '2025-03-03', 100);
select is(tests.files('P1', '2025-03-03'), 'filed 2 true', 'and filed, as it was exported');
select is(tests.export('2025-03-03') #>> '{0,cash_in}', '11000', 'the next one');
select is(tests.files('P1', '2025-03-03'), 'filed 3 false', 'agrees with the log');
select results_eq(
  $$ select f.version, f.cash_in from tests.filings('P1', '2025-03-03') as f $$,
  $$ values (1, 10400::numeric), (2, 10900::numeric), (3, 11000::numeric) $$,
  'each version is that of its file'
);
select is(
  (compliance.file_ctr((tests.ctr_case('P1', '2025-03-03')).case_id)).replayed, true,
  'no export is filed twice'
);
select tests.more('P1', '2025-03-03', 50);
select is(
  tests.files('P1', '2025-03-03'), 'filed 4 false', 'what wasn''t exported is filed as it is'
);
select is(
  (select max(f.cash_in) from tests.filings('P1', '2025-03-03') as f), 11050::numeric,
  'an export before the last filing says nothing any more'
);

-- Exported twice, or never.
select tests.ready('P2', '2025-03-04');
select tests.export('2025-03-04');
select tests.more('P2', '2025-03-04', 100);
select tests.export('2025-03-04');
select tests.more('P2', '2025-03-04', 100);
select tests.files('P2', '2025-03-04');
select results_eq(
  $$ select f.cash_in from tests.filings('P2', '2025-03-04') as f $$,
  $$ values (10500::numeric) $$,
  'of two files the last one counts'
);
select tests.ready('P3', '2025-03-05');
select tests.more('P3', '2025-03-05', 500);
select is(
  tests.files('P3', '2025-03-05'), 'filed 1 false', 'a case that was never exported is filed'
);
select results_eq(
  $$ select f.cash_in from tests.filings('P3', '2025-03-05') as f $$,
  $$ values (10900::numeric) $$,
  'as the log has it now'
);

-- The other direction, and the same sum on another line.
select tests.ready('P4', '2025-03-06');
select tests.export('2025-03-06');
select tests.sign_out();
select tests.cash('P4', 'out', 'chip_redemption', 12000, tests.at('21:00', '2025-03-06'));
select tests.sign_in('eve');
select is(tests.files('P4', '2025-03-06'), 'filed 1 true', 'cash out after the export');
select results_eq(
  $$ select f.cash_in, f.cash_out from tests.filings('P4', '2025-03-06') as f $$,
  $$ values (10400::numeric, 0::numeric) $$,
  'isn''t in what was filed'
);

-- Corrected below the threshold after the export.
select tests.ready('P5', '2025-03-07');
select tests.export('2025-03-07');
select tests.sign_out();
select tests.happens(
  'v5', tests.at('22:00', '2025-03-07'), 'cash_corrected',
  '{"ref": "cP5", "amount": "9400.00", "reason": "Miscounted"}'
);
select is((tests.ctr_case('P5', '2025-03-07')).state, 'closed', 'nobody would need the report');
select tests.sign_in('eve');
select is(
  (select s.exported from compliance.ctr_case_summary as s where s.gaming_day = '2025-03-07'),
  true, 'were it not in a file'
);
select is(tests.files('P5', '2025-03-07'), 'filed 1 true', 'but it was sent: it needs amending');
select results_eq(
  $$ select f.cash_in from tests.filings('P5', '2025-03-07') as f $$,
  $$ values (10400::numeric) $$,
  'it is filed as it was sent'
);
select tests.sign_out();
select tests.player('P6');
select tests.cash('P6', 'in', 'chip_purchase', 10400, tests.at('20:00', '2025-03-07'), key => 'c6');
select tests.happens(
  'v6', tests.at('22:00', '2025-03-07'), 'cash_corrected',
  '{"ref": "c6", "amount": "9400.00", "reason": "Miscounted"}'
);
select tests.sign_in('eve');
select results_eq(
  $$
    select s.card_no, s.state, s.exported
    from compliance.ctr_case_summary as s
    where s.gaming_day = '2025-03-07'
    order by s.card_no
  $$,
  $$ values ('P5', 'filed', false), ('P6', 'closed', false) $$,
  'neither what is filed nor what was never exported waits to be filed'
);
select is(
  tests.refusal($$ select tests.files('P6', '2025-03-07') $$), 'CTR_INVALID_STATE',
  'a closed case that was never exported isn''t filed'
);

-- An amendment was exported, and then the log agreed again with what it amends.
select tests.ready('P7', '2025-03-08');
select tests.files('P7', '2025-03-08');
select tests.sign_out();
select tests.cash(
  'P7', 'in', 'chip_purchase', 300, tests.at('21:00', '2025-03-08'), key => 'm7'
);
select tests.sign_in('eve');
select tests.export('2025-03-08');
select tests.sign_out();
select tests.happens(
  'v7', tests.at('22:00', '2025-03-08'), 'cash_corrected',
  '{"ref": "m7", "amount": 0, "reason": "Another person''s"}'
);
select is(
  (tests.ctr_case('P7', '2025-03-08')).amendment_due, true,
  'an amendment that was sent isn''t forgotten'
);
select tests.sign_in('eve');
select is(tests.files('P7', '2025-03-08'), 'filed 2 true', 'it is filed, and amended in turn');

-- Who they are.
select tests.ready('P8', '2025-03-10');
select tests.export('2025-03-10');
select compliance.save_identification(
  tests.patron_id('P8'), 'birth 1', birth_date => '1981-01-31'
);
select is(
  tests.files('P8', '2025-03-10'), 'filed 1 true',
  'an identification corrected after the export makes an amendment'
);
select results_eq(
  $$ select f.birth_date from tests.filings('P8', '2025-03-10') as f $$,
  $$ values ('1980-01-31') $$,
  'of what was sent'
);
select tests.export('2025-03-10');
select is(tests.files('P8', '2025-03-10'), 'filed 2 false', 'which says who they are');
select compliance.save_identification(tests.patron_id('P8'), 'street 1', street => '1 Bay Road');
select is(
  (tests.ctr_case('P8', '2025-03-10')).amendment_due, true,
  'so does one corrected after filing'
);
select compliance.save_identification(
  tests.patron_id('P8'), 'street 2', street => '12 Harbor Road'
);
select is(
  (tests.ctr_case('P8', '2025-03-10')).amendment_due, false, 'until it is as it was filed'
);
select compliance.acknowledge_ctr(
  (tests.ctr_case('P8', '2025-03-10')).case_id, '31000000000001'
);
select compliance.save_identification(tests.patron_id('P8'), 'street 3', street => '9 Elm Street');
select is(
  (tests.ctr_case('P8', '2025-03-10')).amendment_due, false,
  'people move: of a report that was taken in and is no longer due, an address may be old'
);
select compliance.save_identification(tests.patron_id('P8'), 'name 1', last_name => 'Vancey');
select is(
  (tests.ctr_case('P8', '2025-03-10')).amendment_due, true, 'but never a name'
);

-- Whose it is.
select tests.sign_out();
select tests.happens(
  'U1', tests.at('19:00', '2025-03-11'), 'person', '{"description": "green hat"}'
);
select tests.happens(
  'u1 buys', tests.at('20:00', '2025-03-11'), 'cash',
  '{"person": "U1", "direction": "in", "kind": "chip_purchase", "area": "cage",
    "tender": "currency", "amount": 10400}'
);
select tests.player('P9');
select tests.sign_in('eve');
select tests.identify(tests.who('green hat'));
select compliance.prepare_ctr(c.case_id)
from compliance.ctr_case as c
where c.gaming_day = '2025-03-11';
select tests.export('2025-03-11');
select compliance.identify_patron(tests.who('green hat'), tests.player_id('P9'), 'who');
select is(
  tests.files('P9', '2025-03-11'), 'filed 1 true', 'somebody who was unknown when it was sent'
);
select tests.sign_out();
select results_eq(
  $$
    select f.patron_id
    from compliance.ctr_filing as f
    where f.casino_id = tests.casino_id()
      and f.case_id = (tests.ctr_case('P9', '2025-03-11')).case_id
  $$,
  $$ select tests.who('green hat') $$,
  'is who was reported'
);

-- Calls that are repeated, because their answer was lost.
select tests.ready('P10', '2025-03-12');
select tests.export('2025-03-12');
select tests.more('P10', '2025-03-12', 500);
select is(
  tests.refusal(format('select tests.files_version(%s)', v.version)), 'CTR_INVALID_STATE',
  'version ' || v.version || ' isn''t the first'
)
from (values (0), (2)) as v (version);
select is(tests.files_version(1), 'filed 1 true false', 'the first version');
select is(
  tests.files_version(1), 'filed 1 true true',
  'the same call again gives what it filed, though an amendment is due'
);
select is(
  (select count(*) from tests.filings('P10', '2025-03-12')), 1::bigint, 'and files nothing'
);
select is(tests.files_version(2), 'filed 2 false false', 'the amendment is a call of its own');
select is(tests.files_version(2), 'filed 2 false true', 'which can be repeated as well');
select is(tests.files_version(1), 'filed 2 false true', 'as can the first one');
select is(
  tests.refusal('select tests.files_version(3)'), 'CTR_INVALID_STATE',
  'there is no amendment without a change'
);
select is(
  (select count(*) from tests.filings('P10', '2025-03-12')), 2::bigint, 'two versions were filed'
);

select is(
  tests.refusal($$ select e.reports from compliance.ctr_export as e $$), '42501',
  'nobody reads from the table what a file said'
);
select is(
  tests.refusal($$ select e.case_ids from compliance.ctr_export as e $$), 'nothing',
  'but whom it was about'
);

select * from finish();
rollback;
