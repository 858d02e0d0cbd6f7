begin;
set local search_path to pgtap, public;
select plan(2);

select is_empty(
  $$
    select r.full_name
    from tests.relation as r
    where r.relkind = 'v'
      and not coalesce(
        r.reloptions && array['security_invoker=true', 'security_invoker=on'], false
      )
  $$,
  'every view is a security_invoker view'
);
select is_empty(
  $$ select r.full_name from tests.relation as r where r.relkind in ('m', 'f') $$,
  'nothing is copied past row-level security: no materialized view, no foreign table'
);

select * from finish();
rollback;
