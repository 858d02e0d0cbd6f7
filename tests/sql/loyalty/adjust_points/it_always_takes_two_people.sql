begin;
set local search_path to pgtap, public;
select plan(21);

select tests.casino('TADJU');
select tests.person('mark', 'marketing');
select tests.person('mia', 'marketing');
select tests.person('ann', 'pit_boss');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1', 500);

create function tests.adjust(points bigint, key text, reason text default 'wrong card rated')
returns loyalty.ledger_result
language sql
return loyalty.adjust_points(tests.player_id('P1'), points, reason, key);
create function tests.request(key text) returns uuid
language sql
security definer
return (
  select r.reward_request_id
  from loyalty.reward_request as r
  where r.casino_id = tests.casino_id() and r.idempotency_key = key
);

select tests.sign_in('ann');
select throws_ok($$ select tests.adjust(1, 'k') $$, 'IDFRB', null, 'it needs loyalty:adjust');
select tests.sign_in('mark');
select throws_ok(
  $$ select loyalty.adjust_points(uuidv7(), 1, 'wrong card', 'k') $$, 'RSPLR', null, 'a player'
);
select throws_ok($$ select tests.adjust(1, 'k', ' ') $$, 'LYRSN', null, 'a reason');
select throws_ok($$ select tests.adjust(0, 'k') $$, 'LYPTS', null, 'points that are not 0');
select throws_ok($$ select tests.adjust(null, 'k') $$, 'LYPTS', null, 'and are given');
select throws_ok(
  $$ select tests.adjust('-9223372036854775808', 'k') $$, 'LYPTS', null, 'and can be counted'
);
select throws_ok($$ select tests.adjust(1, 'pit:k') $$, 'IDKEY', null, 'a key of one''s own');
select is(
  tests.refusal_details($$ select tests.adjust(-501, 'k') $$) ->> 'shortfall', '1',
  'and no more than the balance'
);

select is(
  (
    select (((a).reward_request).kind, ((a).reward_request).status, (a).current_balance)
    from tests.adjust(-100, 'k1') as a
  ),
  row('adjustment'::text, 'pending'::text, 500::bigint), 'one point or many: it is a request'
);
select is((tests.adjust(1, 'k2')).ledger_entry, null, 'also a single point');
select is((tests.adjust(-100, 'k1')).replayed, true, 'asking again is a replay');
select throws_ok($$ select tests.adjust(-101, 'k1') $$, 'LYIDM', null, 'of the same request');
select throws_ok(
  $$ select loyalty.approve_reward(tests.request('k1')) $$, 'LYSLF', null,
  'who asked doesn''t approve'
);
select is((tests.standing('P1')).current_balance, 500::bigint, 'nothing has moved');

select tests.sign_in('sup');
select throws_ok(
  $$ select loyalty.approve_reward(tests.request('k1')) $$, 'IDFRB', null,
  'nor who lacks loyalty:approve'
);
select tests.sign_in('mia');
select is(
  (
    select (
      ((a).ledger_entry).transaction_type, ((a).ledger_entry).event_type,
      ((a).ledger_entry).source, ((a).ledger_entry).points_change, (a).current_balance
    )::text
    from loyalty.approve_reward(tests.request('k1')) as a
  ),
  '(ADJUSTMENT,POINTS_ADJUSTED,adjustment,-100,400)', 'somebody else does'
);
select tests.sign_in('ann');
select is(
  ((loyalty.approve_reward(tests.request('k2'))).reward_request).status, 'approved',
  'whoever has loyalty:approve'
);
select tests.sign_out();
select results_eq(
  $$
    select l.points_change, a.username, b.username, l.idempotency_key
    from tests.entries('P1') as l
    join identity.staff as a on a.staff_id = l.staff_id
    join identity.staff as b on b.staff_id = l.approved_by
    order by l.entry_no
  $$,
  $$ values (-100::bigint, 'mark', 'mia', 'k1'), (1::bigint, 'mark', 'ann', 'k2') $$,
  'the entries name both'
);
select is(
  ((tests.standing('P1')).current_balance, (tests.standing('P1')).lifetime_points),
  row(401::bigint, 501::bigint), 'what is added counts into the lifetime, what is taken doesn''t'
);
select throws_ok(
  $$
    update loyalty.reward_request as r
    set decided_by = r.requested_by
    where r.reward_request_id = tests.request('k1')
  $$,
  '23514', null, 'not even a superuser makes them one person'
);
select throws_ok(
  $$
    insert into loyalty.loyalty_ledger
    select (jsonb_populate_record(
      l, jsonb_build_object(
        'entry_no', 99, 'approved_by', l.staff_id, 'idempotency_key', 'k99'
      )
    )).*
    from tests.entries('P1') as l
    where l.idempotency_key = 'k1'
  $$,
  '23514', null, 'in the ledger neither'
);

select * from finish();
rollback;
