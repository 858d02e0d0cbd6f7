begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('RFOREIGN', jsonb_build_object('filer', tests.filer()));
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
create function tests.exchange(direction text, currency text, amount numeric) returns boolean
language sql
volatile
return (
  compliance.record_mtl_entry(
    patron_id => null, player_id => tests.player_id('P1'), direction => direction,
    kind => 'exchange', area => 'cage', tender => 'currency', amount => amount,
    idempotency_key => direction || amount, occurred_at => tests.at('20:00'),
    foreign_currency => currency
  )
).replayed;
create function tests.lines(direction text) returns jsonb
language sql
volatile
return (
  select jsonb_agg(
    jsonb_build_array(l.line -> 'line', l.line -> 'amount', l.line -> 'country')
    order by l.no
  )
  from jsonb_array_elements(
    compliance.ctr_batch('2025-03-03', '2025-03-03') #> '{reports,0,lines}'
  ) with ordinality as l (line, no)
  where l.line ->> 'direction' = lines.direction
);

select tests.sign_in('eve');
-- Euros for dollars, Canadian dollars twice, dollars for pesos, and dollars for dollars.
select tests.exchange('in', 'EUR', 4000.50);
select tests.exchange('in', 'CAD', 3000.25);
select tests.exchange('in', 'CA', 1000.25);
select tests.exchange('out', 'MXN', 6000.75);
select tests.exchange('in', null, 500);
select tests.identify(tests.patron_id('P1'));
select compliance.prepare_ctr((tests.ctr_case('P1')).case_id);

select is(
  tests.lines('in'), '[[14, 6501, null], [53, 4001, "CA"], [53, 4001, "EU"]]',
  'foreign currency in is on line 53 by country, dollars on line 14'
);
select is(
  tests.lines('out'), '[[15, 8501, null], [54, 6001, "MX"]]',
  'foreign currency out is on line 54, dollars on line 15'
);
select is(
  compliance.ctr_batch('2025-03-03', '2025-03-03') #> '{reports,0,cash_in}', '14503',
  'every exchange is cash in'
);
select is(
  compliance.ctr_batch('2025-03-03', '2025-03-03') #> '{reports,0,cash_out}', '14502',
  'and cash out'
);

select * from finish();
rollback;
