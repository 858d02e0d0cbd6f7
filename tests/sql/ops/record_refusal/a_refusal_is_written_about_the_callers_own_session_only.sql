begin;
set local search_path to pgtap, public;
select plan(15);

select tests.casino('TREFA');
select tests.person('ann');
select tests.casino('TREFB');
select tests.person('bob');

create function tests.refusals() returns setof ops.audit_log
language sql
security definer
begin atomic
  select a.* from ops.audit_log as a where a.action = 'refused' order by a.audit_log_id;
end;
create function tests.staff_of(username text) returns uuid
language sql
security definer
return (select s.staff_id from identity.staff as s where s.username = staff_of.username);
create function tests.refuse(
  session text, operation text default 'manualReward', refusal text default 'LYLIM',
  times integer default 1
) returns boolean
language sql
return ops.record_refusal(session, operation, refusal, 'request-1', times, now());

set local session authorization pit_gateway;
select ok(tests.refuse(current_setting('tests.session_bob')), 'a refusal is recorded');
set local session authorization default;
select is(
  (
    select row(r.casino_id = tests.casino_id(), r.staff_id = tests.staff_of('bob'), r.login_name,
      r.session_id is not null, r.correlation_id, r.player_id)
    from tests.refusals() as r
  ),
  row(true, true, null::name, true, 'request-1'::text, null::uuid),
  'for the casino, person and session of the claim'
);
select is(
  (select r.details from tests.refusals() as r),
  '{"operation": "manualReward", "code": "REWARD_EXCEEDS_LIMIT", "sqlstate": "LYLIM"}',
  'with operation and code, and nothing that was sent'
);
select is(
  (
    select count(*)::integer
    from ops.audit_log as a
    join identity.casino as c on c.casino_id = a.casino_id
    where c.code = 'TREFA' and a.action = 'refused'
  ),
  0, 'nothing at another casino'
);
select ok(
  not tests.refuse(tests.casino_id() || '.' || repeat('0', 64)), 'a forged claim writes nothing'
);
select ok(not tests.refuse(null), 'nor does none');
select ok(not tests.refuse('nonsense'), 'nor what is no claim');
select ok(
  not tests.refuse(
    replace(
      current_setting('tests.session_ann'),
      split_part(current_setting('tests.session_ann'), '.', 1) || '.', tests.casino_id() || '.'
    )
  ),
  'nor somebody''s claim at another casino'
);
select ok(
  not tests.refuse(current_setting('tests.session_bob'), refusal => '23505'),
  'what isn''t registered is no refusal'
);
select ok(
  tests.refuse(current_setting('tests.session_bob'), refusal => '42501', times => 7),
  'a denied privilege is one'
);
select is(
  (select r.details - 'since' from tests.refusals() as r offset 1),
  '{"operation": "manualReward", "code": "FORBIDDEN", "sqlstate": "42501", "times": 7}',
  'and one row stands for many'
);
select ok(
  tests.refuse(current_setting('tests.session_bob'), operation => 'Ada Lovelace, 1815'),
  'an operation that looks like something else'
);
select is(
  (select r.details ->> 'operation' from tests.refusals() as r offset 2), 'other',
  'is not kept'
);
update identity.session set revoked_at = now() where casino_id = tests.casino_id();
select ok(
  tests.refuse(current_setting('tests.session_bob'), refusal => 'IDUNA'),
  'a session that has ended is still known'
);
select tests.sign_in('ann');
select throws_ok(
  $$ select ops.record_refusal('1.x', 'a', 'IDUNA', 'c') $$, '42501', null,
  'people don''t write the audit log'
);

select * from finish();
rollback;
