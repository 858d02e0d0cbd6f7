begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TADDP');
select tests.person('root', 'admin');
select tests.person('boss', 'pit_boss');

create function tests.add(
  username text, key text, role text default 'cashier', name text default 'Cleo Cash'
) returns identity.staff_result
language sql
return identity.add_person(username, name, role, key, 'GL-77');
create function tests.added(r identity.staff_result) returns text
language sql
return concat_ws(
  ' ', ((r).staff).username, ((r).staff).role, ((r).staff).licence_no,
  case when (r).replayed then 'replayed' end
);

select tests.sign_in('boss');
select throws_ok($$ select tests.add('cleo', 'k') $$, 'IDFRB', null, 'it takes staff:manage');
select tests.sign_in('root');
select is(tests.added(tests.add(' Cleo ', 'k1')), 'cleo cashier GL-77', 'a person is added');
select is(
  tests.added(tests.add('cleo', 'k1')), 'cleo cashier GL-77 replayed', 'once for a key'
);
select throws_ok(
  $$ select tests.add('cleo', 'k1', 'admin') $$, 'LYIDM', null, 'which isn''t used for another'
);
select throws_ok($$ select tests.add('cleo', 'k2') $$, 'IDDUP', null, 'once for a user name');
select throws_ok($$ select tests.add('x', 'k3') $$, 'IDPER', null, 'a name needs two letters');
select throws_ok($$ select tests.add('Zoë', 'k3') $$, 'IDPER', null, 'of the plain kind');
select throws_ok($$ select tests.add(null, 'k3') $$, 'IDPER', null, 'and to be given');
select throws_ok(
  $$ select tests.add('dora', 'k3', name => ' ') $$, 'IDPER', null, 'so does the display name'
);
select throws_ok($$ select tests.add('dora', 'k3', 'wizard') $$, 'IDROL', null, 'a role exists');
select throws_ok(
  $$ select tests.add('dora', 'k3', 'sender') $$, 'IDROL', null, 'a feed''s account is no person'
);
select throws_ok($$ select tests.add('dora', '') $$, 'IDKEY', null, 'a key is needed');
select is(
  (identity.assignable()).capabilities @> array['staff:manage', 'floor:rate'], true,
  'what may be chosen is told'
);
select tests.sign_out();
select is(
  (
    select row(s.role_given_by = r.staff_id, s.capabilities)
    from identity.staff as s
    join identity.staff as r on r.casino_id = s.casino_id and r.username = 'root'
    where s.casino_id = tests.casino_id() and s.username = 'cleo'
  ),
  row(true, array['loyalty:redeem', 'mtl:create', 'mtl:view']),
  'with the role''s capabilities, and who gave it'
);
select is(
  (
    select row(count(*)::integer, min(a.details ->> 'role'))
    from ops.audit_log as a
    join identity.staff as r on r.casino_id = a.casino_id and r.staff_id = a.staff_id
    where a.casino_id = tests.casino_id() and a.action = 'person added' and r.username = 'root'
  ),
  row(1, 'cashier'::text), 'one line says who added whom'
);
select set_eq(
  $$ select unnest((identity._staff_terms()).roles) union select 'sender' $$,
  $$
    select m[1]
    from pg_constraint as k,
      regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_]+)''', 'g') as m
    where k.contypid = 'identity.staff_role'::regtype
  $$,
  'the list of roles is the domain''s'
);
select set_eq(
  $$ select unnest((identity._staff_terms()).capabilities) $$,
  $$
    select m[1]
    from pg_constraint as k,
      regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_:]+)''', 'g') as m
    where k.contypid = 'identity.capability'::regtype
  $$,
  'and that of capabilities'
);

select * from finish();
rollback;
