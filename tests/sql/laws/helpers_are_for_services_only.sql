begin;
set local search_path to pgtap, public;
select plan(4);

select set_eq(
  $$
    select f.signature || ' ' || a.grantee::regrole
    from tests.function as f
    cross join lateral aclexplode(f.acl) as a
    where f.name like '\_%'
      and a.grantee::regrole::text not in (select c.service from tests.context as c)
  $$,
  array[
    -- gaming_day(casino, at) is an auditor's own and calls it with the auditor's rights.
    'identity._gaming_day(text,interval,timestamp with time zone) pit_auditor',
    -- The last step into the queue, the look at it, and the refusal they may end with: its owner's.
    'ops._add_job(text,jsonb,text) pit_worker', 'ops._job_counts() pit_worker',
    'ops._has_job(text) pit_worker', 'ops._jobs(integer,bigint) pit_worker',
    'ops._purge_jobs(integer,timestamp with time zone) pit_worker',
    'ops._restart_job(bigint,text) pit_worker',
    'ops._refuse(text,text[],jsonb) pit_worker',
    -- The guard of append-only tables belongs to their owner and refuses in its name.
    'ops._append_only() pit_owner', 'ops._refuse(text,text[],jsonb) pit_owner'
  ],
  'functions whose name begins with _ are executable by services, with these exceptions'
);
select is_empty(
  $$
    select f.signature, w.name
    from tests.function as f
    cross join (values ('pit_staff'), ('pit_visitor'), ('pit_gateway')) as w (name)
    where f.name like '\_%' and has_function_privilege(w.name, f.oid, 'execute')
  $$,
  'none by anybody who comes over the network'
);
select set_eq(
  $$
    select f.signature
    from tests.function as f
    where f.name not like '\_%'
      and not exists (
        select
        from aclexplode(f.acl) as a
        where a.grantee::regrole::text not in (select c.service from tests.context as c)
      )
  $$,
  array[
    'loyalty.accrue_rating_slip(identity.actor,floor.slip_telemetry)',
    'loyalty.increment_player_loyalty(uuid,bigint)'
  ],
  'functions with a plain name are for people, but for loyalty''s two doors to other services'
);
select is_empty(
  $$
    select f.signature
    from tests.function as f
    where has_function_privilege('pit_visitor', f.oid, 'execute')
  $$,
  'visitors execute nothing'
);

select * from finish();
rollback;
