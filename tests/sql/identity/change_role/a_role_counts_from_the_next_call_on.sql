begin;
set local search_path to pgtap, public;
select plan(18);

select tests.casino('TROLA');
select tests.person('alien', 'cashier');
select set_config(
  'tests.alien',
  (
    select s.staff_id::text from identity.staff as s
    where s.casino_id = tests.casino_id() and s.username = 'alien'
  ),
  true
);
select tests.casino('TROLE');
select tests.person('root', 'admin');
select tests.person('cleo', 'cashier');
select tests.person('boss', 'pit_boss');
create function tests.id(username text) returns uuid
language sql
security definer
return (
  select s.staff_id from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = id.username
);
create function tests.change(username text, role text, why text default 'moved to the pit floor')
returns boolean
language sql
return (identity.change_role(tests.id(username), role, why)).replayed;

select tests.sign_in('boss');
select throws_ok(
  $$ select tests.change('cleo', 'pit_boss') $$, 'IDFRB', null, 'it takes staff:manage'
);
select tests.sign_in('root');
select throws_ok(
  $$ select tests.change('root', 'pit_boss') $$, 'IDOWN', null, 'nobody changes their own role'
);
select throws_ok($$ select tests.change('cleo', 'wizard') $$, 'IDROL', null, 'roles exist');
select throws_ok($$ select tests.change('cleo', 'sender') $$, 'IDROL', null, 'and are people''s');
select throws_ok(
  $$ select tests.change('cleo', 'pit_boss', 'because') $$, 'LYRSN', null, 'it needs a reason'
);
select throws_ok(
  $$ select identity.change_role(gen_random_uuid(), 'pit_boss', 'moved to the pit floor') $$,
  'IDSTF', null, 'and a person'
);
select throws_ok(
  $$ select identity.change_role(null, 'pit_boss', 'moved to the pit floor') $$, 'IDSTF', null,
  'who is named'
);
select throws_ok(
  $$
    select identity.change_role(
      current_setting('tests.alien')::uuid, 'pit_boss', 'moved to the pit floor'
    )
  $$,
  'IDSTF', null, 'of the own casino'
);
select throws_ok(
  $$ select tests.change('feed', 'pit_boss') $$, 'IDSTF', null, 'a feed''s account is nobody'
);
select tests.sign_in('cleo');
select throws_ok($$ select floor.find_players('a'), floor.open_visit(null, null, 'k') $$, 'IDFRB',
  null, 'before, a cashier opens no visit');
select tests.sign_in('root');
select is(tests.change('cleo', 'pit_boss'), false, 'the role is changed');
select is(tests.change('cleo', 'pit_boss'), true, 'the same again changes nothing');
select tests.sign_in('cleo');
select throws_ok(
  $$ select floor.open_visit(null, null, 'k') $$, 'RSPLR', null,
  'the open session has the new capabilities'
);
select is((identity.me()).role, 'pit_boss', 'and is told so');
select tests.sign_in('root');
select is(tests.change('cleo', 'dealer', 'went back to dealing'), false, 'who becomes a dealer');
select tests.sign_in('cleo');
select throws_ok('select identity.me()', 'IDUNA', null, 'is signed out');
select tests.sign_out();
select results_eq(
  $$
    select a.details ->> 'from', a.details ->> 'to', a.details ->> 'reason'
    from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action = 'role changed'
      and a.staff_id = tests.id('root') and a.subject_staff_id = tests.id('cleo')
      and a.session_id is not null
    order by a.audit_log_id
  $$,
  $$ values ('cashier', 'pit_boss', 'moved to the pit floor'),
    ('pit_boss', 'dealer', 'went back to dealing') $$,
  'both changes are in the audit log, with the session'
);
-- The feed's account isn't one of the people, so it can be made the caller that leaves nobody.
insert into identity.staff_permission (casino_id, staff_id, capability, granted)
values (tests.casino_id(), tests.id('feed'), 'staff:manage', true);
select tests.sign_in('feed');
select throws_ok(
  $$ select tests.change('root', 'cashier', 'no longer needed') $$, 'IDADM', null,
  'somebody is left who may manage staff'
);

select * from finish();
rollback;
