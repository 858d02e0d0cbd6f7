begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TGIVE');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.seat('P1', 'T2', 3);
select set_config('pit.correlation_id', 'request-4711', true);

create function tests.give() returns loyalty.ledger_result
language sql
return loyalty.manual_reward(
  tests.player_id('P1'), 250, '  birthday present ', 'key-1', tests.slip_id('P1')
);

select tests.sign_in('sup');

select is((tests.give()).replayed, false, 'the first call isn''t replayed');
select tests.sign_out();
select results_eq(
  $$
    select
      e.entry_no, e.transaction_type::text, e.event_type, e.source::text, e.points_change,
      e.balance_before, e.balance_after, e.reason, e.correlation_id, e.idempotency_key
    from tests.entries('P1') as e
  $$,
  $$
    values (
      1::bigint, 'MANUAL_BONUS', 'POINTS_UPDATE_REQUESTED', 'manual', 250::bigint, 0::bigint,
      250::bigint, 'birthday present', 'request-4711', 'key-1'
    )
  $$,
  'one entry says what was given and why'
);
select results_eq(
  $$ select e.rating_slip_id, e.visit_id, e.approved_by from tests.entries('P1') as e $$,
  $$ select tests.slip_id('P1'), tests.visit_id('P1'), null::uuid $$,
  'on which slip and visit'
);
select is(
  (select s.username from identity.staff as s join tests.entries('P1') as e using (staff_id)),
  'sup', 'who gave it comes from the session'
);
select results_eq(
  $$ select e.gaming_day, e.occurred_at, e.created_at from tests.entries('P1') as e $$,
  $$
    select ((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date, now(), now()
  $$,
  'and when'
);
select tests.sign_in('sup');
select is((tests.give()).replayed, true, 'the same call again is replayed');
select is((tests.give()).current_balance, 250::bigint, 'with the standing');
select is(((tests.give()).ledger_entry).entry_no, 1::bigint, 'and the first entry');
select is((select count(*)::integer from tests.entries('P1')), 1, 'there is still one entry');
select is(
  (loyalty.manual_reward(tests.player_id('P1'), 100, 'another reason', 'key-2')).current_balance,
  350::bigint, 'a new key is a new award'
);

select * from finish();
rollback;
