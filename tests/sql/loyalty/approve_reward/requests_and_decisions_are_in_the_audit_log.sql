begin;
set local search_path to pgtap, public;
select plan(4);

select tests.casino('TAPAU');
select tests.person('ann', 'pit_boss');
select tests.person('bob', 'pit_boss');
select tests.player('P1');
select tests.seat('P1');

create function tests.ask(key text) returns uuid
language sql
return (
  (
    loyalty.manual_reward(
      tests.player_id('P1'), 6000, 'anniversary gift', key, tests.slip_id('P1')
    )
  ).reward_request
).reward_request_id;
create function tests.request(key text) returns uuid
language sql
security definer
return (
  select r.reward_request_id
  from loyalty.reward_request as r
  where r.casino_id = tests.casino_id() and r.idempotency_key = key
);
create function tests.lines(key text) returns text
language sql
security definer
return (
  select string_agg(concat_ws(' by ', a.action, s.username), ', ' order by a.audit_log_id)
  from ops.audit_log as a
  join identity.staff as s on s.casino_id = a.casino_id and s.staff_id = a.staff_id
  where a.casino_id = tests.casino_id()
    and a.player_id = tests.player_id('P1')
    and a.details ->> 'reward_request_id' = tests.request(key)::text
);

select tests.sign_in('ann');
select tests.ask('k1');
select tests.ask('k2');
select tests.ask('k2');
select is(tests.lines('k2'), 'points requested by ann', 'a replay is no second request');

select tests.sign_in('bob');
select loyalty.approve_reward(tests.request('k1'));
select loyalty.approve_reward(tests.request('k1'));
select is(
  tests.lines('k1'), 'points requested by ann, request approved by bob',
  'both people, once, and whose points they are'
);
select loyalty.decline_reward(tests.request('k2'), 'not on this floor');
select loyalty.decline_reward(tests.request('k2'), 'not on this floor');
select is(tests.lines('k2'), 'points requested by ann, request declined by bob', 'declined, too');

select throws_ok(
  $$ select loyalty.approve_reward(tests.request('k2')) $$, 'LYDEC', null, 'decided is decided'
);
select * from finish();
rollback;
