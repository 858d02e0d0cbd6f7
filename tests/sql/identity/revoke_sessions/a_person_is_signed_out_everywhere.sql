begin;
set local search_path to pgtap, public;
select plan(7);

select tests.casino('TREVK');
select tests.person('root', 'admin');
select tests.person('boss', 'pit_boss');
create function tests.id(username text) returns uuid
language sql
security definer
return (
  select s.staff_id from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = id.username
);
insert into identity.session (casino_id, staff_id, token_hash, idle_timeout, expires_at)
values (tests.casino_id(), tests.id('boss'), sha256('second'), '30 minutes', now() + '1 hour');

select tests.sign_in('root');
select throws_ok(
  $$ select identity.revoke_sessions(tests.id('root')) $$, 'IDOWN', null,
  'one signs oneself out another way'
);
select is((identity.revoke_sessions(tests.id('boss'))).replayed, false, 'somebody is signed out');
select is((identity.revoke_sessions(tests.id('boss'))).replayed, true, 'once');
select lives_ok('select identity.me()', 'others aren''t');
select tests.sign_in('boss');
select throws_ok('select identity.me()', 'IDUNA', null, 'the next call is refused');
select tests.sign_out();
select is(
  (
    select a.details ->> 'sessions' from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action = 'sessions revoked'
  ),
  '2', 'the audit log says how many sessions it were'
);
select is(
  (
    select count(*)::integer from identity.session as s
    where s.casino_id = tests.casino_id() and s.revoked_at is null and s.staff_id = tests.id('boss')
  ),
  0, 'all of them'
);

select * from finish();
rollback;
