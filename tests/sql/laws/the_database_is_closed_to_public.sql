begin;
set local search_path to pgtap, public;
select plan(3);

select ok(
  not has_database_privilege('public', current_database(), 'temporary'),
  'nobody makes temporary tables by being anybody'
);
select ok(
  not has_database_privilege('public', current_database(), 'create'),
  'nobody makes schemas'
);
select is_empty(
  $$
    select w.name
    from tests.runtime_role as w
    where has_database_privilege(w.name, current_database(), 'temporary')
      or has_database_privilege(w.name, current_database(), 'create')
  $$,
  'and none of our roles does either'
);

select * from finish();
rollback;
