begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TLOCK');
select identity.add_staff('TLOCK', 'ada', 'Ada', 'pit_boss');
select identity.set_password('TLOCK', 'ada', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA');

create function tests.attempt(succeeded boolean, token text default 'token') returns text
language sql
volatile
as $$
select case when c.session_id is null then 'no session' else 'session' end
  || coalesce(', locked for ' || (c.locked_until - now()), '')
  || coalesce(', for ' || (c.expires_at - now()), '')
from identity.complete_sign_in(
  tests.casino_id(),
  (
    select s.staff_id
    from identity.staff as s
    where s.casino_id = tests.casino_id() and s.username = 'ada'
  ),
  succeeded, sha256(convert_to(token, 'UTF8'))
) as c
$$;
create function tests.later(by interval) returns void
language sql
security definer
volatile
begin atomic
  update identity.staff_secret as s set locked_until = s.locked_until - by
  where s.casino_id = tests.casino_id();
end;

select is(tests.attempt(false), 'no session', 'one wrong password');
select is(tests.attempt(false), 'no session', 'two');
select is(tests.attempt(false), 'no session', 'three');
select is(tests.attempt(false), 'no session', 'four');
select is(tests.attempt(true, 'a'), 'session, for 12:00:00', 'the right one still opens');
select is(tests.attempt(false), 'no session', 'and starts the count anew');
select is(tests.attempt(null), 'no session', 'no answer is a failure');
select is(tests.attempt(false), 'no session', 'three');
select is(tests.attempt(false), 'no session', 'four');
select is(tests.attempt(false), 'no session, locked for 00:15:00', 'the fifth locks');
select is(
  tests.attempt(true, 'b'), 'no session, locked for 00:15:00',
  'now not even the right password opens'
);
select is(
  tests.attempt(false), 'no session, locked for 00:15:00', 'trying doesn''t make it longer'
);
select isnt_empty(
  $$
    select from identity.sign_in_challenge('TLOCK', 'ada') as c
    where c.locked_until = now() + interval '15 minutes'
  $$,
  'the challenge tells until when'
);
select tests.later('15 minutes');
select is(tests.attempt(false), 'no session', 'afterwards the count starts anew');
select is(tests.attempt(true, 'c'), 'session, for 12:00:00', 'and the right password opens');
select is(
  (
    select s.failed_attempts from identity.staff_secret as s
    where s.casino_id = tests.casino_id()
  ),
  0, 'success forgets failures'
);
update identity.staff set active = false where casino_id = tests.casino_id();
select is(tests.attempt(true, 'd'), 'no session', 'who left in between gets no session');

select * from finish();
rollback;
