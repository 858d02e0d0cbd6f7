begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TQUEU');
select set_config('pit.casino', tests.casino_id()::text, true);
set local role loyalty_service;
select lives_ok(
  $$ select ops._queue_job('loyalty/recover_accruals', '{"rating_slip_id": "x"}', 'tests:q1') $$,
  'a service queues a job'
);
select throws_ok(
  $$ select ops._add_job('loyalty/recover_accruals', '{}', 'tests:q2') $$, '42501', null,
  'the last step into the queue is not its own'
);
reset role;
select results_eq(
  $$
    select j.payload ->> 'rating_slip_id', (j.payload ->> 'ticket') ~ '^\d+\.[0-9a-f]{64}$'
    from graphile_worker._private_jobs as j
    where j.key = 'tests:q1'
  $$,
  $$ values ('x', true) $$,
  'the payload has a ticket'
);
select results_eq(
  $$
    select s.task, s.staff_id, s.expires_at > now() + interval '1 day', s.token_hash = sha256(
      convert_to(split_part((
        select j.payload ->> 'ticket' from graphile_worker._private_jobs as j
        where j.key = 'tests:q1'
      ), '.', 2), 'UTF8')
    )
    from identity.session as s
    where s.casino_id = tests.casino_id() and s.kind = 'job'
  $$,
  $$ values ('loyalty/recover_accruals', null::uuid, true, true) $$,
  'which is a session for that task, of nobody, kept as a hash'
);
set local role pit_staff;
select throws_ok(
  $$ select ops._queue_job('x', '{}') $$, '42501', null, 'staff queue nothing'
);
reset role;
create function tests.queue_and_fail() returns void
language plpgsql
as $$
begin
  perform ops._queue_job('loyalty/recover_accruals', '{}', 'tests:q3');
  raise exception using errcode = 'TUNDO';
end
$$;
select throws_ok($$ select tests.queue_and_fail() $$, 'TUNDO', null, 'what caused it fails');
select is_empty(
  $$ select from graphile_worker._private_jobs as j where j.key = 'tests:q3' $$,
  'and takes its job with it'
);

select * from finish();
rollback;
