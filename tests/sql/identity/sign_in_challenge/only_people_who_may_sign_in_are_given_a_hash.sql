begin;
set local search_path to pgtap, public;
select plan(11);

select tests.casino('TSIGN');
select identity.add_staff('TSIGN', 'ada', 'Ada', 'pit_boss');
select identity.add_staff('TSIGN', 'deal', 'Dealer', 'dealer');
select identity.add_staff('TSIGN', 'gone', 'Gone', 'cashier');
select identity.add_staff('TSIGN', 'new', 'New', 'cashier');
select identity.set_password('TSIGN', u.name, '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA')
from unnest(array['ada', 'deal', 'gone', 'feed']) as u (name);
update identity.staff set active = false
where casino_id = tests.casino_id() and username = 'gone';

create function tests.challenged(code text, username text) returns text
language sql
return (
  select coalesce(string_agg(c.phc, ','), 'nobody')
  from identity.sign_in_challenge(code, username) as c
);

set local role pit_gateway;
select is(
  tests.challenged('TSIGN', 'ada'), '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
  'the gateway gets the hash to verify'
);
select isnt(tests.challenged(' tsign ', ' ADA '), 'nobody', 'however it was typed');
select is(tests.challenged('TSIGN', 'nobody'), 'nobody', 'an unknown name');
select is(tests.challenged('TELSE', 'ada'), 'nobody', 'an unknown casino');
select is(tests.challenged('TSIGN', 'new'), 'nobody', 'somebody without a password');
select is(tests.challenged('TSIGN', 'deal'), 'nobody', 'a dealer');
select is(tests.challenged('TSIGN', 'feed'), 'nobody', 'the account of a feed');
select is(tests.challenged('TSIGN', 'gone'), 'nobody', 'somebody who left');
select is(tests.challenged(null, null), 'nobody', 'nothing at all');
set local role pit_staff;
select throws_ok(
  $$ select identity.sign_in_challenge('TSIGN', 'ada') $$, '42501', null,
  'staff can''t read hashes'
);
set local role pit_visitor;
select throws_ok(
  $$ select identity.sign_in_challenge('TSIGN', 'ada') $$, '42501', null, 'nor can visitors'
);

select * from finish();
rollback;
