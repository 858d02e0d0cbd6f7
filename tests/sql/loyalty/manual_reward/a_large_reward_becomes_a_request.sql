begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TASKS');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');

create function tests.give(points bigint, key text) returns loyalty.ledger_result
language sql
return loyalty.manual_reward(tests.player_id('P1'), points, 'anniversary gift', key);

select tests.sign_in('sup');

select is(
  ((tests.give(4999, 'k1')).ledger_entry).points_change, 4999::bigint,
  'below the threshold it is given at once'
);
select is(
  ((tests.give(5000, 'k2')).reward_request).status, 'pending',
  'from the threshold on it is asked for'
);
select is(
  ((tests.give(5000, 'k2')).ledger_entry).entry_no, null::bigint, 'nothing is posted'
);
select is((tests.standing('P1')).current_balance, 4999::bigint, 'the balance stays');
select is((tests.give(5000, 'k2')).replayed, true, 'asking again is a replay');
select is(
  (tests.give(5000, 'k2')).reward_request,
  (tests.give(5000, 'k2')).reward_request, 'and gives the same request'
);
select throws_ok(
  $$ select tests.give(6000, 'k2') $$, 'LYIDM', null, 'its key is used'
);
select throws_ok(
  $$ select tests.give(10001, 'k3') $$, 'LYLIM', null, 'the limit holds for requests too'
);
select tests.sign_out();
select results_eq(
  $$
    select r.points, r.reason, s.username
    from loyalty.reward_request as r
    join identity.staff as s on s.casino_id = r.casino_id and s.staff_id = r.requested_by
    where r.casino_id = tests.casino_id()
  $$,
  $$ values (5000::bigint, 'anniversary gift', 'sup') $$,
  'one request, and who asked'
);
select tests.person('shy', 'floor_supervisor');
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
select s.casino_id, s.staff_id, 'loyalty:award', false
from identity.staff as s
where s.casino_id = tests.casino_id() and s.username = 'shy';
select tests.sign_in('shy');
select throws_ok(
  $$ select tests.give(1, 'k9') $$, 'IDFRB', null, 'a withdrawn capability is asked first'
);

select * from finish();
rollback;
