-- Puts a failed job back to its beginning with a ticket that is valid: the first one may have
-- expired. Whoever comes second finds it waiting.

create or replace function ops._restart_job(job_id bigint, ticket text) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update graphile_worker._private_jobs as j
  set payload = (j.payload::jsonb || jsonb_build_object('ticket', _restart_job.ticket))::json,
    attempts = 0,
    last_error = null,
    run_at = now(),
    revision = j.revision + 1,
    updated_at = now()
  where j.id = _restart_job.job_id and j.locked_at is null and j.attempts > 0;
  if not found then
    perform ops._refuse('OPJST', array['not failed any more']);
  end if;
end
$$;

alter function ops._restart_job(bigint, text) owner to pit_worker;
revoke all on function ops._restart_job(bigint, text) from public;
grant execute on function ops._restart_job(bigint, text) to ops_service;

comment on function ops._restart_job(bigint, text) is
  'Makes a failed job run at once, as if for the first time, with a new ticket. Error: OPJST.';
