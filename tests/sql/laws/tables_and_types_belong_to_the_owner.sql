begin;
set local search_path to pgtap, public;
select plan(4);

select is_empty(
  $$ select r.full_name, r.owner from tests.relation as r where r.owner <> 'pit_owner' $$,
  'every table belongs to pit_owner'
);
select is_empty(
  $$
    select t.oid::regtype, t.typowner::regrole
    from pg_type as t
    join tests.context as c on c.namespace = t.typnamespace
    where t.typowner <> 'pit_owner'::regrole
  $$,
  'so does every type'
);
select is_empty(
  $$
    select c.schema, n.nspowner::regrole
    from tests.context as c
    join pg_namespace as n on n.oid = c.namespace
    where n.nspowner <> 'pit_owner'::regrole
  $$,
  'and every schema'
);
select is_empty(
  $$
    select r.name
    from tests.relation as r
    group by r.name
    having count(*) > 1
  $$,
  'a table''s name says which one it is, whatever the schema'
);

select * from finish();
rollback;
