begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TEXJB');
select tests.person('ann', 'admin');
insert into loyalty.loyalty_policy
select (tests.policy('pt1', jsonb_build_object(
  'loyalty_policy_id', uuidv7(), 'version', 2, 'effective_from', '2025-01-01T00:00:00Z',
  'points_valid_days', 365
))).*;
-- Points of 2025-03-03.
select tests.player('P1', 500);
create function tests.ticket() returns text
language sql
security definer
return (
  select j.payload ->> 'ticket'
  from graphile_worker._private_jobs as j
  where j.key = 'pit:loyalty/expire_points:' || tests.casino_id()
);
create function tests.expire(ticket text default tests.ticket()) returns text
language sql
return tests.refusal(format('select loyalty.expire_points_job(%L)', ticket));

set local session authorization pit_worker;
select is(
  ops.queue_recurring_job('loyalty/expire_points') > 0, true, 'the worker''s clock queues it'
);
set local session authorization default;
select is(tests.expire(), 'INVALID_TICKET', 'a superuser is not the worker');
select tests.sign_in('ann');
select is(tests.expire(), '42501', 'nor is staff');
select tests.sign_out();
set local session authorization pit_worker;
select is(tests.expire(null), 'INVALID_TICKET', 'the worker without a ticket');
select is(tests.expire(tests.casino_id() || '.' || repeat('0', 64)), 'INVALID_TICKET', 'made up');
select row_eq(
  $$
    select b.finished, b.players, b.points, cardinality(b.ledger_entries)
    from loyalty.expire_points_job(tests.ticket()) as b
  $$,
  row(true, 1, 500::bigint, 1), 'with its ticket it expires points'
);
select row_eq(
  $$
    select b.finished, b.players, b.points, b.ledger_entries
    from loyalty.expire_points_job(tests.ticket()) as b
  $$,
  row(true, 0, 0::bigint, '{}'::loyalty.loyalty_ledger[]), 'once'
);
set local session authorization default;
select is((tests.standing('P1')).current_balance, 0::bigint, 'the balance is without them');
select is(
  (select r.gaming_day - r.cut_off from loyalty.expiry_run as r
    where r.casino_id = tests.casino_id()),
  365, 'by the policy in force'
);
select is(
  (select count(*)::integer from tests.entries('P1') as e where e.transaction_type = 'EXPIRATION'),
  1, 'in one entry'
);

select * from finish();
rollback;
