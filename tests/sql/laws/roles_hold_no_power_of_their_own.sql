begin;
set local search_path to pgtap, public;
select plan(7);

select is_empty(
  $$
    select r.rolname
    from pg_roles as r
    join tests.runtime_role as w on w.name = r.rolname
    where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
      or r.rolinherit
  $$,
  'no role of ours is above the rules or inherits'
);
select is_empty(
  $$
    select r.rolname
    from pg_roles as r
    where r.rolname = 'pit_owner' and (r.rolcanlogin or r.rolsuper or r.rolbypassrls)
  $$,
  'pit_owner can''t log in and is no superuser'
);
select set_eq(
  $$
    select r.rolname
    from pg_roles as r
    join tests.runtime_role as w on w.name = r.rolname
    where r.rolcanlogin
  $$,
  array['pit_gateway', 'pit_worker'],
  'only the gateway and the worker log in'
);
select is_empty(
  $$
    select m.roleid::regrole, m.member::regrole
    from pg_auth_members as m
    join pg_roles as r on r.oid = m.member
    where not r.rolsuper
      and m.roleid::regrole::text in (
        'pit_owner', 'identity_service', 'floor_service', 'loyalty_service',
        'compliance_service', 'ops_service', 'pit_worker', 'pit_gateway'
      )
  $$,
  'nobody can become the owner, a service or a login'
);
select results_eq(
  $$
    select m.roleid::regrole::text, m.inherit_option, m.set_option, m.admin_option
    from pg_auth_members as m
    where m.member = 'pit_gateway'::regrole
    order by 1
  $$,
  $$ values ('pit_staff', false, true, false), ('pit_visitor', false, true, false) $$,
  'the gateway may become a visitor or a member of staff, and inherits from neither'
);
select is_empty(
  $$
    select c.schema, w.name
    from tests.context as c
    cross join tests.runtime_role as w
    where has_schema_privilege(w.name, c.namespace, 'create')
  $$,
  'nobody at run time creates anything in our schemas'
);
select is_empty(
  $$
    select c.schema
    from tests.context as c
    where has_schema_privilege('public', c.namespace, 'usage')
  $$,
  'our schemas are closed to public'
);

select * from finish();
rollback;
