begin;
set local search_path to pgtap, public;
select plan(6);

select is_empty(
  $$
    select s.service, r.full_name, p.privilege
    from tests.context as s
    join tests.relation as r on r.service <> s.service
    cross join unnest(
      array['insert', 'update', 'delete', 'truncate', 'references', 'trigger', 'maintain']
    ) as p (privilege)
    where has_table_privilege(s.service, r.oid, p.privilege)
  $$,
  'no service role may write a table of another context'
);
select is_empty(
  $$
    select s.service, r.full_name, p.privilege
    from tests.context as s
    join tests.relation as r on r.service <> s.service
    cross join unnest(array['insert', 'update', 'references']) as p (privilege)
    where has_any_column_privilege(s.service, r.oid, p.privilege)
  $$,
  'nor one of its columns'
);
select is_empty(
  $$
    select s.service, r.full_name
    from tests.context as s
    join tests.relation as r on r.service <> s.service
    where r.full_name <> 'ops.error_registry'
      and has_any_column_privilege(s.service, r.oid, 'select')
  $$,
  'nor read it: a context asks another by calling its functions'
);
select is_empty(
  $$
    select s.service, r.full_name, p.privilege
    from tests.context as s
    join tests.relation as r on r.service = s.service
    cross join unnest(array['delete', 'truncate', 'references', 'trigger', 'maintain'])
      as p (privilege)
    where has_table_privilege(s.service, r.oid, p.privilege)
      -- Sessions that ended long ago; that no record goes with them is proved in ops/purge_job.
      and (r.full_name, p.privilege) <> ('identity.session', 'delete')
  $$,
  'no service removes rows, not even its own'
);
select is_empty(
  $$
    select s.service, r.full_name
    from tests.context as s
    join tests.relation as r on r.service = s.service
    where has_table_privilege(s.service, r.oid, 'update')
  $$,
  'updates are granted on named columns only'
);
select is_empty(
  $$
    select s.service, r.full_name
    from tests.context as s
    join tests.relation as r on r.service = s.service and r.of_a_casino
    where has_column_privilege(s.service, r.oid, 'casino_id', 'update')
  $$,
  'a row never changes its casino'
);

select * from finish();
rollback;
