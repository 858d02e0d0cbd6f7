-- The jobs of one casino, or one of them, as the tickets in their payloads say whose they are. The
-- queue's tables belong to the worker's login and admit nobody else, so they are read in its name.

create or replace function ops._jobs(casino_id integer, job_id bigint default null)
returns setof ops.job
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return query
  select
    j.id,
    t.identifier,
    case
      when j.locked_at is not null then 'running'
      when j.attempts >= j.max_attempts then 'given_up'
      when j.attempts > 0 then 'failed'
      else 'waiting'
    end,
    j.attempts::integer,
    j.max_attempts::integer,
    j.created_at,
    j.run_at,
    coalesce(
      r.name,
      substring(j.last_error from '^[A-Z0-9_]{4,40}$'),
      case when j.last_error is not null then 'INTERNAL_ERROR' end
    ),
    j.payload ->> 'correlation_id'
  from graphile_worker._private_jobs as j
  join graphile_worker._private_tasks as t on t.id = j.task_id
  left join ops.error_registry as r on r.sqlstate = j.last_error
  where split_part(j.payload ->> 'ticket', '.', 1) = _jobs.casino_id::text
    and (_jobs.job_id is null or j.id = _jobs.job_id);
end
$$;

alter function ops._jobs(integer, bigint) owner to pit_worker;
revoke all on function ops._jobs(integer, bigint) from public;
grant execute on function ops._jobs(integer, bigint) to ops_service;

comment on function ops._jobs(integer, bigint) is
  'Jobs of a casino that are in the queue, or the one that is named.';
