begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TDECL');
select tests.person('ann', 'pit_boss');
select tests.person('bob', 'pit_boss');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
create function tests.request(key text) returns uuid
language sql
security definer
return (
  select r.reward_request_id
  from loyalty.reward_request as r
  where r.casino_id = tests.casino_id() and r.idempotency_key = key
);
create function tests.decline(reason text default 'too much for an evening')
returns loyalty.ledger_result
language sql
return loyalty.decline_reward(tests.request('k1'), reason);

select tests.sign_in('ann');
select loyalty.manual_reward(tests.player_id('P1'), 6000, 'anniversary gift', 'k1');
select throws_ok($$ select tests.decline() $$, 'LYSLF', null, 'one''s own is not one''s to decide');
select tests.sign_in('sup');
select throws_ok($$ select tests.decline() $$, 'IDFRB', null, 'it needs loyalty:approve');
select tests.sign_in('bob');
select throws_ok(
  $$ select loyalty.decline_reward(uuidv7(), 'x') $$, 'LYREQ', null, 'and a request'
);
select throws_ok($$ select tests.decline(E' \n') $$, 'LYRSN', null, 'and a reason');
select is(
  (
    select (
      ((d).reward_request).status, ((d).reward_request).decision_reason, (d).replayed,
      (d).current_balance
    )::text
    from tests.decline() as d
  ),
  '(declined,"too much for an evening",f,0)', 'it is declined'
);
select is((tests.decline()).replayed, true, 'twice is once');
select throws_ok($$ select tests.decline('or so') $$, 'LYDEC', null, 'with the same reason');
select throws_ok(
  $$ select loyalty.approve_reward(tests.request('k1')) $$, 'LYDEC',
  'This is already declined.', 'and can''t be approved'
);
select is(
  (
    select (
      a.kind, a.player_name, a.points, a.status, a.requested_by_name, a.decided_by_name,
      a.decision_reason, a.entry_no
    )::text
    from loyalty.approval as a
  ),
  '(reward,"Pat P1",6000,declined,Ann,Bob,"too much for an evening",)',
  'the queue shows both people'
);
select is_empty($$ select * from tests.entries('P1') $$, 'the ledger never hears of it');
select tests.sign_in('ann');
select is(
  (
    select (((a).reward_request).status, (a).replayed)::text
    from loyalty.manual_reward(
      tests.player_id('P1'), 6000, 'anniversary gift', 'k1'
    ) as a
  ),
  '(declined,t)', 'asking again with the key tells so'
);
select isnt(
  ((loyalty.manual_reward(tests.player_id('P1'), 6000, 'anniversary gift', 'k2')).reward_request)
  .reward_request_id,
  null, 'a new request is another one'
);

select * from finish();
rollback;
