-- Cluster roles. Roles belong to the cluster and not to a database, so they can't live in a
-- migration; this file runs before the migrations and may run any number of times.
-- Passwords of the two login roles are set by `npm run migrate`, never here.

do $$
declare
  v_role text;
begin
  foreach v_role in array array[
    'pit_owner',
    'identity_service', 'floor_service', 'loyalty_service', 'compliance_service', 'ops_service',
    'pit_visitor', 'pit_staff', 'pit_auditor'
  ] loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      execute format('create role %I nologin noinherit', v_role);
    end if;
  end loop;
  foreach v_role in array array['pit_gateway', 'pit_worker'] loop
    if not exists (select from pg_catalog.pg_roles where rolname = v_role) then
      execute format('create role %I login noinherit', v_role);
    end if;
  end loop;
end
$$;

-- The gateway may become a visitor or a member of staff, and nothing else.
grant pit_visitor, pit_staff to pit_gateway with inherit false, set true;

comment on role pit_owner is 'Owns schemas and tables. No login, no definer function.';
comment on role identity_service is 'Owns the functions of identity: who is asking?';
comment on role floor_service is 'Owns the functions of floor: what happened?';
comment on role loyalty_service is 'Owns the functions of loyalty: what was it worth?';
comment on role compliance_service is 'Owns the functions of compliance: what must be reported?';
comment on role ops_service is 'Owns the functions of ops: is it still true?';
comment on role pit_gateway is 'Login of the GraphQL server; may become pit_visitor or pit_staff.';
comment on role pit_visitor is 'Somebody who is not signed in.';
comment on role pit_staff is
  'Somebody signed in: reads through row-level security, calls functions.';
comment on role pit_worker is 'Login of the worker; owns the job queue''s schema.';
comment on role pit_auditor is 'Granted to personal logins that read ledger, balances and logs.';
