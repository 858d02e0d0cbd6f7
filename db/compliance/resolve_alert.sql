-- A reviewer has looked at an alert and says what came of it. Once; who was faster is not
-- overwritten.

create or replace function compliance.resolve_alert(alert_id uuid, note text)
returns compliance.alert_result
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_note text := btrim(resolve_alert.note, E' \t\r\n');
  v_alert compliance.compliance_alert;
begin
  select * into v_alert
  from compliance.compliance_alert as a
  where a.casino_id = v_actor.casino_id and a.alert_id = resolve_alert.alert_id
  for no key update;
  if v_alert.resolved_by = v_actor.staff_id and v_alert.resolution = v_note then
    return row(v_alert, true);
  end if;
  if v_alert.alert_id is null or v_alert.resolved_at is not null then
    perform ops._refuse('MTALT');
  end if;
  if coalesce(v_note, '') = '' or length(v_note) > 4000 then
    perform ops._refuse('MTNOT');
  end if;
  update compliance.compliance_alert as a
  set resolved_at = now(), resolved_by = v_actor.staff_id, resolution = v_note
  where a.casino_id = v_actor.casino_id and a.alert_id = v_alert.alert_id
  returning * into v_alert;
  return row(v_alert, false);
end
$$;

alter function compliance.resolve_alert(uuid, text) owner to compliance_service;
revoke all on function compliance.resolve_alert(uuid, text) from public;
grant execute on function compliance.resolve_alert(uuid, text) to pit_staff;

comment on function compliance.resolve_alert(uuid, text) is
  'Closes an alert with a note. Capability mtl:review. Errors: IDUNA, IDFRB, MTALT, MTNOT.';
