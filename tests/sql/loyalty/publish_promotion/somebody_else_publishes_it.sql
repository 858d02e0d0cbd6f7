begin;
set local search_path to pgtap, public;
select plan(22);

select tests.casino('TPUBL');
select tests.person('mark', 'marketing');
select tests.person('mila', 'marketing');
select tests.person('boss', 'pit_boss');
create function tests.draft(name text) returns void
language sql
return loyalty.create_promotion(
  name, now() - interval '1 hour', now() + interval '1 hour', 2, 5000, name
) is null;
create function tests.campaign(name text) returns loyalty.promotion
language sql
security definer
return (
  select p
  from loyalty.promotion as p
  where p.casino_id = tests.casino_id() and p.name = campaign.name
);
create function tests.id(name text) returns uuid
language sql
return (tests.campaign(name)).promotion_id;

-- What screens offer of a campaign to the signed-in person: to publish it, to end it.
create function tests.offered(name text) returns text
language sql
return (
  select loyalty.promotion_publishable(p) || ' ' || loyalty.promotion_endable(p)
  from loyalty.promotion as p
  where p.name = offered.name
);

select tests.sign_in('mark');
select tests.draft('one');
select tests.draft('two');
select is(tests.offered('one'), 'false true', 'its author is offered to discard it, no more');
select throws_ok(
  $$ select loyalty.publish_promotion(tests.id('one')) $$, 'LYSLF', null,
  'nobody publishes their own'
);
select throws_ok(
  $$ select loyalty.publish_promotion(gen_random_uuid()) $$, 'LYPNF', null, 'it must be there'
);
select tests.sign_in('boss');
select throws_ok(
  $$ select loyalty.publish_promotion(tests.id('one')) $$, 'IDFRB', null,
  'it takes somebody who configures'
);
select is(tests.offered('one'), 'false false', 'and is offered to nobody else');
select tests.sign_in('mila');
select is(tests.offered('one'), 'true true', 'a second person is offered both');
select is(
  (loyalty.publish_promotion(tests.id('one'))).replayed, false, 'a second person publishes it'
);
select is(loyalty.promotion_state(tests.campaign('one')), 'running', 'and it runs');
select is(tests.offered('one'), 'false true', 'which can be stopped');
select is(
  (loyalty.publish_promotion(tests.id('one'))).replayed, true, 'publishing twice is publishing'
);
select tests.sign_in('mark');
select throws_ok(
  $$ select loyalty.publish_promotion(tests.id('one')) $$, 'LYSLF', null,
  'its author can''t even repeat it'
);
select throws_ok(
  $$ select loyalty.end_promotion(tests.id('one'), ' ') $$, 'LYRSN', null, 'stopping has a reason'
);
select is(
  (loyalty.end_promotion(tests.id('one'), 'too popular')).replayed, false, 'one person stops it'
);
select is(loyalty.promotion_state(tests.campaign('one')), 'ended', 'before its time');
select is(tests.offered('one'), 'false false', 'and then there is nothing to offer');
select is(
  (loyalty.end_promotion(tests.id('one'), 'again')).replayed, true, 'once'
);
select loyalty.end_promotion(tests.id('two'), 'not this year');
select is(loyalty.promotion_state(tests.campaign('two')), 'discarded', 'a draft is discarded');
select tests.sign_in('mila');
select throws_ok(
  $$ select loyalty.publish_promotion(tests.id('two')) $$, 'LYDEC',
  'This is already discarded.', 'and stays so'
);
select is(tests.offered('two'), 'false false', 'so that nobody is offered to');
select tests.sign_in('mark');
select tests.draft('three');
select tests.sign_in('mila');
select loyalty.publish_promotion(tests.id('three'));
select is(tests.offered('three'), 'false true', 'what runs can be stopped');
select tests.sign_out();
update loyalty.promotion set ends_at = now() where name = 'three';
select tests.sign_in('mila');
select is(tests.offered('three'), 'false false', 'what is over needn''t be');
select tests.sign_out();
select throws_ok(
  $$
    update loyalty.promotion set published_by = created_by, published_at = now()
    where promotion_id = tests.id('two')
  $$,
  '23514', null, 'not even the table lets anybody publish their own'
);

select * from finish();
rollback;
