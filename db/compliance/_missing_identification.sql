-- What a report still needs to know about a person: name, address, date of birth, taxpayer number
-- or its unknown flag, and an ID's type, issuer and number. That they are a known customer
-- doesn't count.

create or replace function compliance._missing_identification(patron_id uuid) returns text[]
language sql
stable
return (
  select coalesce(array_agg(f.field order by f.field_no), '{}')
  from compliance._identification(_missing_identification.patron_id) as i
  cross join lateral (
    values
    (1, 'last_name', i.last_name is null),
    (2, 'first_name', i.first_name is null),
    (3, 'birth_date', i.birth_date is null),
    (4, 'street', i.street is null),
    (5, 'city', i.city is null),
    (6, 'state', i.state is null and coalesce(i.country in ('US', 'CA', 'MX'), true)),
    (7, 'postal_code', i.postal_code is null and coalesce(i.country in ('US', 'CA'), true)),
    (8, 'country', i.country is null),
    (9, 'taxpayer_number', i.taxpayer_number is null and i.taxpayer_unknown is not true),
    (10, 'id_type', i.id_type is null),
    (11, 'id_type_other', i.id_type = 'other' and i.id_type_other is null),
    (12, 'id_number', i.id_number is null),
    (13, 'id_state', i.id_type = 'drivers_license' and i.id_country = 'US' and i.id_state is null),
    (14, 'id_country', i.id_country is null)
  ) as f (field_no, field, is_missing)
  where f.is_missing
);

alter function compliance._missing_identification(uuid) owner to compliance_service;
revoke all on function compliance._missing_identification(uuid) from public;

comment on function compliance._missing_identification(uuid) is
  'The fields of a person''s identification that a report still needs; none when it is complete.';
