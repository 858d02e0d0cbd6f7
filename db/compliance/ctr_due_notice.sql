-- That a report is nearly due, and that it is overdue, written down once each when it came to be
-- so. No alert: an alert is a suspicion that a reviewer closes with a note, this is a duty that
-- only filing ends, so nobody can put it away. A notice counts while its case is open or ready;
-- how many days are left now is in ctr_case_summary.

set local role pit_owner;

create table compliance.ctr_due_notice (
  casino_id integer not null,
  case_id uuid not null,
  notice text not null,
  due_on date not null,
  days_left integer not null,
  correlation_id text not null,
  created_at timestamptz not null default now(),
  primary key (casino_id, case_id, notice),
  foreign key (casino_id, case_id) references compliance.ctr_case on delete restrict,
  constraint notice_is_near_or_overdue check (
    notice = case when days_left < 0 then 'overdue' else 'near' end
  )
);

create index ctr_due_notice_time on compliance.ctr_due_notice (casino_id, created_at);

alter table compliance.ctr_due_notice enable row level security;
alter table compliance.ctr_due_notice force row level security;

create policy manage_all on compliance.ctr_due_notice to pit_owner using (true);
create policy select_own_casino on compliance.ctr_due_notice for select to pit_staff
using (
  casino_id = (select identity.current_casino_id())
  and (select identity.session_may('mtl:review'))
);
create policy audit_own_casino on compliance.ctr_due_notice for select to pit_auditor
using (casino_id = (select identity.current_casino_id()));
create policy serve_own_casino on compliance.ctr_due_notice for select to compliance_service
using (casino_id = identity._casino());
create policy insert_own_casino on compliance.ctr_due_notice for insert to compliance_service
with check (casino_id = identity._casino());

grant select, insert on compliance.ctr_due_notice to compliance_service;
grant select on compliance.ctr_due_notice to pit_staff, pit_auditor;

create trigger ctr_due_notice_is_append_only
before update or delete or truncate on compliance.ctr_due_notice
for each statement execute function ops._append_only('MTIMM');
alter table compliance.ctr_due_notice
enable always trigger ctr_due_notice_is_append_only;

reset role;

comment on table compliance.ctr_due_notice is
  'When a case was found nearly due (near) or past its last day (overdue), once each.';
comment on column compliance.ctr_due_notice.days_left is
  'Days from then to due_on by the casino''s calendar; negative when it had passed.';
