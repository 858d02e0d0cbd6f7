begin;
set local search_path to pgtap, public;
select plan(26);

select tests.casino('TAPPR');
select tests.person('ann', 'pit_boss');
select tests.person('bob', 'pit_boss');
select tests.person('cem', 'pit_boss');
select tests.person('eva', 'cashier');
select tests.player('P1');
select tests.seat('P1');

create function tests.ask(key text, points bigint default 6000) returns uuid
language sql
return (
  (
    loyalty.manual_reward(
      tests.player_id('P1'), points, 'anniversary gift', key, tests.slip_id('P1')
    )
  ).reward_request
).reward_request_id;
create function tests.approve(request_id uuid) returns loyalty.ledger_result
language sql
return loyalty.approve_reward(request_id);
create function tests.request(key text) returns uuid
language sql
security definer
return (
  select r.reward_request_id
  from loyalty.reward_request as r
  where r.casino_id = tests.casino_id() and r.idempotency_key = key
);
create function tests.decidable(key text) returns boolean
language sql
return (
  select a.decidable from loyalty.approval as a where a.reward_request_id = tests.request(key)
);

select tests.sign_in('ann');
select isnt(tests.ask('k1'), null, 'a large reward waits');
select throws_ok($$ select tests.approve(tests.request('k1')) $$, 'LYSLF', null, 'not by oneself');
select is(tests.decidable('k1'), false, 'which the queue says before');
select throws_ok($$ select tests.approve(uuidv7()) $$, 'LYREQ', null, 'there must be one');
select throws_ok($$ select tests.approve(null) $$, 'LYREQ', null, 'at all');

select tests.sign_in('eva');
select is(tests.decidable('k1'), false, 'nor is it offered to who may not decide at all');

select tests.sign_in('bob');
select is(tests.decidable('k1'), true, 'to another person it is offered');
select is(
  (
    select (
      ((a).ledger_entry).points_change, ((a).ledger_entry).transaction_type, (a).replayed,
      (a).current_balance, ((a).reward_request).status, ((a).reward_request).entry_no
    )::text
    from tests.approve(tests.request('k1')) as a
  ),
  '(6000,MANUAL_BONUS,f,6000,approved,1)', 'another person makes it an entry'
);
select is(
  (
    select (((a).ledger_entry).entry_no, (a).replayed, (a).current_balance)::text
    from tests.approve(tests.request('k1')) as a
  ),
  '(1,t,6000)', 'approving twice is once'
);
select is(tests.decidable('k1'), false, 'and nobody is offered what is decided');
select throws_ok(
  $$ select loyalty.decline_reward(tests.request('k1'), 'too much') $$, 'LYDEC',
  'This is already approved.', 'and is not undone by declining'
);
select tests.sign_in('cem');
select throws_ok(
  $$ select tests.approve(tests.request('k1')) $$, 'LYDEC', null, 'a third person comes too late'
);
select tests.sign_in('ann');
select throws_ok(
  $$ select tests.approve(tests.request('k1')) $$, 'LYSLF', null,
  'who asked is refused for that first'
);
select is(
  (
    select (((a).ledger_entry).entry_no, ((a).reward_request).status, (a).replayed)::text
    from loyalty.manual_reward(
      tests.player_id('P1'), 6000, 'anniversary gift', 'k1', tests.slip_id('P1')
    ) as a
  ),
  '(1,approved,t)', 'asking again with the key tells what became of it'
);
select throws_ok(
  $$ select loyalty.redeem(tests.player_id('P1'), 1, 'x', 'k1') $$, 'LYIDM', null,
  'the key stays used'
);
select is((tests.standing('P1')).current_balance, 6000::bigint, 'it was given once');
select is((tests.standing('P1')).lifetime_points, 6000::bigint, 'and counts');
select results_eq(
  $$
    select a.username, b.username, l.rating_slip_id = tests.slip_id('P1'), l.reason, l.source::text
    from tests.entries('P1') as l
    join identity.staff as a on a.staff_id = l.staff_id
    join identity.staff as b on b.staff_id = l.approved_by
  $$,
  $$ values ('ann', 'bob', true, 'anniversary gift', 'manual') $$,
  'the entry is hers, approved by him'
);
select is(
  tests.refusal($$ select loyalty.reverse_entry(tests.player_id('P1'), 1, 'x', 'k9') $$),
  'FORBIDDEN', 'a pit boss reverses nothing'
);

-- The limits that hold for asking.
select is((loyalty.reward_terms()).rewards_left, 9, 'a request counts for the pace, once');
select tests.sign_out();
select tests.casino('TAPPS');
select tests.person('dee', 'pit_boss');
select tests.sign_in('dee');
select throws_ok(
  $$
    select tests.approve(
      (select r.reward_request_id from loyalty.reward_request as r limit 1)
    )
  $$,
  'LYREQ', null, 'another casino''s request isn''t there'
);
select is_empty('select * from loyalty.approval', 'nor in the queue');

-- A request by somebody who is approved by a person that lost the capability meanwhile.
select tests.sign_out();
select set_config('tests.code', 'TAPPR', true);
select set_config('tests.casino_id', c.casino_id::text, true)
from identity.casino as c
where c.code = 'TAPPR';
select tests.sign_in('ann');
select isnt(tests.ask('k2', 5000), null, 'exactly the threshold waits too');
select tests.sign_out();
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, 'loyalty:approve', false
from identity.staff as s
where s.casino_id = tests.casino_id() and s.username = 'bob';
select tests.sign_in('bob');
select throws_ok(
  $$ select tests.approve(tests.request('k2')) $$, 'IDFRB', null,
  'a withdrawn capability approves nothing'
);
select tests.sign_in('cem');
select tests.approve(tests.request('k2'));
select is((tests.standing('P1')).current_balance, 11000::bigint, 'somebody else still does');
select is((tests.standing('P1')).tier, 'SILVER', 'and the tier follows');

select * from finish();
rollback;
