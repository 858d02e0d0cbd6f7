-- So that the schema can be distributed by it unchanged.

begin;
set local search_path to pgtap, public;
select plan(6);

select is_empty(
  $$
    select r.full_name
    from tests.relation as r
    join pg_attribute as a on a.attrelid = r.oid and a.attname = 'casino_id'
    where r.relkind = 'r'
      and (a.attnum <> 1 or a.atttypid <> 'integer'::regtype or not a.attnotnull)
  $$,
  'casino_id is the first column, an integer and never null'
);
select is_empty(
  $$
    select r.full_name
    from tests.relation as r
    where r.relkind = 'r'
      and not exists (
        select from pg_constraint as k where k.conrelid = r.oid and k.contype = 'p'
      )
  $$,
  'every table has a primary key'
);
select set_eq(
  $$
    select i.indexrelid::regclass::text
    from pg_index as i
    join tests.relation as r on r.oid = i.indrelid
    join pg_attribute as a on a.attrelid = r.oid and a.attname = 'casino_id'
    where (i.indisunique or i.indisexclusion) and i.indkey[0] <> a.attnum
  $$,
  array['identity.one_casino_per_code'],
  'every primary key and unique constraint begins with it; only a casino''s code is unique alone'
);
select is_empty(
  $$
    select r.full_name, k.conname
    from pg_constraint as k
    join tests.relation as r on r.oid = k.conrelid
    join pg_attribute as a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    join pg_attribute as f on f.attrelid = k.confrelid and f.attnum = k.confkey[1]
    where k.contype = 'f' and not (a.attname = 'casino_id' and f.attname = 'casino_id')
  $$,
  'every foreign key begins with it on both sides: nothing refers to another casino''s row'
);
select is_empty(
  $$
    select r.full_name, a.attname, format_type(a.atttypid, a.atttypmod)
    from tests.relation as r
    join pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    where a.attidentity <> ''
      or a.atttypid in (
        'timestamp'::regtype, 'timetz'::regtype, 'money'::regtype, 'real'::regtype,
        'double precision'::regtype, 'json'::regtype
      )
  $$,
  'no column has a type that loses time zones or cents, and no id comes from a sequence'
);
select is_empty(
  $$
    select r.full_name, a.attname, pg_get_expr(d.adbin, d.adrelid)
    from tests.relation as r
    join pg_constraint as k on k.conrelid = r.oid and k.contype = 'p'
    join pg_attribute as a on a.attrelid = r.oid and a.attnum = any (k.conkey)
    left join pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
    where a.atttypid = 'uuid'::regtype
      and a.attname = r.name || '_id'
      and pg_get_expr(d.adbin, d.adrelid) is distinct from 'uuidv7()'
  $$,
  'a row''s own id is made by uuidv7()'
);

select * from finish();
rollback;
