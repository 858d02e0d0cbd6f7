-- How the queue stands, asked in the name of its owner. Only ops.metrics may call it, and it tells
-- numbers: no payload, and so no ticket, leaves the queue this way.

create or replace function ops._job_counts() returns setof ops.metric
language sql
stable
security definer
set search_path = ''
as $$
  with job as (
    select
      case
        when j.locked_at is not null then 'running'
        when j.attempts >= j.max_attempts then 'given_up'
        when j.run_at > now() then case when j.attempts > 0 then 'retrying' else 'scheduled' end
        else 'waiting'
      end as state,
      now() - j.run_at as lag
    from graphile_worker.jobs as j
  )
  select 'jobs', jsonb_build_object('state', s.state), count(j.state)::double precision
  from unnest('{waiting,running,scheduled,retrying,given_up}'::text[]) as s (state)
  left join job as j on j.state = s.state
  group by s.state
  union all
  select
    'job_oldest_waiting_seconds', '{}'::jsonb,
    coalesce(extract(epoch from max(j.lag)), 0)::double precision
  from job as j
  where j.state = 'waiting'
$$;

alter function ops._job_counts() owner to pit_worker;
revoke all on function ops._job_counts() from public;
grant execute on function ops._job_counts() to ops_service;

comment on function ops._job_counts() is
  'Jobs of the queue by state, and how long the oldest one that could run has waited.';
