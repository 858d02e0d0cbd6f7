begin;
set local search_path to pgtap, public;
select plan(8);

select tests.casino('TRENW');
select tests.person('mark', 'marketing');
select tests.player('P1', 6000);
select tests.player('P2', 400);
create function tests.ticket() returns text
language sql
security definer
return (
  select j.payload ->> 'ticket'
  from graphile_worker._private_jobs as j
  where j.key = 'pit:loyalty/renew_terms:' || tests.casino_id()
);
create function tests.terms() returns loyalty.terms_in_force
language sql
security definer
return (
  select t from loyalty.terms_in_force as t where t.casino_id = tests.casino_id()
);

select tests.sign_in('mark');
select is(
  tests.refusal($$ select loyalty.renew_terms_job('1.x') $$), '42501', 'the job isn''t staff''s'
);
select tests.sign_out();
set local session authorization pit_worker;
select is(
  tests.refusal($$ select ops.queue_recurring_job('loyalty/renew_terms') $$), 'nothing',
  'the worker''s clock queues it'
);
select is(
  tests.refusal($$ select loyalty.renew_terms_job('1.x') $$), 'INVALID_TICKET',
  'it needs its ticket'
);
select is(loyalty.renew_terms_job(tests.ticket()), 0, 'mostly there is nothing to do');
set local session authorization default;

-- A version that was planned before has begun, and the copy of the terms doesn't know yet.
insert into loyalty.loyalty_tier (
  casino_id, effective_from, threshold_points, next_threshold_points, tier, multiplier
)
values
  (tests.casino_id(), now() - interval '1 minute', 0, 5000, 'BASE', 1),
  (tests.casino_id(), now() - interval '1 minute', 5000, null, 'STAR', 3);
update loyalty.terms_in_force as t
set valid_from = '-infinity', valid_until = now() - interval '1 minute',
  standings_as_of = now() - interval '1 hour', tiers = '{BRONZE}', tier_floors = '{0}'
where t.casino_id = tests.casino_id();

set local session authorization pit_worker;
select is(loyalty.renew_terms_job(tests.ticket()), 2, 'when one has begun, standings move');
select is(loyalty.renew_terms_job(tests.ticket()), 0, 'twice is once');
set local session authorization default;
select results_eq(
  $$
    select p.current_balance, p.tier, p.tier_progress
    from loyalty.player_loyalty as p
    where p.casino_id = tests.casino_id()
    order by p.current_balance
  $$,
  $$ values (400::bigint, 'BASE', 8), (6000, 'STAR', 100) $$, 'everybody''s, by the new tiers'
);
select is((tests.terms()).tiers, '{BASE,STAR}'::text[], 'and the write path reads them');

select * from finish();
rollback;
