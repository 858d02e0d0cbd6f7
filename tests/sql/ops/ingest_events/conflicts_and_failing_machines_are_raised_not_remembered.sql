begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TRAIS');
select tests.player('P1');
create function tests.fail() returns trigger
language plpgsql
as $$
begin
  raise exception using errcode = current_setting('tests.failure'), message = 'as told';
end
$$;
create trigger test_fails before insert on floor.visit
for each row execute function tests.fail();

create function pg_temp.fails_with(code text) returns text
language plpgsql
as $$
begin
  perform set_config('tests.failure', code, true);
  return tests.refusal($q$
    select tests.happens('v', tests.at('10:00'), 'visit_opened', '{"card": "P1"}')
  $q$);
end
$$;

select is(pg_temp.fails_with('40001'), '40001', 'a serialization failure is raised');
select is(pg_temp.fails_with('40P01'), '40P01', 'a deadlock');
select is(pg_temp.fails_with('53200'), '53200', 'too little memory');
select is(pg_temp.fails_with('57P01'), '57P01', 'a shutdown');
select is(pg_temp.fails_with('XX000'), 'XX000', 'a fault of our own');
select is_empty(
  $$ select from ops.ingested_event where casino_id = tests.casino_id() and event_key = 'v' $$,
  'nothing of the call is kept'
);
drop trigger test_fails on floor.visit;
select is(
  tests.happens('v', tests.at('10:00'), 'visit_opened', '{"card": "P1"}'), 'applied',
  'sent again, it is applied'
);

select * from finish();
rollback;
