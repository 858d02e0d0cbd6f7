begin;
set local search_path to pgtap, public;
select plan(18);

select tests.casino('TJOBS', '{"policy": null}');
select tests.person('sup', 'floor_supervisor');
select tests.player('P1');
select tests.seat('P1');
select tests.sign_in('sup');
select floor.complete_rating_slip(tests.slip_id('P1'));
select tests.sign_out();

create function tests.payload() returns jsonb
language sql
security definer
return (
  select j.payload::jsonb
  from graphile_worker._private_jobs as j
  where j.key = 'pit:slip:' || tests.slip_id('P1')
);
create function tests.recover(
  ticket text default tests.payload() ->> 'ticket', slip uuid default tests.slip_id('P1')
) returns text
language sql
return tests.refusal(format('select loyalty.recover_accrual_job(%L, %L)', ticket, slip));

select is(
  tests.payload() ->> 'rating_slip_id', tests.slip_id('P1')::text, 'the job names its slip'
);
select matches(
  tests.payload() ->> 'ticket', '^' || tests.casino_id() || '\.[0-9a-f]{64}$',
  'and carries a ticket'
);
select is_empty(
  $$
    select s.session_id
    from identity.session as s
    where s.casino_id = tests.casino_id()
      and s.kind = 'job'
      and encode(s.token_hash, 'hex') = split_part(tests.payload() ->> 'ticket', '.', 2)
  $$,
  'of which the database keeps the hash alone'
);
select is(tests.recover(), 'INVALID_TICKET', 'a superuser is not the worker');
select tests.sign_in('sup');
select is(tests.recover(), '42501', 'nor is staff');
select is(
  tests.refusal($$ select set_config('pit.session', tests.payload() ->> 'ticket', true) $$),
  'nothing', 'and a ticket as a session'
);
select is(
  tests.refusal($$ select identity.me() $$), 'UNAUTHORIZED', 'opens nothing for a person'
);
select tests.sign_out();

set local session authorization pit_worker;
select is(tests.recover(null), 'INVALID_TICKET', 'the worker without a ticket');
select is(tests.recover('1.' || repeat('0', 64)), 'INVALID_TICKET', 'with one it made up');
select is(tests.recover(tests.casino_id() || '.x'), 'INVALID_TICKET', 'with half of one');
select is(tests.recover('x'), 'INVALID_TICKET', 'with nonsense');
select is(tests.recover(), 'nothing', 'with its ticket it enters; the award is still pending');
select is(tests.recover(slip => gen_random_uuid()), 'RATING_SLIP_NOT_FOUND', 'no such slip');
set local session authorization default;
select ops.load_casino(tests.property('TJOBS'));
set local session authorization pit_worker;
select is(
  (loyalty.recover_accrual_job(tests.payload() ->> 'ticket', tests.slip_id('P1'))).outcome,
  'awarded', 'then it awards'
);
select is(
  (loyalty.recover_accrual_job(tests.payload() ->> 'ticket', tests.slip_id('P1'))).outcome,
  'replayed', 'once'
);
set local session authorization default;
update identity.session set task = 'another/task'
where casino_id = tests.casino_id() and kind = 'job';
set local session authorization pit_worker;
select is(tests.recover(), 'INVALID_TICKET', 'a ticket is for one task');
set local session authorization default;
update identity.session set task = 'loyalty/recover_accruals', expires_at = now()
where casino_id = tests.casino_id() and kind = 'job';
set local session authorization pit_worker;
select is(tests.recover(), 'INVALID_TICKET', 'and for a limited time');
set local session authorization default;
select results_eq(
  $$ select e.staff_id is not null, e.points_change from tests.entries('P1') as e $$,
  $$ values (true, 1620::bigint) $$,
  'the entry names the person who completed the slip'
);

select * from finish();
rollback;
