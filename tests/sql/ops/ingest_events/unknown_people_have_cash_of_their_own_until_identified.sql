begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TCPER');
select tests.player('P1');
select tests.player('P2');

create function tests.buys(who jsonb, amount numeric, key text) returns text
language sql
volatile
return tests.happens(
  key, tests.at('10:00'), 'cash',
  '{"direction": "in", "kind": "chip_purchase", "area": "cage", "tender": "currency"}'
  || who || jsonb_build_object('amount', amount)
);
create function tests.cases() returns text[]
language sql
security definer
return array(
  select coalesce(f.card_no, 'unknown') || ' ' || c.state
  from compliance.ctr_case as c
  join compliance.patron as p using (casino_id, patron_id)
  left join floor.player as f using (casino_id, player_id)
  where c.casino_id = tests.casino_id()
  order by c.case_id
);

select is(
  tests.happens('p1', tests.at('09:00'), 'person', '{"description": "blue jacket"}'),
  'applied', 'somebody is described'
);
select is(
  tests.happens('p1', tests.at('09:00'), 'person', '{"description": "blue jacket"}'),
  'replayed', 'once'
);
select is(tests.buys('{"person": "p1"}', 6000, 'c1'), 'applied', 'their cash is theirs');
select is(tests.buys('{"card": "P1"}', 5000, 'c2'), 'applied', 'a player''s the player''s');
select is(tests.cases(), '{}', 'no sum is reportable');
select is(
  tests.happens('i1', tests.at('11:00'), 'identified', '{"person": "p1", "card": "P1"}'),
  'applied', 'D13: they are identified'
);
select is(tests.cases(), array['P1 open'], 'and both together are');
select is(
  tests.happens('i2', tests.at('11:01'), 'identified', '{"person": "p1", "card": "P2"}'),
  'MTL_ALREADY_IDENTIFIED', 'nobody is two people'
);
select is(
  tests.happens('x1', tests.at('11:02'), 'cash_corrected',
    '{"ref": "c1", "amount": "5000", "reason": "Miscounted"}'),
  'applied', 'what they paid is corrected'
);
select is(tests.cases(), array['P1 closed'], 'and the player''s total follows');

select * from finish();
rollback;
