-- Reads a person's identification. The table itself is closed to everybody, so that every reading
-- goes through here and the taxpayer number is shown whole only to whoever files reports.

create or replace function compliance.identification(patron_id uuid)
returns compliance.identified_person
language plpgsql
stable
security definer
set search_path = ''
set pit.casino = ''
as $$
declare
  v_actor identity.actor := identity._enter('mtl:review');
  v_sheet compliance.patron_identification;
  v_number text;
begin
  if not exists (
    select
    from compliance.patron as p
    where p.casino_id = v_actor.casino_id and p.patron_id = identification.patron_id
  ) then
    perform ops._refuse('MTPAT');
  end if;
  v_sheet := compliance._identification(identification.patron_id);
  v_number := v_sheet.taxpayer_number;
  if not identity._may(v_actor, 'ctr:file') then
    v_number := repeat('*', greatest(length(v_number) - 4, 4))
      || right(v_number, least(greatest(length(v_number) - 4, 0), 4));
  end if;
  return row(
    coalesce(v_sheet.patron_id, identification.patron_id), coalesce(v_sheet.version, 0),
    v_sheet.last_name, v_sheet.first_name, v_sheet.middle_name, v_sheet.suffix, v_sheet.gender,
    v_sheet.birth_date, v_sheet.occupation, v_sheet.street, v_sheet.city, v_sheet.state,
    v_sheet.postal_code, v_sheet.country, v_sheet.taxpayer_kind, v_number,
    coalesce(v_sheet.taxpayer_unknown, false), v_sheet.id_type, v_sheet.id_type_other,
    v_sheet.id_number, v_sheet.id_state, v_sheet.id_country,
    compliance._missing_identification(identification.patron_id),
    v_sheet.staff_id, v_sheet.created_at
  );
end
$$;

alter function compliance.identification(uuid) owner to compliance_service;
revoke all on function compliance.identification(uuid) from public;
grant execute on function compliance.identification(uuid) to pit_staff;

comment on function compliance.identification(uuid) is
  'A person''s identification and what it still lacks. Capability mtl:review; the taxpayer number '
  'is masked without ctr:file. Errors: IDUNA, IDFRB, MTPAT.';
