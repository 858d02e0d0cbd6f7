begin;
set local search_path to pgtap, public;
select plan(5);

select tests.casino('TCRON');
create function tests.job() returns table (attempts integer, payload jsonb)
language sql
security definer
begin atomic
  select j.attempts, j.payload::jsonb
  from graphile_worker._private_jobs as j
  where j.key = 'pit:compliance/evaluate_alerts:' || tests.casino_id();
end;
set local session authorization pit_worker;
select isnt(ops.queue_recurring_job('compliance/evaluate_alerts'), 0, 'casinos have jobs queued');
set local session authorization default;
select set_config('tests.first', (select j.payload ->> 'ticket' from tests.job() as j), true);
set local session authorization pit_worker;
select isnt(ops.queue_recurring_job('compliance/evaluate_alerts'), 0, 'and queued again');
set local session authorization default;
select is((select count(*)::integer from tests.job()), 1, 'one waits, however late the worker is');
select isnt(
  (select j.payload ->> 'ticket' from tests.job() as j), current_setting('tests.first'),
  'with the ticket that was issued last'
);
select matches(
  (select j.payload ->> 'correlation_id' from tests.job() as j), '^[0-9a-f-]{36}$',
  'and an id that is on everything it writes'
);

select * from finish();
rollback;
