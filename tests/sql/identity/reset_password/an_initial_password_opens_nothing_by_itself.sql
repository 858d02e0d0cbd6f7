begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TRSET');
select tests.person('root', 'admin');
select tests.person('boss', 'pit_boss');
select tests.person('dan', 'dealer');
create function tests.id(username text) returns uuid
language sql
security definer
return (
  select s.staff_id from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = id.username
);
create function tests.reset(who text) returns boolean
language sql
return (
  identity.reset_password(tests.id(who), '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA')
).replayed;
create function tests.account(who text) returns identity.staff_account
language plpgsql
as $$
begin
  return (select a from identity.staff_accounts(tests.id(who)) as a);
end
$$;

select tests.sign_in('boss');
select throws_ok($$ select tests.reset('root') $$, 'IDFRB', null, 'it takes staff:manage');
select throws_ok(
  $$ select identity.unlock_account(tests.id('root')) $$, 'IDFRB', null, 'so does unlocking'
);
select throws_ok(
  $$ select identity.revoke_sessions(tests.id('root')) $$, 'IDFRB', null, 'and signing out'
);
select throws_ok('select identity.staff_accounts()', 'IDFRB', null, 'and looking');
select tests.sign_in('root');
select throws_ok($$ select tests.reset('root') $$, 'IDOWN', null, 'nobody resets their own');
select throws_ok($$ select tests.reset('dan') $$, 'IDNSI', null, 'a dealer has none');
select is((tests.account('boss')).has_password, false, 'without a password');
select is((tests.account('boss')).open_sessions, 1, 'a session is open');
select is(tests.reset('boss'), false, 'a password is given');
select is(
  row((tests.account('boss')).has_password, (tests.account('boss')).must_change_password,
    (tests.account('boss')).open_sessions),
  row(true, true, 0), 'which has to be changed; sessions have ended'
);
select tests.sign_out();
select is(
  (
    select row(c.session_id, c.must_change)
    from identity.complete_sign_in(tests.casino_id(), tests.id('boss'), true, sha256('x')) as c
  ),
  row(null::uuid, true), 'it opens no session'
);
update identity.staff_secret set locked_until = now() + interval '10 minutes'
where casino_id = tests.casino_id() and staff_id = tests.id('boss');
select tests.sign_in('root');
select is(
  (tests.account('boss')).locked_until, now() + interval '10 minutes', 'a lock is shown'
);
select is((identity.unlock_account(tests.id('boss'))).replayed, false, 'and opened');
select is((identity.unlock_account(tests.id('boss'))).replayed, true, 'once');
select is((tests.account('boss')).locked_until, null, 'then there is none');
select tests.sign_out();
select is(
  (
    select array_agg(a.action order by a.audit_log_id) from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.staff_id = tests.id('root')
  ),
  array['password set', 'account unlocked'], 'both are in the audit log'
);
select is(
  (
    select count(*)::integer from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.details::text ~ 'argon'
  ),
  0, 'the hash isn''t'
);

select * from finish();
rollback;
