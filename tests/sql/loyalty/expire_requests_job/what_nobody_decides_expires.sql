begin;
set local search_path to pgtap, public;
select plan(13);

select tests.casino('TEXPR');
select tests.person('ann', 'pit_boss');
select tests.person('bob', 'pit_boss');
select tests.player('P1');
create function tests.request(key text) returns uuid
language sql
security definer
return (
  select r.reward_request_id
  from loyalty.reward_request as r
  where r.casino_id = tests.casino_id() and r.idempotency_key = key
);
create function tests.ticket() returns text
language sql
security definer
return (
  select j.payload ->> 'ticket'
  from graphile_worker._private_jobs as j
  where j.key = 'pit:loyalty/expire_requests:' || tests.casino_id()
);

select tests.sign_in('ann');
select loyalty.manual_reward(tests.player_id('P1'), 6000, 'anniversary gift', 'k1');
select loyalty.manual_reward(tests.player_id('P1'), 7000, 'anniversary gift', 'k2');
select tests.sign_out();
select is(
  (
    select r.expires_at - r.created_at
    from loyalty.reward_request as r
    where r.reward_request_id = tests.request('k1')
  ),
  interval '72 hours', 'the policy says for how long'
);
update loyalty.reward_request as r
set expires_at = now()
where r.reward_request_id = tests.request('k1');

select tests.sign_in('bob');
select throws_ok(
  $$ select loyalty.approve_reward(tests.request('k1')) $$, 'LYDEC',
  'This is already expired.', 'when its time is over it can''t be approved'
);
select throws_ok(
  $$ select loyalty.decline_reward(tests.request('k1'), 'x') $$, 'LYDEC', null, 'or declined'
);
select results_eq(
  $$ select a.points, a.status from loyalty.approval as a order by a.points $$,
  $$ values (6000::bigint, 'expired'), (7000, 'pending') $$, 'the queue says so at once'
);
select is(
  tests.refusal($$ select loyalty.expire_requests_job('1.x') $$), '42501', 'the job isn''t staff''s'
);
select tests.sign_out();
set local session authorization pit_worker;
select is(
  tests.refusal($$ select ops.queue_recurring_job('loyalty/expire_requests') $$), 'nothing',
  'the worker''s clock queues it'
);
select is(
  tests.refusal($$ select loyalty.expire_requests_job('1.x') $$), 'INVALID_TICKET',
  'it needs its ticket'
);
select is(loyalty.expire_requests_job(tests.ticket()), 1, 'the job marks it');
select is(loyalty.expire_requests_job(tests.ticket()), 0, 'once');
set local session authorization default;
select results_eq(
  $$
    select r.points, r.status, r.decided_by, r.decided_at is not null
    from loyalty.reward_request as r
    where r.casino_id = tests.casino_id()
    order by r.points
  $$,
  $$ values (6000::bigint, 'expired', null::uuid, true), (7000, 'pending', null, false) $$,
  'by nobody, and only what waited too long'
);
select tests.sign_in('bob');
select throws_ok(
  $$ select loyalty.approve_reward(tests.request('k1')) $$, 'LYDEC', null, 'it stays so'
);
select is(
  ((loyalty.approve_reward(tests.request('k2'))).ledger_entry).points_change, 7000::bigint,
  'the other still waits'
);
select is((tests.standing('P1')).current_balance, 7000::bigint, 'only that was given');

select * from finish();
rollback;
