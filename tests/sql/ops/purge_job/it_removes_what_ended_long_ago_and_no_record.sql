begin;
set local search_path to pgtap, public;
select plan(17);

select tests.casino('TPURA');
select tests.person('other', 'pit_boss');
update identity.session set expires_at = now() - interval '99 days'
where casino_id = tests.casino_id();
select set_config('tests.casino_a', tests.casino_id()::text, true);

select tests.casino('TPURG');
select tests.person('lives', 'admin');
select tests.person('revoked', 'pit_boss');
select tests.person('idle', 'cashier');
select tests.person('expired', 'auditor');
select tests.person('lately', 'marketing');
create function tests.ended(who text, change text) returns void
language plpgsql
as $$
begin
  execute format(
    'update identity.session as s set %s from identity.staff as p
    where p.staff_id = s.staff_id and p.username = %L and p.casino_id = tests.casino_id()',
    change, who
  );
end
$$;
select tests.ended('revoked', $$ revoked_at = now() - interval '31 days' $$);
select tests.ended('idle', $$ last_seen_at = now() - interval '30 days 31 minutes' $$);
select tests.ended('expired', $$ expires_at = now() - interval '31 days' $$);
select tests.ended('lately', $$ expires_at = now() - interval '29 days' $$);

create function tests.queue(key text, attempts integer, age interval) returns void
language plpgsql
as $$
begin
  perform set_config('pit.casino', tests.casino_id()::text, true);
  perform ops._queue_job('tests/' || key, '{}', 'tests:' || key);
  perform set_config('pit.casino', '', true);
  alter table graphile_worker._private_jobs disable trigger user;
  update graphile_worker._private_jobs as j
  set attempts = queue.attempts, updated_at = now() - age
  where j.key = 'tests:' || queue.key;
  alter table graphile_worker._private_jobs enable trigger user;
end
$$;
select tests.queue('given up long ago', 25, '31 days');
select tests.queue('given up lately', 25, '29 days');
select tests.queue('still tried', 24, '31 days');
select graphile_worker.add_job('tests/of no casino', job_key => 'tests:of no casino');
update graphile_worker._private_jobs as j
set attempts = 25, updated_at = now() - interval '31 days'
where j.key = 'tests:of no casino';
-- Another casino's, which its own purge sees to.
select set_config('tests.casino_id', current_setting('tests.casino_a'), true);
select tests.queue('of another', 25, '31 days');
select set_config('tests.casino_id', (
  select c.casino_id::text from identity.casino as c where c.code = 'TPURG'
), true);

select set_config('pit.casino', tests.casino_id()::text, true);
select set_config('tests.ticket', identity._issue_ticket('ops/purge'), true);
select set_config('pit.casino', '', true);
select tests.sign_in('lives');
select is(tests.refusal('select ops.purge_job(''1.x'')'), '42501', 'people purge nothing');
select tests.sign_out();
set local session authorization pit_worker;
select is(tests.refusal('select ops.purge_job(''1.x'')'), 'INVALID_TICKET', 'nor does a stranger');
select is(
  ops.purge_job(current_setting('tests.ticket')), row(3, 2, true)::ops.purge_result,
  'the job removes three sessions and two jobs'
);
select is(
  ops.purge_job(current_setting('tests.ticket')), row(0, 0, true)::ops.purge_result, 'once'
);
set local session authorization default;
select set_eq(
  $$
    select coalesce(p.username, s.task)
    from identity.session as s
    left join identity.staff as p using (casino_id, staff_id)
    where s.casino_id = tests.casino_id() and coalesce(s.task, '') not like 'tests/%'
  $$,
  array['feed', 'lives', 'lately', 'ops/purge'], 'what lives or ended lately stays'
);
select set_eq(
  $$ select j.key from graphile_worker._private_jobs as j where j.key like 'tests:%' $$,
  array['tests:given up lately', 'tests:still tried', 'tests:of another'],
  'so do jobs that can be retried, and other casinos'''
);
select is(
  (select count(*)::integer from identity.session as s
    where s.casino_id = current_setting('tests.casino_a')::integer and s.kind = 'staff'
      and s.expires_at < now() - interval '30 days'),
  2, 'and their sessions'
);
select is(
  (select a.details from ops.audit_log as a
    where a.casino_id = tests.casino_id() and a.action = 'purged'),
  '{"sessions": 3, "jobs": 2}'::jsonb, 'the numbers are in the audit log'
);

-- A batch at a time; the house decides how long it keeps them.
update identity.casino set session_retention = '1 hour', job_retention = '1 hour'
where casino_id = tests.casino_id();
select tests.ended('lives', $$ expires_at = now() - interval '2 hours' $$);
select set_config('pit.casino', tests.casino_id()::text, true);
create function tests.purge() returns ops.purge_result
language sql
return ops._purge(
  row(tests.casino_id(), null, null, 'UTC', '06:00', 'x', null)::identity.actor, now(), 1
);
select is(tests.purge(), row(1, 1, false)::ops.purge_result, 'a batch is not the end');
select is(tests.purge(), row(1, 0, false)::ops.purge_result, 'as long as it is full');
select is(tests.purge(), row(0, 0, true)::ops.purge_result, 'an empty one is');

-- Never a record: nobody who takes part in the purge may delete one.
select set_eq(
  $$
    select distinct f.owner
    from tests.function as f
    where f.name in (
      'purge_job', '_purge', '_purge_jobs', '_purge_sessions', '_job_retention', '_log'
    )
  $$,
  array['ops_service', 'identity_service', 'pit_worker'], 'three roles take part'
);
select set_eq(
  $$
    select r.name, r.full_name
    from (
      select w.name, t.full_name
      from tests.runtime_role as w
      cross join tests.relation as t
      where has_table_privilege(w.name, t.oid, 'delete')
        or has_table_privilege(w.name, t.oid, 'truncate')
    ) as r
  $$,
  $$ values ('identity_service', 'identity.session') $$,
  'of all tables, sessions alone lose rows'
);
select is_empty(
  $$
    select w.name, r.full_name
    from (values ('ops_service'), ('identity_service'), ('pit_worker')) as w (name)
    cross join tests.relation as r
    where r.full_name in (
      'floor.visit', 'floor.rating_slip', 'floor.rating_slip_event',
      'loyalty.loyalty_ledger', 'loyalty.accrual_failure',
      'compliance.mtl_entry', 'compliance.mtl_audit_note', 'compliance.patron_gaming_day',
      'compliance.ctr_case', 'compliance.ctr_filing', 'compliance.compliance_alert',
      'compliance.ctr_due_notice', 'ops.audit_log', 'ops.ledger_seal', 'ops.ledger_seal_leaf',
      'ops.job_retry'
    )
      and (
        has_table_privilege(w.name, r.oid, 'delete')
        or has_table_privilege(w.name, r.oid, 'truncate')
      )
  $$,
  'slips, ledger, cash log, cases, audit log and seals are out of their reach'
);
select is_empty(
  $$
    select w.name
    from (values ('ops_service'), ('identity_service'), ('pit_worker')) as w (name)
    join pg_roles as m on m.rolname = w.name
    where exists (select from pg_auth_members as a where a.member = m.oid)
  $$,
  'and they can''t become somebody else'
);
select is_empty(
  $$
    select k.conname from pg_constraint as k
    where k.contype = 'f' and k.confrelid = 'identity.session'::regclass
  $$,
  'no record refers to a session'
);
select is(
  (select count(*)::integer from pg_policy as p where p.polcmd = 'd'), 1,
  'one policy lets rows go'
);

select * from finish();
rollback;
