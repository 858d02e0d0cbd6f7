-- Writing is done by functions. The two logins and the three kinds of readers hold no privilege
-- to write on any table, nor on a single column.

begin;
set local search_path to pgtap, public;
select plan(5);

select is_empty(
  $$
    select w.name, r.full_name, p.privilege
    from (values
      ('pit_staff'), ('pit_visitor'), ('pit_gateway'), ('pit_worker'), ('pit_auditor'), ('public')
    ) as w (name)
    cross join tests.relation as r
    cross join unnest(
      array['insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']
    ) as p (privilege)
    where has_table_privilege(w.name, r.oid, p.privilege)
  $$,
  'no reader and no login may write a table'
);
select is_empty(
  $$
    select w.name, r.full_name, p.privilege
    from (values
      ('pit_staff'), ('pit_visitor'), ('pit_gateway'), ('pit_worker'), ('pit_auditor'), ('public')
    ) as w (name)
    cross join tests.relation as r
    cross join unnest(array['insert', 'update', 'references']) as p (privilege)
    where has_any_column_privilege(w.name, r.oid, p.privilege)
  $$,
  'nor one of its columns'
);
select is_empty(
  $$
    select w.name, r.full_name
    from (values ('pit_visitor'), ('pit_gateway'), ('pit_worker'), ('public')) as w (name)
    cross join tests.relation as r
    where r.full_name <> 'ops.error_registry'
      and has_any_column_privilege(w.name, r.oid, 'select')
  $$,
  'visitors and the two logins read nothing but the registry of errors'
);
select is_empty(
  $$
    select r.full_name
    from tests.relation as r
    where r.full_name in (
      'identity.staff_secret', 'identity.staff_command', 'identity.session',
      'identity.database_login', 'floor.command',
      'compliance.mtl_command', 'compliance.patron_identification'
    )
      and (
        has_any_column_privilege('pit_staff', r.oid, 'select')
        or has_any_column_privilege('pit_auditor', r.oid, 'select')
      )
  $$,
  'people read neither password hashes nor sessions nor keys nor identification data'
);
select is_empty(
  $$
    select q.relname, w.name
    from pg_class as q
    join tests.context as c on c.namespace = q.relnamespace
    cross join tests.runtime_role as w
    where q.relkind = 'S'
  $$,
  'there are no sequences to draw from'
);

select * from finish();
rollback;
