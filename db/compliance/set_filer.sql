-- Sets what every report says of the casino. The same data again change nothing; other data are
-- the next version, and reports that were filed keep theirs.

create or replace function compliance.set_filer(filer jsonb) returns compliance.filer
language plpgsql
volatile
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('ctr:file');
  v_filer compliance.filer;
begin
  if compliance._save_filer(filer, v_actor.staff_id, v_actor.correlation_id) then
    perform ops._log(v_actor, 'filing data set');
  end if;
  select f.* into strict v_filer
  from compliance.filer as f
  where f.casino_id = v_actor.casino_id
  order by f.version desc
  limit 1;
  return v_filer;
end
$$;

alter function compliance.set_filer(jsonb) owner to compliance_service;
revoke all on function compliance.set_filer(jsonb) from public;
grant execute on function compliance.set_filer(jsonb) to pit_staff;

comment on function compliance.set_filer(jsonb) is
  'Sets the casino''s filing data: legal_name, trade_name, ein, street, city, state, '
  'postal_code, country, contact_office, contact_phone, contact_extension, transmitter_tcc, and '
  'the other transmitter_… where somebody else sends the file. Capability ctr:file. Errors: '
  'IDUNA, IDFRB, MTFIL.';
