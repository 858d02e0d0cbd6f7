-- Adds a capability to a person or withdraws it, whatever the role brings. Where the person stands
-- as asked for already, nothing changes.

create or replace function identity._set_permission(
  actor identity.actor,
  person identity.staff,
  capability text,
  granted boolean,
  reason text
) returns identity.staff_result
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_reason text := identity._check_reason(_set_permission.reason);
begin
  if _set_permission.capability is null
    or _set_permission.capability <> all ((identity._staff_terms()).capabilities)
  then
    perform ops._refuse('IDCAP', array[coalesce(_set_permission.capability, 'nothing')]);
  elsif (_set_permission.capability = any (person.capabilities)) = _set_permission.granted then
    return identity._staff_result(person.staff_id, true);
  end if;
  insert into identity.staff_permission as p (
    casino_id, staff_id, capability, granted, reason, given_by
  )
  values (
    actor.casino_id, person.staff_id, _set_permission.capability, _set_permission.granted,
    v_reason, actor.staff_id
  )
  on conflict on constraint staff_permission_pkey do update
  set granted = excluded.granted, reason = excluded.reason, given_by = excluded.given_by,
    since = excluded.since;
  perform identity._keep_administrator();
  perform ops._log(
    actor,
    case when _set_permission.granted then 'capability added' else 'capability withdrawn' end,
    details => jsonb_build_object(
      'capability', _set_permission.capability, 'reason', v_reason
    ),
    subject_staff_id => person.staff_id
  );
  return identity._staff_result(person.staff_id, false);
end
$$;

alter function identity._set_permission(
  identity.actor, identity.staff, text, boolean, text
) owner to identity_service;
revoke all on function identity._set_permission(
  identity.actor, identity.staff, text, boolean, text
) from public;

comment on function identity._set_permission(
  identity.actor, identity.staff, text, boolean, text
) is
  'Adds or withdraws one capability of a locked person. Errors: LYRSN, IDCAP, IDADM.';
