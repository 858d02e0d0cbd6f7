-- A person's identification as a reviewer reads it. The taxpayer number is whole for whoever
-- files reports, and its last four characters for everybody else.

create type compliance.identified_person as (
  patron_id uuid,
  version integer,
  last_name text,
  first_name text,
  middle_name text,
  suffix text,
  gender text,
  birth_date date,
  occupation text,
  street text,
  city text,
  state text,
  postal_code text,
  country text,
  taxpayer_kind text,
  taxpayer_number text,
  taxpayer_unknown boolean,
  id_type text,
  id_type_other text,
  id_number text,
  id_state text,
  id_country text,
  missing text[],
  saved_by uuid,
  saved_at timestamptz
);

alter type compliance.identified_person owner to pit_owner;

comment on type compliance.identified_person is
  'A person''s identification in its latest version, and the fields that a report still needs. '
  'version is 0 when nothing was saved yet.';
