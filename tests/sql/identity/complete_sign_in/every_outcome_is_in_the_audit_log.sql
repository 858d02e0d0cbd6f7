begin;
set local search_path to pgtap, public;
select plan(12);

select tests.casino('TSIGN');
select identity.add_staff('TSIGN', 'ada', 'Ada', 'pit_boss');
select identity.add_staff('TSIGN', 'dan', 'Dan', 'dealer');
select identity.set_password('TSIGN', 'ada', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA');

create function pg_temp.ada() returns uuid
language sql
return (
  select s.staff_id from identity.staff as s
  where s.casino_id = tests.casino_id() and s.username = 'ada'
);
create function pg_temp.attempt(succeeded boolean, new_phc text default null)
returns record
language sql
return (
  select row(c.session_id is not null, c.must_change)
  from identity.complete_sign_in(
    tests.casino_id(), pg_temp.ada(), succeeded, sha256(uuidv7()::text::bytea), 'sign-in-1', new_phc
  ) as c
);
create function pg_temp.lines(action text) returns setof ops.audit_log
language sql
begin atomic
  select a.* from ops.audit_log as a
  where a.casino_id = tests.casino_id() and a.action = lines.action;
end;

select is(pg_temp.attempt(false), row(false, false), 'a wrong password');
select is(
  (
    select row(
      l.subject_staff_id = pg_temp.ada(), l.staff_id, l.details ->> 'code', l.correlation_id
    )
    from pg_temp.lines('sign-in refused') as l
  ),
  row(true, null::uuid, 'UNAUTHORIZED'::text, 'sign-in-1'::text),
  'is a line about the account, with the request'
);
select is(pg_temp.attempt(true), row(true, false), 'the right one');
select is(
  (
    select row(l.staff_id = pg_temp.ada(), l.session_id is not null)
    from pg_temp.lines('signed in') as l
  ),
  row(true, true), 'is a line by the person in the new session'
);
select is(
  (
    select count(*)::integer
    from generate_series(1, 20) as n,
      lateral identity.sign_in_challenge('TSIGN', 'hunter2 ' || n)
  ),
  0, 'an unknown name has no row'
);
select is(
  (
    select count(*)::integer from pg_temp.lines('sign-in refused') as l
    where l.subject_staff_id is null and l.details ->> 'account' = 'unknown'
  ),
  5, 'and at most five lines a minute'
);
select is(
  (
    select count(*)::integer from pg_temp.lines('sign-in refused') as l
    where l.details::text ~ 'hunter'
  ),
  0, 'without what was typed'
);
select is(
  (select count(*)::integer from identity.sign_in_challenge('tsign', 'dan')), 0,
  'a dealer''s attempt'
);
select is(
  (
    select count(*)::integer from pg_temp.lines('sign-in refused') as l
    join identity.staff as s on s.casino_id = l.casino_id and s.staff_id = l.subject_staff_id
    where s.username = 'dan'
  ),
  1, 'is known to be the dealer''s'
);
update identity.staff_secret set must_change = true where casino_id = tests.casino_id();
select is(
  pg_temp.attempt(true), row(false, true), 'a password that somebody else gave opens nothing'
);
select is(
  pg_temp.attempt(true, '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$b3RoZXI'), row(true, false),
  'but together with a new one'
);
select is(
  (
    select row(s.must_change, s.phc ~ 'b3RoZXI$', s.signed_in_at = now())
    from identity.staff_secret as s where s.casino_id = tests.casino_id()
  ),
  row(false, true, true), 'which is the password from now on'
);

select * from finish();
rollback;
