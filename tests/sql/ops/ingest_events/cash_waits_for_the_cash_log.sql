begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TCASH');
select tests.player('P1');
create function pg_temp.outcome(type text) returns text
language sql
volatile
as $$
select tests.happens('k ' || type, tests.at('10:00'), type, '{"card": "P1", "amount": 3000}')
$$;
select is(pg_temp.outcome('person'), 'CASH_NOT_SUPPORTED', 'person');
select is(pg_temp.outcome('cash'), 'CASH_NOT_SUPPORTED', 'cash');
select is(pg_temp.outcome('cash_corrected'), 'CASH_NOT_SUPPORTED', 'cash_corrected');
select is(pg_temp.outcome('identified'), 'CASH_NOT_SUPPORTED', 'identified');
select is(pg_temp.outcome('cash'), 'CASH_NOT_SUPPORTED', 'and again');
select is_empty(
  $$
    select e.event_key
    from ops.ingested_event as e
    where e.casino_id = tests.casino_id() and e.event_key like 'k %'
  $$,
  'it isn''t remembered, so that it can be sent again once there is a log'
);

select * from finish();
rollback;
