-- Lets an auditor in: binds a personal database login to one casino. For the owner's connection,
-- with the owner's own rights. The login must be a person's own, with the role pit_auditor and no
-- power beside it.

create or replace function identity.bind_database_login(casino_code text, login_name name)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_casino_id integer;
begin
  select c.casino_id into v_casino_id
  from identity.casino as c
  where c.code = bind_database_login.casino_code;
  if not found then
    perform ops._refuse('OPPRP', array[format('there is no casino %s', casino_code)]);
  end if;
  if not exists (
    select
    from pg_catalog.pg_roles as r
    where r.rolname = bind_database_login.login_name
      and r.rolcanlogin
      and not (
        r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication
      )
      and pg_has_role(r.oid, 'pit_auditor', 'usage')
      and not exists (
        select
        from pg_catalog.pg_auth_members as m
        where m.member = r.oid and m.roleid <> 'pit_auditor'::regrole
      )
      and r.rolname not in ('pit_gateway', 'pit_worker')
  ) then
    perform ops._refuse('IDLOG', array[
      login_name::text,
      'it must be a login with the role pit_auditor, no other role and no power of its own'
    ]);
  end if;
  if exists (
    select
    from identity.database_login as l
    where l.login_name = bind_database_login.login_name and l.casino_id <> v_casino_id
  ) then
    perform ops._refuse('IDLOG', array[login_name::text, 'it is bound to another casino']);
  end if;

  insert into identity.database_login (casino_id, login_name)
  values (v_casino_id, bind_database_login.login_name)
  on conflict on constraint database_login_pkey do nothing;
  if not found then
    return false;
  end if;
  insert into ops.audit_log (casino_id, action, login_name, details, correlation_id)
  values (
    v_casino_id, 'database login bound', session_user,
    jsonb_build_object('login', bind_database_login.login_name), uuidv7()
  );
  return true;
end
$$;

alter function identity.bind_database_login(text, name) owner to identity_service;
revoke all on function identity.bind_database_login(text, name) from public;
grant execute on function identity.bind_database_login(text, name) to pit_owner;

comment on function identity.bind_database_login(text, name) is
  'Binds an auditor''s personal database login to a casino; false when it was bound already. '
  'Errors: OPPRP no such casino, IDLOG not a login that may be bound.';
