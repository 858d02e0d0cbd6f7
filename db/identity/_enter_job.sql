-- The door for jobs, in place of identity._enter: checks that the worker's own login is calling,
-- with a living ticket for exactly this task, and sets the ticket's casino for this call.

create or replace function identity._enter_job(task text, ticket text) returns identity.actor
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_casino_id integer := substring(ticket from '^([1-9][0-9]{0,8})\.')::integer;
  v_actor identity.actor;
begin
  perform set_config('pit.casino', coalesce(v_casino_id::text, ''), true);

  select s.casino_id, s.session_id, c.timezone, c.gaming_day_start
  into v_actor.casino_id, v_actor.session_id, v_actor.timezone, v_actor.gaming_day_start
  from identity.session as s
  join identity.casino as c on c.casino_id = s.casino_id
  where session_user = 'pit_worker'
    and s.casino_id = v_casino_id
    and s.token_hash = sha256(convert_to(split_part(ticket, '.', 2), 'UTF8'))
    and s.kind = 'job'
    and s.task = _enter_job.task
    and identity._session_lives(s);

  if not found then
    perform set_config('pit.casino', '', true);
    perform ops._refuse('OPTKT', array[_enter_job.task]);
  end if;
  v_actor.correlation_id := identity._correlation_id();
  return v_actor;
end
$$;

alter function identity._enter_job(text, text) owner to identity_service;
revoke all on function identity._enter_job(text, text) from public;
grant execute on function identity._enter_job(text, text)
to floor_service, loyalty_service, compliance_service, ops_service;

comment on function identity._enter_job(text, text) is
  'Resolves a job''s ticket and sets its casino. Only the login pit_worker passes. Error: OPTKT.';
