begin;
set local search_path to pgtap, public;
select plan(13);

select tests.casino('TREQU', '{"policy": null}');
select tests.person('sup', 'floor_supervisor');
select tests.player('P' || n), tests.seat('P' || n, 'T1', n) from generate_series(1, 4) as n;
select tests.sign_in('sup');
select floor.complete_rating_slip(tests.slip_id('P' || n)) from generate_series(1, 4) as n;
select tests.sign_out();
create function tests.job(card text) returns graphile_worker._private_jobs
language sql
security definer
return (
  select j from graphile_worker._private_jobs as j where j.key = 'pit:slip:' || tests.slip_id(card)
);
-- P1's job is lost, P2's given up, P3's to be tried again later, P4's running.
delete from graphile_worker._private_jobs as j where j.id = (tests.job('P1')).id;
update graphile_worker._private_jobs as j set attempts = 25, last_error = 'AWARD_PENDING'
where j.id = (tests.job('P2')).id;
update graphile_worker._private_jobs as j set attempts = 9, run_at = now() + interval '2 hours'
where j.id = (tests.job('P3')).id;
update graphile_worker._private_jobs as j set attempts = 25, locked_at = now(), locked_by = 'w'
where j.id = (tests.job('P4')).id;
select set_config('pit.casino', tests.casino_id()::text, true);
select set_config('tests.ticket', identity._issue_ticket('loyalty/requeue_accruals'), true);
select set_config('pit.casino', '', true);
create function tests.requeue() returns integer
language sql
return loyalty.requeue_accruals_job(current_setting('tests.ticket'));

set local session authorization pit_worker;
select is(tests.requeue(), 2, 'two awards have nobody who sees to them');
select is(tests.requeue(), 0, 'now they have');
select is(
  tests.refusal('select loyalty.requeue_accruals_job(''1.x'')'), 'INVALID_TICKET', 'with a ticket'
);
set local session authorization default;
select is((tests.job('P1')).is_available, true, 'what was lost is queued');
select is((tests.job('P2')).is_available, true, 'what was given up too');
select is((tests.job('P3')).run_at, now() + interval '2 hours', 'what waits isn''t hurried');
select is((tests.job('P4')).locked_by, 'w', 'what runs isn''t disturbed');
select is(
  (
    select count(*)::integer from graphile_worker._private_jobs as j
    where j.payload ->> 'rating_slip_id' in (
      select tests.slip_id('P' || n)::text from generate_series(1, 4) as n
    )
  ),
  4, 'each slip has one job'
);
select is(
  (tests.job('P1')).payload ->> 'correlation_id',
  (
    select f.correlation_id from loyalty.accrual_failure as f
    where f.rating_slip_id = tests.slip_id('P1')
  ),
  'with the id of the request that completed it'
);

-- A policy comes into force: the job's retry finds it.
select ops.load_casino(tests.property('TREQU'));
set local session authorization pit_worker;
select is(
  (loyalty.recover_accrual_job((tests.job('P1')).payload ->> 'ticket', tests.slip_id('P1')))
    .outcome,
  'awarded', 'and the job awards'
);
set local session authorization default;
delete from graphile_worker._private_jobs as j where j.id = (tests.job('P1')).id;
set local session authorization pit_worker;
select is(tests.requeue(), 0, 'what is awarded needs no job');
set local session authorization default;
select is((select count(*)::integer from tests.entries('P1')), 1, 'there is one entry');
select tests.sign_in('sup');
select is(tests.refusal('select tests.requeue()'), '42501', 'people queue nothing');
select tests.sign_out();

select * from finish();
rollback;
