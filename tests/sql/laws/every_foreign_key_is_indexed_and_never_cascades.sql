begin;
set local search_path to pgtap, public;
select plan(4);

select cmp_ok(
  (
    select count(*)::integer
    from pg_constraint as k
    join tests.relation as r on r.oid = k.conrelid
    where k.contype = 'f'
  ),
  '>=', 20,
  'there are foreign keys'
);
select is_empty(
  $$
    select r.full_name, k.conname
    from pg_constraint as k
    join tests.relation as r on r.oid = k.conrelid
    where k.contype = 'f'
      and not exists (
        select
        from pg_index as i
        where i.indrelid = k.conrelid
          and i.indisvalid
          and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
          and i.indpred is null
      )
  $$,
  'every foreign key has an index that begins with its columns'
);
select is_empty(
  $$
    select r.full_name, k.conname, k.confdeltype
    from pg_constraint as k
    join tests.relation as r on r.oid = k.conrelid
    where k.contype = 'f' and k.confdeltype <> 'r'
  $$,
  'every foreign key says on delete restrict: records are kept'
);
select is_empty(
  $$
    select r.full_name, k.conname
    from pg_constraint as k
    join tests.relation as r on r.oid = k.conrelid
    where k.contype = 'f' and not (k.convalidated and k.conenforced)
  $$,
  'every foreign key is enforced and validated'
);

select * from finish();
rollback;
