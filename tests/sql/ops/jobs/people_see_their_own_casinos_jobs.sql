begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TJBA');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
create function tests.queue(key text) returns void
language plpgsql
as $$
begin
  perform set_config('pit.casino', tests.casino_id()::text, true);
  perform ops._queue_job(
    'tests/' || key, jsonb_build_object('correlation_id', 'of ' || key),
    format('tests:%s:%s', tests.casino_id(), key)
  );
  perform set_config('pit.casino', '', true);
end
$$;
create function tests.change(key text, attempts integer, error text, locked boolean default false)
returns void
language sql
begin atomic
  update graphile_worker._private_jobs as j
  set attempts = change.attempts, last_error = change.error,
    locked_at = case when locked then now() end, locked_by = case when locked then 'w' end
  where j.key = format('tests:%s:%s', tests.casino_id(), change.key);
end;

select tests.queue('waits');
select tests.queue('runs');
select tests.change('runs', 1, null, true);
select tests.queue('failed');
select tests.change('failed', 3, 'OPTKT');
select tests.queue('gone');
select tests.change('gone', 25, 'duplicate key: Pat P1, 1980-01-31');
select tests.queue('conflict');
select tests.change('conflict', 25, '40001');

select tests.sign_in('audrey');
select results_eq(
  $$
    select j.task, j.state, j.attempts, j.max_attempts, j.last_error, j.correlation_id
    from ops.jobs() as j
  $$,
  $$
    values
      ('tests/gone', 'given_up', 25, 25, 'INTERNAL_ERROR', 'of gone'),
      ('tests/conflict', 'given_up', 25, 25, '40001', 'of conflict'),
      ('tests/failed', 'failed', 3, 25, 'INVALID_TICKET', 'of failed'),
      ('tests/runs', 'running', 1, 25, null, 'of runs'),
      ('tests/waits', 'waiting', 0, 25, null, 'of waits')
  $$,
  'what needs somebody comes first; an error is a code and nothing else'
);
select is(
  (select bool_and(j.queued_at <= now() and j.run_at <= now()) from ops.jobs() as j), true,
  'since when, and for when'
);
select is_empty(
  $$ select from ops.jobs() as j where to_jsonb(j)::text ~ '[0-9a-f]{64}|Pat' $$,
  'neither a ticket nor a name is in it'
);
select is(
  tests.refusal('select * from graphile_worker._private_jobs'), '42501',
  'the queue itself is the worker''s'
);
select is(tests.refusal('select * from ops._jobs(1)'), '42501', 'and nobody names a casino');
select tests.sign_in('boss');
select is(tests.refusal('select * from ops.jobs()'), 'FORBIDDEN', 'it takes audit:view');
select tests.sign_out();
select is(tests.refusal('select * from ops.jobs()'), 'UNAUTHORIZED', 'and a session');

select tests.casino('TJBB');
select tests.person('ann', 'admin');
select tests.queue('mine');
select tests.sign_in('ann');
select results_eq(
  $$ select j.task from ops.jobs() as j $$, $$ values ('tests/mine') $$,
  'another casino''s jobs are not among them'
);
select tests.sign_out();
select set_config('pit.casino', tests.casino_id()::text, true);
set local role ops_service;
select is((select count(*)::integer from ops._jobs(tests.casino_id())), 1, 'ops asks for one');
reset role;

-- A job takes the place of one that was given up, as of one that waits.
select tests.change('mine', 25, 'OPTKT');
select tests.queue('mine');
select tests.sign_in('ann');
select results_eq(
  $$ select j.task, j.state, j.attempts, j.last_error from ops.jobs() as j $$,
  $$ values ('tests/mine', 'waiting', 0, null) $$,
  'queued again, a job that was given up begins anew'
);
select tests.sign_out();
select tests.change('mine', 1, null, true);
select tests.queue('mine');
select tests.sign_in('ann');
select is((select count(*)::integer from ops.jobs()), 2, 'beside one that runs there are two');
select is(
  (select j.state from ops.jobs() as j order by j.job_id desc limit 1), 'waiting',
  'as it may have begun too early to see why'
);
select tests.sign_out();

select * from finish();
rollback;
