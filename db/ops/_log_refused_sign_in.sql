-- Refused sign-ins, with the account where there is one; never the name that was typed, which may
-- be a password in the wrong field. Anybody can try for ever, so at most five a minute are written
-- for an account, and for all unknown names together.

create or replace function ops._log_refused_sign_in(
  actor identity.actor,
  refusal text,
  subject_staff_id uuid default null
) returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_action text := 'sign-in refused';
  v_details jsonb := jsonb_build_object(
    'code', ops._error_name(refusal), 'sqlstate', refusal,
    'account', case when _log_refused_sign_in.subject_staff_id is null then 'unknown' end
  );
begin
  if (
    select count(*)
    from ops.audit_log as a
    where a.casino_id = identity._casino()
      and a.action = v_action
      and a.created_at > now() - interval '1 minute'
      and a.subject_staff_id is not distinct from _log_refused_sign_in.subject_staff_id
      and a.details ->> 'sqlstate' = refusal
  ) >= 5 then
    return;
  end if;
  perform ops._log(
    actor, v_action,
    details => jsonb_strip_nulls(v_details),
    subject_staff_id => _log_refused_sign_in.subject_staff_id
  );
end
$$;

alter function ops._log_refused_sign_in(identity.actor, text, uuid) owner to ops_service;
revoke all on function ops._log_refused_sign_in(identity.actor, text, uuid) from public;
grant execute on function ops._log_refused_sign_in(identity.actor, text, uuid)
to identity_service;

comment on function ops._log_refused_sign_in(identity.actor, text, uuid) is
  'Records that a sign-in was refused, at most five times a minute for an account or for unknown '
  'names.';
