-- A currency transaction report as it was filed. A later change of totals makes the next version,
-- an amendment; what was filed stays as filed. The report holds identification data, so people
-- select every column but that one.

set local role pit_owner;

create table compliance.ctr_filing (
  casino_id integer not null,
  case_id uuid not null,
  version integer not null,
  patron_id uuid not null,
  cash_in numeric(18, 2) not null,
  cash_out numeric(18, 2) not null,
  amends_bsa_id text,
  filed_at timestamptz not null default now(),
  filed_by uuid not null,
  correlation_id text not null,
  report jsonb not null,
  primary key (casino_id, case_id, version),
  foreign key (casino_id, case_id) references compliance.ctr_case on delete restrict,
  foreign key (casino_id, patron_id) references compliance.patron on delete restrict,
  constraint versions_count_from_1 check (version > 0),
  constraint sums_are_not_negative check (cash_in >= 0 and cash_out >= 0),
  constraint only_an_amendment_amends check (version > 1 or amends_bsa_id is null),
  constraint report_is_an_object check (jsonb_typeof(report) = 'object')
);

create index ctr_filing_patron on compliance.ctr_filing (casino_id, patron_id);
create index ctr_filing_filed_at on compliance.ctr_filing (casino_id, filed_at);
create index ctr_filing_amends on compliance.ctr_filing (casino_id, amends_bsa_id)
where amends_bsa_id is not null;

alter table compliance.ctr_filing enable row level security;
alter table compliance.ctr_filing force row level security;

create policy manage_all on compliance.ctr_filing to pit_owner using (true);
create policy select_own_casino on compliance.ctr_filing for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.ctr_filing for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_filing for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_filing for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_filing to compliance_service;
grant select (
  casino_id, case_id, version, patron_id, cash_in, cash_out, amends_bsa_id, filed_at, filed_by,
  correlation_id
) on compliance.ctr_filing to pit_staff, pit_auditor;

create trigger ctr_filing_is_append_only
before update or delete or truncate on compliance.ctr_filing
for each statement execute function ops._append_only('MTIMM');
alter table compliance.ctr_filing enable always trigger ctr_filing_is_append_only;

reset role;

comment on table compliance.ctr_filing is
  'A filed version of a case''s report: 1 as first filed, then its amendments. Never changed.';
comment on column compliance.ctr_filing.patron_id is 'Whose it was when it was filed.';
comment on column compliance.ctr_filing.cash_in is 'The person''s cash in when it was filed.';
comment on column compliance.ctr_filing.cash_out is 'The person''s cash out when it was filed.';
comment on column compliance.ctr_filing.amends_bsa_id is
  'BSA identifier of the version before, where it had been acknowledged.';
comment on column compliance.ctr_filing.report is
  'Everything that was filed, see compliance._ctr_report.';
