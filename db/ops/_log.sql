-- Writes the audit log. What is read by a login of its own is also told to the server's log, which
-- keeps it when the reader rolls back: a row alone would vanish with the transaction.

create or replace function ops._log(
  actor identity.actor,
  action text,
  player_id uuid default null,
  details jsonb default null,
  subject_staff_id uuid default null
) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_login name := case
    when actor.session_id is null and actor.staff_id is null then session_user
  end;
begin
  insert into ops.audit_log (
    casino_id, action, staff_id, login_name, player_id, details, correlation_id, session_id,
    subject_staff_id
  )
  values (
    actor.casino_id, _log.action, actor.staff_id, v_login, _log.player_id, _log.details,
    actor.correlation_id, actor.session_id, _log.subject_staff_id
  );
  if v_login is not null then
    raise log 'audit: %', jsonb_build_object(
      'action', _log.action, 'login', v_login, 'casino', actor.casino_id,
      'player', _log.player_id, 'details', _log.details
    );
  end if;
end
$$;

alter function ops._log(identity.actor, text, uuid, jsonb, uuid) owner to ops_service;
revoke all on function ops._log(identity.actor, text, uuid, jsonb, uuid) from public;
grant execute on function ops._log(identity.actor, text, uuid, jsonb, uuid)
to identity_service, floor_service, loyalty_service, compliance_service;

comment on function ops._log(identity.actor, text, uuid, jsonb, uuid) is
  'Records in ops.audit_log what the caller did or read, by person, by job or by database login.';
