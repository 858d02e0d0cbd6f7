-- Gives a queued job its ticket: a short-lived session for one task and one casino, made in the
-- transaction that queues the job. Whoever caused the job may be gone when it runs, so a ticket
-- carries no person and no capability.

create or replace function identity._issue_ticket(task text, valid_for interval default '7 days')
returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := identity._casino();
  v_secret text := replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '');
begin
  insert into identity.session (casino_id, kind, task, token_hash, idle_timeout, expires_at)
  values (
    v_casino_id, 'job', _issue_ticket.task, sha256(convert_to(v_secret, 'UTF8')),
    valid_for, now() + valid_for
  );
  return v_casino_id || '.' || v_secret;
end
$$;

alter function identity._issue_ticket(text, interval) owner to identity_service;
revoke all on function identity._issue_ticket(text, interval) from public;
grant execute on function identity._issue_ticket(text, interval) to ops_service;

comment on function identity._issue_ticket(text, interval) is
  'Makes a job''s ticket for the running casino and returns its token for the job''s payload.';
