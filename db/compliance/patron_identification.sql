-- Who a person is, as shown and told: what a report must say of them. Append-only versions, the
-- latest counts, so that a filed report's data can be traced. Personal data of the most sensitive
-- kind: no role that anyone signs in with selects from it, people ask compliance.identification.

set local role pit_owner;

create table compliance.patron_identification (
  casino_id integer not null,
  patron_id uuid not null,
  version integer not null,
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
  taxpayer_unknown boolean not null default false,
  id_type text,
  id_type_other text,
  id_number text,
  id_state text,
  id_country text,
  staff_id uuid not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, patron_id, version),
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint versions_count_from_1 check (version > 0),
  constraint gender_is_known_or_left_out check (gender in ('female', 'male')),
  constraint taxpayer_kind_is_known check (taxpayer_kind in ('ssn', 'ein', 'foreign')),
  constraint taxpayer_number_has_its_kind check (
    (taxpayer_kind is null) = (taxpayer_number is null)
  ),
  constraint an_unknown_taxpayer_has_no_number check (
    not (taxpayer_unknown and taxpayer_number is not null)
  ),
  constraint id_type_is_known check (
    id_type in ('drivers_license', 'passport', 'alien_registration', 'other')
  ),
  constraint another_id_type_is_named check (
    id_type_other is null or coalesce(id_type = 'other', false)
  ),
  constraint texts_fit_the_report check (
    length(last_name) <= 150 and length(first_name) <= 35 and length(middle_name) <= 35
    and length(suffix) <= 35 and length(occupation) <= 50 and length(street) <= 100
    and length(city) <= 50 and length(state) <= 3 and length(postal_code) <= 9
    and length(country) = 2 and length(taxpayer_number) <= 25 and length(id_type_other) <= 50
    and length(id_number) <= 25 and length(id_state) <= 3 and length(id_country) = 2
  )
);

alter table compliance.patron_identification enable row level security;
alter table compliance.patron_identification force row level security;

create policy manage_all on compliance.patron_identification to pit_owner using (true);
create policy serve_own_casino on compliance.patron_identification
for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.patron_identification
for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.patron_identification to compliance_service;

create trigger patron_identification_is_append_only
before update or delete or truncate on compliance.patron_identification
for each statement execute function ops._append_only('MTIMM');
alter table compliance.patron_identification
enable always trigger patron_identification_is_append_only;

reset role;

comment on table compliance.patron_identification is
  'A person''s identification, version by version; the latest counts.';
comment on column compliance.patron_identification.taxpayer_kind is
  'ssn (or ITIN), ein, or foreign.';
comment on column compliance.patron_identification.taxpayer_unknown is
  'The person has no taxpayer number or won''t tell it: the report''s own flag, not a word.';
comment on column compliance.patron_identification.id_type is
  'drivers_license (or state ID), passport, alien_registration, or other, named in id_type_other.';
comment on column compliance.patron_identification.id_state is
  'The issuing state, where a state issued it.';
comment on column compliance.patron_identification.id_country is 'The issuing country.';
