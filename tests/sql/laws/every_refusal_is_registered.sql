begin;
set local search_path to pgtap, public;
select plan(4);

select is_empty(
  $$
    select f.signature, m.code[1]
    from tests.function as f
    cross join lateral regexp_matches(f.source, '_refuse\(\s*''([^'']*)''', 'g') as m (code)
    where m.code[1] not in (select e.sqlstate from ops.error_registry as e)
  $$,
  'every code that a function refuses with is in the registry'
);
select cmp_ok(
  (
    select count(*)::integer
    from tests.function as f
    cross join lateral regexp_matches(f.source, '_refuse\(\s*''([^'']*)''', 'g') as m (code)
  ),
  '>=', 60,
  'the functions refuse many things'
);
select set_eq(
  $$
    select f.name
    from tests.function as f
    where f.source ~* '\mraise\s+(exception|sqlstate|using)'
  $$,
  array['_refuse'],
  'nothing else raises an error of its own'
);
select is_empty(
  $$
    select f.signature, m.code[1]
    from tests.function as f
    cross join lateral regexp_matches(f.source, 'sqlstate ''([^'']*)''', 'g') as m (code)
    where m.code[1] not in (select e.sqlstate from ops.error_registry as e)
  $$,
  'and what is caught by code is registered too'
);

select * from finish();
rollback;
