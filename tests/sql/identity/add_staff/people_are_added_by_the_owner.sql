begin;
set local search_path to pgtap, public;
select plan(9);

select tests.casino('TSTAF');
select lives_ok(
  $$ select identity.add_staff('TSTAF', 'ada', 'Ada', 'cashier') $$, 'a person is added'
);
select throws_ok(
  $$ select identity.add_staff('TSTAF', 'ada', 'Ada', 'cashier') $$, 'IDDUP', null, 'once'
);
select throws_ok(
  $$ select identity.add_staff('TNONE', 'ada', 'Ada', 'cashier') $$, 'IDSTF', null,
  'at a casino that exists'
);
select throws_ok(
  $$ select identity.add_staff('TSTAF', 'bob', 'Bob', 'wizard') $$, '23514', null,
  'with a role that exists'
);
select throws_ok(
  $$ select identity.set_password('TSTAF', 'nobody', '$argon2id$v=19$x') $$, 'IDSTF', null,
  'a password is for somebody'
);
select throws_ok(
  $$ select identity.set_password('TSTAF', 'ada', 'plain text') $$, '23514', null,
  'and never plain text'
);
select throws_ok(
  $$ select identity.issue_sender_session('TNONE', sha256('x')) $$, 'IDSTF', null,
  'a sender is one of a casino'
);
select tests.person('admin', 'admin');
select tests.sign_in('admin');
select throws_ok(
  $$ select identity.add_staff('TSTAF', 'eve', 'Eve', 'admin') $$, '42501', null,
  'no session adds people'
);
select throws_ok(
  $$ select ops.load_casino('{}') $$, '42501', null, 'or loads property files'
);

select * from finish();
rollback;
