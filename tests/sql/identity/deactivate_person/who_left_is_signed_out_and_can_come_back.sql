begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TLEFT');
select tests.person('root', 'admin');
select tests.person('boss', 'pit_boss');
select identity.set_password('TLEFT', 'boss', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA');
update identity.session set revoked_at = null where casino_id = tests.casino_id();
create function tests.id(username text) returns uuid
language sql
security definer
return (
  select s.staff_id from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = id.username
);
create function tests.leave(who text, why text default 'left the company') returns boolean
language sql
return (identity.deactivate_person(tests.id(who), why)).replayed;
create function tests.return(who text) returns boolean
language sql
return (identity.reactivate_person(tests.id(who), 'came back in spring')).replayed;

select tests.sign_in('boss');
select throws_ok($$ select tests.leave('root') $$, 'IDFRB', null, 'it takes staff:manage');
select throws_ok($$ select tests.return('root') $$, 'IDFRB', null, 'both ways');
select tests.sign_in('root');
select throws_ok($$ select tests.leave('root') $$, 'IDOWN', null, 'nobody deactivates themselves');
select throws_ok($$ select tests.leave('boss', '') $$, 'LYRSN', null, 'it needs a reason');
select is(tests.leave('boss'), false, 'a person leaves');
select is(tests.leave('boss'), true, 'once');
select tests.sign_in('boss');
select throws_ok('select identity.me()', 'IDUNA', null, 'and is signed out at once');
select tests.sign_out();
select is(
  (select count(*)::integer from identity.sign_in_challenge('TLEFT', 'boss')), 0,
  'and doesn''t sign in'
);
select tests.sign_in('root');
select is(tests.return('boss'), false, 'who comes back');
select tests.sign_out();
select is(
  (select count(*)::integer from identity.sign_in_challenge('TLEFT', 'boss')), 1, 'signs in again'
);
select tests.sign_in('boss');
select throws_ok('select identity.me()', 'IDUNA', null, 'but the old session stays ended');
select tests.sign_out();
select results_eq(
  $$
    select a.action from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.staff_id = tests.id('root')
    order by a.audit_log_id
  $$,
  array['person deactivated', 'person reactivated'], 'both are in the audit log'
);

select * from finish();
rollback;
