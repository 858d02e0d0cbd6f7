begin;
set local search_path to pgtap, public;
select plan(6);

select is_empty(
  $$
    select c.schema from tests.context as c
    where obj_description(c.namespace, 'pg_namespace') is null
  $$,
  'every schema says what question it answers'
);
select is_empty(
  $$
    select r.full_name from tests.relation as r where obj_description(r.oid, 'pg_class') is null
  $$,
  'every table says what a row is'
);
select is_empty(
  $$
    select f.signature from tests.function as f
    where obj_description(f.oid, 'pg_proc') is null
  $$,
  'every function says what it does'
);
select is_empty(
  $$
    select t.oid::regtype
    from pg_type as t
    join tests.context as c on c.namespace = t.typnamespace
    left join pg_class as r on r.oid = t.typrelid
    where (t.typtype in ('d', 'e', 'r') or t.typtype = 'c' and r.relkind = 'c')
      and obj_description(t.oid, 'pg_type') is null
  $$,
  'every type says what it holds'
);
select is_empty(
  $$
    select f.signature, m.code[1]
    from tests.function as f
    cross join lateral regexp_matches(
      split_part(obj_description(f.oid, 'pg_proc'), 'Error', 2), '\m([A-Z]{5})\M', 'g'
    ) as m (code)
    where m.code[1] not in (select e.sqlstate from ops.error_registry as e)
      and m.code[1] <> 'Error'
  $$,
  'the errors that comments name exist'
);
select is_empty(
  $$
    select r.rolname from pg_roles as r
    where (r.rolname like 'pit\_%' or r.rolname in (select c.service from tests.context as c))
      and shobj_description(r.oid, 'pg_authid') is null
  $$,
  'every role says who it is'
);

select * from finish();
rollback;
