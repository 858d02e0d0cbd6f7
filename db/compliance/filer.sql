-- Who files: what a report must say of the casino, of the office that answers questions and of
-- whoever transmits the file. Versions, the latest counts: a correction is added, and a filed
-- report keeps what it was filed with. Lengths and forms are those of the report's schema.

set local role pit_owner;

create table compliance.filer (
  casino_id integer not null references identity.casino on delete restrict,
  version integer not null,
  legal_name text not null,
  trade_name text,
  ein text not null,
  street text not null,
  city text not null,
  state text not null,
  postal_code text not null,
  country text not null,
  contact_office text not null,
  contact_phone text not null,
  contact_extension text,
  transmitter_name text not null,
  transmitter_tin text not null,
  transmitter_tcc text not null,
  transmitter_contact text not null,
  transmitter_phone text not null,
  transmitter_street text not null,
  transmitter_city text not null,
  transmitter_state text not null,
  transmitter_postal_code text not null,
  transmitter_country text not null,
  staff_id uuid,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, version),
  constraint versions_count_from_1 check (version > 0),
  constraint numbers_have_nine_digits check (
    ein ~ '^[0-9]{9}$' and transmitter_tin ~ '^[0-9]{9}$'
  ),
  constraint transmitter_control_code_has_eight_characters check (
    transmitter_tcc ~ '^[A-Z0-9]{8}$'
  ),
  constraint phones_have_digits_only check (
    contact_phone ~ '^[0-9]{7,16}$' and transmitter_phone ~ '^[0-9]{7,16}$'
    and contact_extension ~ '^[0-9]{1,6}$'
  ),
  constraint countries_have_two_letters check (
    country ~ '^[A-Z]{2}$' and transmitter_country ~ '^[A-Z]{2}$'
  ),
  constraint texts_fit_the_report check (
    length(legal_name) <= 150 and length(trade_name) <= 150 and length(contact_office) <= 150
    and length(street) <= 100 and length(city) <= 50 and length(state) between 2 and 3
    and length(postal_code) <= 9 and length(transmitter_name) <= 150
    and length(transmitter_contact) <= 150 and length(transmitter_street) <= 100
    and length(transmitter_city) <= 50 and length(transmitter_state) between 2 and 3
    and length(transmitter_postal_code) <= 9
  )
);

alter table compliance.filer enable row level security;
alter table compliance.filer force row level security;

create policy manage_all on compliance.filer to pit_owner using (true);
create policy select_own_casino on compliance.filer for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('ctr:file'))
);
create policy serve_own_casino on compliance.filer for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.filer for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.filer to compliance_service;
grant select on compliance.filer to pit_staff;

create trigger filer_is_append_only
before update or delete or truncate on compliance.filer
for each statement execute function ops._append_only('MTIMM');
alter table compliance.filer enable always trigger filer_is_append_only;

reset role;

comment on table compliance.filer is
  'The casino''s filing data, version by version; the latest counts.';
comment on column compliance.filer.trade_name is 'What the casino does business as.';
comment on column compliance.filer.ein is 'Employer identification number, nine digits.';
comment on column compliance.filer.contact_office is
  'The office that answers questions about a report.';
comment on column compliance.filer.transmitter_name is
  'Who sends the file: the casino itself unless told otherwise.';
comment on column compliance.filer.transmitter_tcc is
  'Transmitter control code, which FinCEN gives to whoever sends files.';
comment on column compliance.filer.staff_id is
  'Who set it, from the session; null when it came with the property file.';
