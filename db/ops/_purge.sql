-- One batch of the purge. It removes what only served to let somebody in or to run something;
-- records (slips, ledger, cash log, audit log, seals) are kept for five years and longer, and no
-- role that runs this may delete a single one of them.

create or replace function ops._purge(
  actor identity.actor,
  at timestamptz,
  batch_size integer default 5000
) returns ops.purge_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result ops.purge_result;
begin
  v_result.sessions := identity._purge_sessions(at, batch_size);
  v_result.jobs := ops._purge_jobs(actor.casino_id, at - identity._job_retention());
  v_result.finished := v_result.sessions < batch_size;
  if v_result.sessions + v_result.jobs > 0 then
    perform ops._log(
      actor, 'purged',
      details => jsonb_build_object('sessions', v_result.sessions, 'jobs', v_result.jobs)
    );
  end if;
  return v_result;
end
$$;

alter function ops._purge(identity.actor, timestamptz, integer) owner to ops_service;
revoke all on function ops._purge(identity.actor, timestamptz, integer) from public;

comment on function ops._purge(identity.actor, timestamptz, integer) is
  'Removes sessions that ended, and jobs that were given up, longer ago than the casino keeps '
  'them.';
