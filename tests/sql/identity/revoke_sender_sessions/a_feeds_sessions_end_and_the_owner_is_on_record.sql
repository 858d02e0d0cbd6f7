begin;
set local search_path to pgtap, public;
select plan(6);

select tests.casino('TFEDA');
select tests.casino('TFEDB');
select identity.issue_sender_session('TFEDA', sha256('one'));
select identity.issue_sender_session('TFEDA', sha256('two'));
select identity.issue_sender_session('TFEDB', sha256('other'));

create function tests.living(casino_code text) returns bigint
language sql
stable
begin atomic
  select count(*)
  from identity.session as s
  join identity.casino as c using (casino_id)
  where c.code = casino_code and s.revoked_at is null
    and s.token_hash in (sha256('one'), sha256('two'), sha256('other'));
end;

select is(identity.revoke_sender_sessions('TFEDA') >= 2, true, 'those that are open are counted');
select is(tests.living('TFEDA'), 0::bigint, 'and ended');
select is(tests.living('TFEDB'), 1::bigint, 'no other casino''s');
select is(
  (
    select count(*)
    from ops.audit_log as a
    join identity.casino as c using (casino_id)
    where c.code = 'TFEDA' and a.action = 'sessions revoked' and a.staff_id is null
  ),
  1::bigint, 'it is on record'
);
select is(identity.revoke_sender_sessions('TFEDA'), 0, 'again there is nothing to end');
select throws_ok(
  $$ select identity.revoke_sender_sessions('TNONE') $$, 'IDSTF', null, 'at a casino that exists'
);

select * from finish();
rollback;
