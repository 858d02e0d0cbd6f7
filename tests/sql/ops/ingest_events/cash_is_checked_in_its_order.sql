begin;
set local search_path to pgtap, public;
select plan(33);

select tests.casino('TCORD');
select tests.player('P1', 100);
select tests.player('P2');

create function tests.cash_event(
  changes jsonb, clock text default '10:00', key text default null
) returns text
language sql
volatile
return tests.happens(
  coalesce(key, uuidv7()::text), tests.at(clock), 'cash',
  jsonb_strip_nulls('{
    "card": "P1", "direction": "in", "kind": "chip_purchase", "area": "pit",
    "tender": "currency", "amount": "3000.00"
  }' || changes)
);
create function tests.corrected(ref text, amount text, key text default null) returns text
language sql
volatile
return tests.happens(
  coalesce(key, uuidv7()::text), tests.at('12:00'), 'cash_corrected',
  jsonb_build_object('ref', ref, 'amount', amount, 'reason', 'Miscounted')
);
create function tests.total(card text) returns numeric
language sql
security definer
return (
  select d.cash_in
  from compliance.patron_gaming_day as d
  join compliance.patron as p using (casino_id, patron_id)
  where p.player_id = tests.player_id(card)
);

select is(
  tests.cash_event('{"card": "P9", "amount": 0, "kind": "x"}'), 'MTL_INVALID_AMOUNT',
  'cash: amount'
);
select is(tests.cash_event('{"amount": -1}'), 'MTL_INVALID_AMOUNT', 'a negative one');
select is(tests.cash_event('{"amount": "0.001"}'), 'MTL_INVALID_AMOUNT', 'part of a cent');
select is(tests.cash_event('{"amount": "ten"}'), 'MTL_INVALID_AMOUNT', 'a word');
select is(tests.cash_event('{"amount": null}'), 'MTL_INVALID_AMOUNT', 'none');
select is(
  tests.cash_event('{"card": "P9", "kind": "x", "table": "X"}'), 'PLAYER_NOT_FOUND', 'then player'
);
select is(
  tests.cash_event('{"card": null, "person": "p1", "kind": "x", "table": "X"}'),
  'MTL_PATRON_NOT_FOUND', 'or person'
);
select is(tests.cash_event('{"card": null}'), 'PLAYER_NOT_FOUND', 'somebody must be named');
select is(
  tests.cash_event('{"agent_for": "P9", "kind": "x", "table": "X"}'), 'PLAYER_NOT_FOUND',
  'then for whom it is'
);
select is(tests.cash_event('{"kind": "dance"}'), 'MTL_INVALID_KIND', 'then what it was');
select is(tests.cash_event('{"direction": "out"}'), 'MTL_INVALID_KIND', 'which way it went');
select is(tests.cash_event('{"tender": "gold"}'), 'MTL_INVALID_KIND', 'in what');
select is(tests.cash_event('{"table": "X"}'), 'TABLE_NOT_FOUND', 'then the table');
select is(
  tests.happens(
    'future', now() + interval '1 hour', 'cash',
    '{"card": "P1", "direction": "in", "kind": "chip_purchase", "area": "pit",
      "tender": "currency", "amount": 1}'
  ),
  'INVALID_TIME', 'not yet'
);
select is(tests.cash_event('{"table": "T1"}', key => 'c1'), 'applied', 'it is recorded');
select is(tests.cash_event('{"table": "T1"}', key => 'c1'), 'replayed', 'once');
select is(
  tests.cash_event('{"table": "T2"}', key => 'c1'), 'IDEMPOTENCY_CONFLICT',
  'its key is its own'
);
select is(
  tests.cash_event('{"table": "T1"}', key => 'c2'), 'applied',
  'the same again under another key is taken: a feed isn''t asked whether it is sure'
);
select is(tests.total('P1'), 6000.00, 'both count');
select is(
  tests.cash_event('{"agent_for": "P2"}', key => 'c3'), 'applied', 'one plays for another'
);
select is(tests.total('P2'), 3000.00, 'and it counts for the other');

select is(
  tests.corrected('c9', '-1'), 'MTL_ENTRY_NOT_FOUND', 'cash_corrected: entry'
);
select is(tests.corrected('enrol P1', '1'), 'MTL_ENTRY_NOT_FOUND', 'an entry of cash');
select is(tests.corrected('c1', '-1'), 'MTL_INVALID_AMOUNT', 'then amount');
select is(tests.corrected('c1', '1000', 'k1'), 'applied', 'it is corrected');
select is(tests.corrected('c1', '1500'), 'applied', 'and again');
select is(tests.total('P1'), 4500.00, 'what is right counts');
select is(tests.corrected('c1', '0'), 'applied', '0 voids it');
select is(tests.corrected('c1', '5'), 'MTL_ENTRY_NOT_FOUND', 'and then there is none');

select is(
  tests.happens('pe', tests.at('10:00'), 'person', '{"card": "P1"}'), 'MTL_INVALID_DESCRIPTION',
  'a person needs a description'
);
select is(
  tests.happens('id', tests.at('10:00'), 'identified', '{"person": "p1", "card": "P9"}'),
  'MTL_PATRON_NOT_FOUND', 'identified: person'
);
select tests.happens('p1', tests.at('10:00'), 'person', '{"description": "blue jacket"}');
select is(
  tests.happens('id', tests.at('10:01'), 'identified', '{"person": "p1", "card": "P9"}'),
  'PLAYER_NOT_FOUND', 'then player'
);
select is(
  tests.happens(
    'r1', tests.at('10:01'), 'redeem',
    '{"card": "P1", "points": 1, "reason": "cash back", "cash_amount": "much"}'
  ),
  'MTL_INVALID_AMOUNT', 'points for an amount that isn''t one'
);

select * from finish();
rollback;
