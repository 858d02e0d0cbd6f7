-- Every batch file that was made, by the SHA-256 of its bytes: which cases it holds, in their
-- order, what it says of them, and who made it. An acknowledgement names its reports by their
-- place in the file and by nothing else; what is filed is what was sent; and a file full of
-- personal data shouldn't come to be without a trace. People select every column but the reports.

set local role pit_owner;

create table compliance.ctr_export (
  casino_id integer not null references identity.casino on delete restrict,
  ctr_export_id uuid not null default uuidv7(),
  file_sha256 bytea not null,
  first_day date not null,
  last_day date not null,
  case_ids uuid[] not null,
  reports jsonb not null,
  exported_by uuid not null,
  exported_at timestamptz not null default now(),
  correlation_id text not null,
  primary key (casino_id, ctr_export_id),
  constraint a_hash_has_32_bytes check (length(file_sha256) = 32),
  constraint a_file_holds_cases check (cardinality(case_ids) > 0),
  constraint each_case_has_its_report check (
    jsonb_typeof(reports) = 'array' and jsonb_array_length(reports) = cardinality(case_ids)
  )
);

create index ctr_export_file on compliance.ctr_export (casino_id, file_sha256);
create index ctr_export_exported_at on compliance.ctr_export (casino_id, exported_at);

alter table compliance.ctr_export enable row level security;
alter table compliance.ctr_export force row level security;

create policy manage_all on compliance.ctr_export to pit_owner using (true);
create policy select_own_casino on compliance.ctr_export for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('ctr:file'))
);
create policy audit_own_casino on compliance.ctr_export for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_export for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_export for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_export to compliance_service;
grant select (
  casino_id, ctr_export_id, file_sha256, first_day, last_day, case_ids, exported_by, exported_at,
  correlation_id
) on compliance.ctr_export to pit_staff, pit_auditor;

create trigger ctr_export_is_append_only
before update or delete or truncate on compliance.ctr_export
for each statement execute function ops._append_only('MTIMM');
alter table compliance.ctr_export enable always trigger ctr_export_is_append_only;

reset role;

comment on table compliance.ctr_export is
  'The batch files that were made, and which cases each holds. Never changed.';
comment on column compliance.ctr_export.file_sha256 is 'SHA-256 of the file''s bytes.';
comment on column compliance.ctr_export.first_day is 'First gaming day that was asked for.';
comment on column compliance.ctr_export.case_ids is 'Its cases, in the order of the file.';
comment on column compliance.ctr_export.reports is
  'What the file says, case by case, see compliance._ctr_report.';
