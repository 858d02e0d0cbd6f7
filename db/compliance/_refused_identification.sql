-- What can't stand in a report: placeholders, texts longer than its fields, codes and numbers that
-- can't be any, birth dates that the form has no room for (before 1900). Saving refuses these, so
-- that nobody finds out on the day a report is due.

create or replace function compliance._refused_identification(
  sheet compliance.patron_identification
) returns text[]
language sql
stable
return (
  select coalesce(array_agg(f.field order by f.field_no), '{}')
  from (
    values
    (1, 'last_name', sheet.last_name, 150, '[[:alpha:]]'),
    (2, 'first_name', sheet.first_name, 35, '[[:alpha:]]'),
    (3, 'middle_name', sheet.middle_name, 35, '[[:alpha:]]'),
    (4, 'suffix', sheet.suffix, 35, '[[:alpha:]]'),
    (5, 'gender', sheet.gender, 6, '^(female|male)$'),
    (
      6, 'birth_date',
      case
        when sheet.birth_date between '1900-01-01' and current_date - 1 then 'a date'
        when sheet.birth_date is not null then 'no date'
      end,
      10, '^a date$'
    ),
    (7, 'occupation', sheet.occupation, 50, '[[:alpha:]]'),
    (8, 'street', sheet.street, 100, '[[:alnum:]]'),
    (9, 'city', sheet.city, 50, '[[:alpha:]]'),
    (10, 'state', sheet.state, 3, '^[A-Z0-9]{2,3}$'),
    (
      11, 'postal_code', sheet.postal_code, 9,
      case when sheet.country = 'US' then '^[0-9]{5}([0-9]{4})?$' else '^[A-Z0-9]+$' end
    ),
    (12, 'country', sheet.country, 2, '^[A-Z]{2}$'),
    (13, 'taxpayer_kind', sheet.taxpayer_kind, 7, '^(ssn|ein|foreign)$'),
    (
      14, 'taxpayer_number', sheet.taxpayer_number, 25,
      case when sheet.taxpayer_kind = 'foreign' then '[0-9]' else '^[0-9]{9}$' end
    ),
    (15, 'id_type', sheet.id_type, 18, '^(drivers_license|passport|alien_registration|other)$'),
    (16, 'id_type_other', sheet.id_type_other, 50, '[[:alpha:]]'),
    (17, 'id_number', sheet.id_number, 25, '[0-9]'),
    (18, 'id_state', sheet.id_state, 3, '^[A-Z0-9]{2,3}$'),
    (19, 'id_country', sheet.id_country, 2, '^[A-Z]{2}$')
  ) as f (field_no, field, value, longest, form)
  where length(f.value) > f.longest
    or f.value !~ f.form
    or f.value ~ '[[:cntrl:]\uFFFE\uFFFF]'
    or f.field <> 'id_type' and compliance._is_placeholder(f.value)
    -- 000000000, 999999999, 123456789: numbers that stand for none.
    or f.field in ('taxpayer_number', 'id_number')
    and f.value ~ '^([0-9])\1{4,}$|^123456789$'
);

alter function compliance._refused_identification(compliance.patron_identification)
owner to compliance_service;
revoke all on function compliance._refused_identification(compliance.patron_identification)
from public;

comment on function compliance._refused_identification(compliance.patron_identification) is
  'The fields of an identification that can''t be used as they are.';
