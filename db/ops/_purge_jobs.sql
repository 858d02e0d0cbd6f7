-- Removes a casino's jobs that were given up long ago, and with them those of no casino (the
-- clock's own) and the queues that nothing waits in: graphile-worker keeps them for ever, and
-- looks through them for its next job. The names of tasks stay, as a worker remembers their ids.

create or replace function ops._purge_jobs(casino_id integer, before timestamptz)
returns integer
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_purged integer;
begin
  delete from graphile_worker._private_jobs as j
  where j.attempts >= j.max_attempts
    and j.locked_at is null
    and j.updated_at < _purge_jobs.before
    and coalesce(
      split_part(j.payload ->> 'ticket', '.', 1) = _purge_jobs.casino_id::text, true
    );
  get diagnostics v_purged = row_count;
  delete from graphile_worker._private_job_queues as q
  where q.locked_at is null
    and not exists (
      select from graphile_worker._private_jobs as j where j.job_queue_id = q.id
    );
  return v_purged;
end
$$;

alter function ops._purge_jobs(integer, timestamptz) owner to pit_worker;
revoke all on function ops._purge_jobs(integer, timestamptz) from public;
grant execute on function ops._purge_jobs(integer, timestamptz) to ops_service;

comment on function ops._purge_jobs(integer, timestamptz) is
  'Removes jobs of a casino, and of none, that were given up before a moment; gives their number.';
