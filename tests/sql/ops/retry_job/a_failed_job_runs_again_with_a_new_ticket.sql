begin;
set local search_path to pgtap, public;
select plan(30);

create function tests.queue(task text) returns bigint
language plpgsql
as $$
declare
  v_key text := format('tests:%s:%s', tests.casino_id(), task);
begin
  perform set_config('pit.casino', tests.casino_id()::text, true);
  perform ops._queue_job(task, '{"correlation_id": "first", "n": 1}', v_key);
  perform set_config('pit.casino', '', true);
  return (select j.id from graphile_worker._private_jobs as j where j.key = v_key);
end
$$;
create function tests.job(task text) returns graphile_worker._private_jobs
language sql
security definer
return (
  select j from graphile_worker._private_jobs as j
  where j.key = format('tests:%s:%s', tests.casino_id(), task)
);
create function tests.fail(task text, attempts integer) returns void
language sql
begin atomic
  update graphile_worker._private_jobs as j
  set attempts = fail.attempts, last_error = 'OPTKT', run_at = now() + interval '5 hours'
  where j.id = (tests.job(task)).id;
end;
create function tests.retry(task text, key text default null) returns text
language sql
return tests.refusal(format('select ops.retry_job(%L, %L)', (tests.job(task)).id, key));

create function tests.offered() returns text
language sql
return (
  select string_agg(j.task, ' ' order by j.task)
  from ops.jobs() as j
  where ops.job_retryable(j)
);

select tests.casino('TREJA');
select set_config('tests.other', tests.queue('tests/other')::text, true);
select tests.fail('tests/other', 25);

select tests.casino('TREJB');
select tests.person('ann', 'admin');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.queue('tests/a');
select tests.queue('tests/b');
select set_config('tests.first', (tests.job('tests/a')).payload ->> 'ticket', true);

select tests.sign_in('ann');
select is(tests.retry('tests/a'), 'JOB_NOT_FAILED', 'one that waits needs nobody');
select is(tests.offered(), null, 'and nobody is offered to retry it');
select is(
  tests.refusal('select ops.retry_job(null)'), 'JOB_NOT_FOUND', 'nor is there one without an id'
);
select is(
  tests.refusal('select ops.retry_job(current_setting(''tests.other'')::bigint)'),
  'JOB_NOT_FOUND', 'nor one of another casino'
);
select tests.sign_out();
select tests.fail('tests/a', 25);
select tests.fail('tests/b', 2);
-- The first ticket has expired meanwhile, as a job is tried for days.
update identity.session set expires_at = now()
where casino_id = tests.casino_id() and kind = 'job';

select tests.sign_in('audrey');
select is(tests.retry('tests/a'), 'FORBIDDEN', 'who only reads retries nothing');
select is((select count(*) from ops.jobs()), 2::bigint, 'though they see both');
select is(tests.offered(), null, 'and is offered nothing');
select tests.sign_in('boss');
select is(tests.retry('tests/a'), 'FORBIDDEN', 'nor does the floor');
select tests.sign_in('ann');
select is(tests.offered(), 'tests/a tests/b', 'who may is offered what failed');
select is(tests.retry('tests/a', ' '), 'INVALID_IDEMPOTENCY_KEY', 'a key is a key');
select row_eq(
  $$
    select r.job_id, r.task, r.replayed, r.retried_at
    from ops.retry_job((tests.job('tests/a')).id, 'k1') as r
  $$,
  row((tests.job('tests/a')).id, 'tests/a'::text, false, now()), 'whoever runs the machinery does'
);
select is(
  (ops.retry_job((tests.job('tests/a')).id, 'k1')).replayed, true, 'the same key is the same retry'
);
select is(tests.retry('tests/b', 'k1'), 'IDEMPOTENCY_CONFLICT', 'and no other job''s');
select is(tests.retry('tests/a', 'k2'), 'JOB_NOT_FAILED', 'it waits now');
select is(tests.retry('tests/b'), 'nothing', 'one that failed need not wait; a key needn''t be');
select tests.sign_out();

select row_eq(
  $$ select j.attempts, j.last_error, j.run_at from (select (tests.job('tests/a')).*) as j $$,
  row(0::smallint, null::text, now()), 'it begins anew, at once'
);
select is((tests.job('tests/a')).is_available, true, 'a worker takes it');
select isnt(
  (tests.job('tests/a')).payload ->> 'ticket', current_setting('tests.first'), 'its ticket is new'
);
select is(
  (tests.job('tests/a')).payload::jsonb - 'ticket', '{"correlation_id": "first", "n": 1}'::jsonb,
  'all else is as it was queued'
);
create function tests.enter(task text, ticket text) returns text
language sql
return tests.refusal(format('select identity._enter_job(%L, %L)', task, ticket));
grant usage on schema identity to pit_worker;
grant execute on function identity._enter_job(text, text) to pit_worker;
select set_config('tests.second', (tests.job('tests/a')).payload ->> 'ticket', true);
set local session authorization pit_worker;
select is(tests.enter('tests/a', current_setting('tests.first')), 'INVALID_TICKET', 'the old one');
select is(tests.enter('tests/a', current_setting('tests.second')), 'nothing', 'the new one opens');
select is(tests.enter('tests/b', current_setting('tests.second')), 'INVALID_TICKET', 'one task');
set local session authorization default;

select results_eq(
  $$
    select a.details, s.username
    from ops.audit_log as a
    join identity.staff as s using (casino_id, staff_id)
    where a.casino_id = tests.casino_id() and a.action = 'job retried'
    order by a.audit_log_id
    limit 1
  $$,
  $$
    select
      jsonb_build_object(
        'job_id', (tests.job('tests/a')).id, 'task', 'tests/a', 'state', 'given_up',
        'attempts', 25, 'last_error', 'INVALID_TICKET', 'queued_by', 'first'
      ),
      'ann'
  $$,
  'who did it is in the audit log'
);
select results_eq(
  $$
    select r.task, r.attempts, r.last_error, r.idempotency_key
    from ops.job_retry as r where r.casino_id = tests.casino_id() order by r.task
  $$,
  $$
    values
      ('tests/a', 25, 'INVALID_TICKET', 'k1'), ('tests/b', 2, 'INVALID_TICKET', null)
  $$,
  'and with the retries'
);

-- A job that succeeds leaves the queue; the key remembers.
delete from graphile_worker._private_jobs as j where j.id = (tests.job('tests/a')).id;
select tests.sign_in('ann');
select is(
  (select r.replayed from ops.job_retry as j
    cross join lateral ops.retry_job(j.job_id, 'k1') as r where j.idempotency_key = 'k1'),
  true, 'the key gives its retry also when the job is through'
);
select is(
  (select tests.refusal(format('select ops.retry_job(%s)', j.job_id)) from ops.job_retry as j
    where j.idempotency_key = 'k1'),
  'JOB_NOT_FOUND', 'without it there is no such job'
);
select tests.sign_out();
select tests.fail('tests/b', 1);
update graphile_worker._private_jobs as j set locked_at = now(), locked_by = 'w'
where j.id = (tests.job('tests/b')).id;
select tests.sign_in('ann');
select is(tests.retry('tests/b'), 'JOB_NOT_FAILED', 'one that runs isn''t disturbed');
select tests.sign_in('audrey');
select is((select count(*)::integer from ops.job_retry), 2, 'who audits sees the retries');
select tests.sign_in('boss');
select is_empty('select from ops.job_retry', 'others don''t');
select tests.sign_out();
select throws_ok('delete from ops.job_retry', 'OPIMM', null, 'they are a record');

select * from finish();
rollback;
