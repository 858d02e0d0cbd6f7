-- A person as a report names them: their part in it (50 for themselves, 17 for another, 23 the one
-- acted for), their whole dollars in each direction that is reported, and their identification.

create or replace function compliance._ctr_person(
  patron_id uuid,
  party text,
  cash_in numeric,
  cash_out numeric,
  multiple boolean
) returns jsonb
language sql
stable
set search_path = ''
return (
  select
    jsonb_build_object(
      'party', party, 'patron_id', _ctr_person.patron_id,
      'cash_in', cash_in, 'cash_out', cash_out, 'multiple', multiple,
      'last_name', i.last_name, 'first_name', i.first_name, 'middle_name', i.middle_name,
      'suffix', i.suffix, 'gender', i.gender, 'birth_date', i.birth_date,
      'occupation', i.occupation, 'street', i.street, 'city', i.city, 'state', i.state,
      'postal_code', i.postal_code, 'country', i.country, 'taxpayer_kind', i.taxpayer_kind,
      'taxpayer_number', i.taxpayer_number, 'id_type', i.id_type,
      'id_type_other', i.id_type_other, 'id_number', i.id_number, 'id_state', i.id_state,
      'id_country', i.id_country
    )
  from compliance._identification(_ctr_person.patron_id) as i
);

alter function compliance._ctr_person(uuid, text, numeric, numeric, boolean)
owner to compliance_service;
revoke all on function compliance._ctr_person(uuid, text, numeric, numeric, boolean) from public;

comment on function compliance._ctr_person(uuid, text, numeric, numeric, boolean) is
  'A person''s part in a report, with their identification as it is now.';
