begin;
set local search_path to pgtap, public;
select plan(19);

select tests.casino('TAUDL');
select tests.person('audrey', 'auditor');
select tests.person('boss', 'pit_boss');
select tests.player('P1', 100);
select tests.cash('P1', 'in', 'chip_purchase', 100);
select set_config('tests.p1', tests.player_id('P1')::text, true);
select set_config('tests.patron', tests.patron_id('P1')::text, true);
create role test_auditor login;
create role test_nobody login;
create role test_mighty login superuser;
grant pit_auditor to test_auditor, test_mighty;

select is(
  tests.refusal($$ select identity.bind_database_login('TAUDL', 'test_nobody') $$),
  'INVALID_DATABASE_LOGIN', 'a login without the role is not bound'
);
select is(
  tests.refusal($$ select identity.bind_database_login('TAUDL', 'test_mighty') $$),
  'INVALID_DATABASE_LOGIN', 'nor one that may do everything'
);
create role test_twofold login;
grant pit_auditor, pit_staff to test_twofold;
select is(
  tests.refusal($$ select identity.bind_database_login('TAUDL', 'test_twofold') $$),
  'INVALID_DATABASE_LOGIN', 'nor one that would read names as staff do, without a trace'
);
create role test_copying login replication;
grant pit_auditor to test_copying;
select is(
  tests.refusal($$ select identity.bind_database_login('TAUDL', 'test_copying') $$),
  'INVALID_DATABASE_LOGIN', 'nor one that may copy the whole server'
);
select is(
  tests.refusal($$ select identity.bind_database_login('TAUDL', 'pit_gateway') $$),
  'INVALID_DATABASE_LOGIN', 'nor the gateway''s'
);
select is(
  identity.bind_database_login('TAUDL', 'test_auditor'), true, 'an auditor''s is bound to a casino'
);
select is(identity.bind_database_login('TAUDL', 'test_auditor'), false, 'once');
select tests.casino('TAUDM');
select is(
  tests.refusal($$ select identity.bind_database_login('TAUDM', 'test_auditor') $$),
  'INVALID_DATABASE_LOGIN', 'and to no other'
);
select tests.player('P9', 100);
select set_config('tests.p9', tests.player_id('P9')::text, true);

set local session authorization test_auditor;
select throws_ok('select * from floor.player', '42501', null, 'names are not selected');
select throws_ok(
  'select description from compliance.patron', '42501', null, 'nor descriptions'
);
select is(
  (floor.read_player(current_setting('tests.p1')::uuid, 'complaint of 3 March')).last_name, 'P1',
  'they are read one by one'
);
select is(
  (floor.read_player_by_card('P1', ' complaint of 3 March ')).player_id::text,
  current_setting('tests.p1'), 'or by the card'
);
select is(
  (compliance.read_patron(current_setting('tests.patron')::uuid, 'complaint of 3 March')
  ).player_id::text,
  current_setting('tests.p1'), 'and patrons of the cash log'
);
select throws_ok(
  $$ select floor.read_player(current_setting('tests.p1')::uuid, 'because') $$,
  'IDPUR', null, 'for a reason'
);
select throws_ok(
  $$ select floor.read_player(current_setting('tests.p9')::uuid, 'complaint of 3 March') $$,
  'RSPLR', null, 'of the own casino'
);
select results_eq(
  $$
    select a.action, a.login_name, a.player_id::text, a.details ->> 'purpose'
    from ops.audit_trail as a
    where a.action like '% read'
    order by a.action desc
  $$,
  $$
    values
      ('player read', 'test_auditor'::name, current_setting('tests.p1'), 'complaint of 3 March'),
      ('player read', 'test_auditor', current_setting('tests.p1'), 'complaint of 3 March'),
      ('patron read', 'test_auditor', current_setting('tests.p1'), 'complaint of 3 March')
  $$,
  'every look is in the audit log, by the login, with its purpose'
);
set local session authorization default;
select tests.sign_in('boss');
select is_empty('select * from ops.audit_log', 'which the floor doesn''t read');
select throws_ok(
  $$ select floor.read_player(current_setting('tests.p1')::uuid, 'complaint of 3 March') $$,
  '42501', null, 'these doors are auditors'' alone'
);
select tests.sign_out();
select throws_ok(
  'delete from ops.audit_log', 'OPIMM', null, 'the audit log is never changed'
);

select * from finish();
rollback;
