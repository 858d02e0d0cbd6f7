-- Keeps identity.staff.capabilities equal to what role_capability and staff_permission say, in the
-- transaction that changes either, whoever changes it: so a withdrawn capability is gone for the
-- very next call, and a call asks one row. Written by hand, the column is put right again.

create or replace function identity._keep_capabilities() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_row record := coalesce(new, old);
begin
  perform set_config('pit.casino', v_row.casino_id::text, true);
  case tg_table_name
    when 'staff' then
      new.capabilities := identity._capabilities_of(new.casino_id, new.staff_id, new.role);
      return new;
    when 'staff_permission' then
      update identity.staff as s
      set capabilities = '{}'
      where s.casino_id = v_row.casino_id and s.staff_id = v_row.staff_id;
    when 'role_capability' then
      update identity.staff as s
      set capabilities = '{}'
      where s.casino_id = v_row.casino_id and s.role = v_row.role;
  end case;
  return null;
end
$$;

alter function identity._keep_capabilities() owner to identity_service;
revoke all on function identity._keep_capabilities() from public;

create or replace trigger staff_keeps_its_capabilities
before insert or update on identity.staff
for each row execute function identity._keep_capabilities();
create or replace trigger staff_follows_its_permissions
after insert or update or delete on identity.staff_permission
for each row execute function identity._keep_capabilities();
create or replace trigger staff_follows_its_role
after insert or update or delete on identity.role_capability
for each row execute function identity._keep_capabilities();

comment on function identity._keep_capabilities() is
  'Trigger of staff, staff_permission and role_capability: writes staff.capabilities anew.';
