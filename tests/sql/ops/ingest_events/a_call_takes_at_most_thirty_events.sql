begin;
set local search_path to pgtap, public;
select plan(2);

select tests.casino('TBATC');
create function pg_temp.events(n integer) returns jsonb
language sql
return (
  select jsonb_agg(jsonb_build_object(
    'key', 'e' || i, 'at', tests.at('10:00'), 'type', 'visit_opened', 'card', 'nobody'
  ))
  from generate_series(1, n) as i
);
select is(
  (select count(*)::integer from tests.feed(pg_temp.events(30))), 30, '30 are taken'
);
select throws_ok(
  $$ select * from tests.feed(pg_temp.events(31)) $$, 'OPBAT', null, '31 are not'
);

select * from finish();
rollback;
