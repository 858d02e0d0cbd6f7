begin;
set local search_path to pgtap, public;
select plan(10);

select tests.casino('TENDS');
select set_config('tests.claim', tests.person('boss', 'pit_boss'), true);

-- What a request of that session would be told, after a change that is undone again.
create function tests.told_after(change text) returns text
language plpgsql
as $$
declare
  v_told text;
begin
  execute change;
  perform tests.sign_in('boss');
  v_told := tests.refusal('select identity.me()');
  raise exception using errcode = 'TUNDO';
exception when sqlstate 'TUNDO' then
  return v_told;
end
$$;

select is(tests.told_after('select'), 'nothing', 'the session is open');
select is(
  tests.told_after($$
    update identity.session set last_seen_at = now() - interval '29 minutes 59 seconds'
    where casino_id = tests.casino_id()
  $$),
  'nothing', 'idle for 29 minutes and 59 seconds it still is'
);
select is(
  tests.told_after($$
    update identity.session set last_seen_at = now() - interval '30 minutes'
    where casino_id = tests.casino_id()
  $$),
  'UNAUTHORIZED', 'idle for 30 minutes it has ended'
);
select is(
  tests.told_after($$
    update identity.session set expires_at = now() where casino_id = tests.casino_id()
  $$),
  'UNAUTHORIZED', 'at its absolute end it has ended, however busy'
);
select is(
  tests.told_after($$ select identity.sign_out(current_setting('tests.claim')) $$),
  'UNAUTHORIZED', 'signed out, it has ended at once'
);
select is(
  tests.told_after($$
    select identity.set_password(
      'TENDS', 'boss', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA'
    )
  $$),
  'UNAUTHORIZED', 'a new password ends it'
);
select is(
  tests.told_after($$
    update identity.staff set active = false where casino_id = tests.casino_id()
  $$),
  'UNAUTHORIZED', 'it ends with its person'
);
select is(
  identity.sign_out(current_setting('tests.claim')), true, 'signing out says that it did'
);
select is(
  identity.sign_out(current_setting('tests.claim')), false, 'twice, that there was nothing left'
);
select is(identity.sign_out(null), false, 'without a session too');

select * from finish();
rollback;
