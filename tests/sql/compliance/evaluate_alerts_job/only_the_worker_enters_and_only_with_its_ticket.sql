begin;
set local search_path to pgtap, public;
select plan(13);

select tests.casino('TAJOB');
select tests.person('eve', 'compliance_officer');
select tests.player('P1');
select tests.player('P2');
-- Yesterday and today by the casino's gaming days, in the middle of each.
create function tests.noon(days_ago integer) returns timestamptz
language sql
return (
  ((now() at time zone 'America/Los_Angeles') - interval '6 hours')::date - days_ago
  + interval '6 hours 10 minutes'
) at time zone 'America/Los_Angeles';
select tests.cash('P1', 'in', 'chip_purchase', 6000, tests.noon(1));
select tests.cash('P2', 'in', 'front_money_deposit', 9000, tests.noon(2));
select tests.cash('P2', 'in', 'front_money_deposit', 9000, tests.noon(1));

create function tests.queue(task text default 'compliance/evaluate_alerts') returns text
language sql
return tests.refusal(format('select ops.queue_recurring_job(%L)', task));
create function tests.ticket() returns text
language sql
security definer
return (
  select j.payload ->> 'ticket'
  from graphile_worker._private_jobs as j
  where j.key = 'pit:compliance/evaluate_alerts:' || tests.casino_id()
);
create function tests.evaluate(ticket text default tests.ticket()) returns text
language sql
return tests.refusal(format('select compliance.evaluate_alerts_job(%L)', ticket));

select tests.sign_in('eve');
select is(tests.queue(), '42501', 'people queue nothing');
select tests.sign_out();
set local session authorization pit_worker;
select is(tests.queue('loyalty/recover_accruals'), 'INVALID_TICKET', 'only what recurs');
select is(tests.queue(null), 'INVALID_TICKET', 'and has a name');
select is(tests.queue(), 'nothing', 'is queued by the worker''s clock');
set local session authorization default;
select is(
  (
    select count(*)
    from graphile_worker._private_jobs as j
    where j.key like 'pit:compliance/evaluate\_alerts:%'
  ),
  (select count(*) from identity.casino), 'once for every casino'
);
select is(tests.evaluate(), 'INVALID_TICKET', 'a superuser is not the worker');
select tests.sign_in('eve');
select is(tests.evaluate(), '42501', 'nor is staff');
select tests.sign_out();

set local session authorization pit_worker;
select is(tests.evaluate(null), 'INVALID_TICKET', 'the worker without a ticket');
select is(tests.evaluate(tests.casino_id() || '.' || repeat('0', 64)), 'INVALID_TICKET', 'made up');
select is(
  (compliance.evaluate_alerts_job(tests.ticket())).raised, 2, 'with its ticket it evaluates'
);
select is(
  (compliance.evaluate_alerts_job(tests.ticket())).replayed, true, 'twice is once'
);
set local session authorization default;
select tests.cash('P1', 'in', 'chip_purchase', 6000, now() - interval '1 minute');
set local session authorization pit_worker;
select is(
  (compliance.evaluate_alerts_job(tests.ticket())).raised, 0,
  'who has just bought chips may still play them'
);
set local session authorization default;
select set_eq(
  $$
    select a.rule, p.last_name
    from compliance.compliance_alert as a
    join compliance.patron as r using (casino_id, patron_id)
    join floor.player as p using (casino_id, player_id)
    where a.casino_id = tests.casino_id()
  $$,
  $$ values ('chip_walk', 'P1'), ('just_below', 'P2') $$,
  'yesterday''s chip walk and two days just below'
);

select * from finish();
rollback;
