-- A definer function lends its owner's rights to whoever calls it, so its owner must be the
-- service with exactly those rights, and its names must mean the same for every caller.

begin;
set local search_path to pgtap, public;
select plan(8);

select cmp_ok(
  (select count(*)::integer from tests.function as f where f.definer), '>=', 50,
  'there are definer functions'
);
select set_eq(
  $$ select f.signature from tests.function as f where f.definer and f.owner <> f.service $$,
  array[
    'ops._add_job(text,jsonb,text)', 'ops._has_job(text)', 'ops._job_counts()',
    'ops._jobs(integer,bigint)', 'ops._purge_jobs(integer,timestamp with time zone)',
    'ops._restart_job(bigint,text)'
  ],
  'each belongs to its context''s service; the last step into the queue, and the look at it, are '
  'the worker''s'
);
select set_eq(
  $$ select f.owner from tests.function as f where f.name in ('_add_job', '_job_counts') $$,
  array['pit_worker'],
  'which owns the queue'
);
select is_empty(
  $$
    select f.signature, f.settings
    from tests.function as f
    where f.definer and not coalesce('search_path=""' = any (f.settings), false)
  $$,
  'each has an empty search_path'
);
select is_empty(
  $$
    select f.signature
    from tests.function as f
    where not exists (
      -- An aggregate has no body of its own.
      select
      from pg_proc as p
      where p.oid = f.oid and (p.prosqlbody is not null or p.prokind = 'a')
    )
      and not coalesce('search_path=""' = any (f.settings), false)
  $$,
  'so has every function whose names are looked up when it runs'
);
select is_empty(
  $$
    select f.signature, f.owner
    from tests.function as f
    where f.owner not in (f.service, 'pit_worker', 'pit_owner')
      or f.definer and f.owner = 'pit_owner'
      or f.owner = 'pit_worker' and f.name not in (
        '_add_job', '_has_job', '_job_counts', '_jobs', '_purge_jobs', '_restart_job'
      )
      or f.owner = 'pit_owner' and not f.is_trigger
  $$,
  'every other function belongs to its service too, and triggers'' to pit_owner'
);
select is_empty(
  $$ select f.signature from tests.function as f where f.acl is null $$,
  'every function''s privileges are stated'
);
select is_empty(
  $$
    select f.signature
    from tests.function as f
    cross join lateral aclexplode(f.acl) as a
    where a.grantee = 0
  $$,
  'nothing is executable by public'
);

select * from finish();
rollback;
